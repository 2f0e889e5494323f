import type { Config } from '../config.ts';
import { ownPermissions } from '../connectors/arm/own-permissions.ts';
import { allows } from '../permissions/allows.ts';
import { AZURE_PERMISSIONS, OWN_PERMISSIONS } from '../permissions/azure-permissions.ts';
import type { AzureScope, Permission } from '../permissions/permission.ts';
import type { Answers } from './answer-of.ts';
import { type DoctorAnswer, worstAnswer } from './diagnosis.ts';

/** By Azure's own account of what each identity may do on each scope. */
export async function askAzure(config: Config): Promise<Answers> {
  const groups = Map.groupBy(AZURE_PERMISSIONS, ({ identity, grant }) =>
    'scope' in grant ? `${identity} ${grant.scope}` : identity,
  );
  const answers = await Promise.all([...groups.values()].map((rows) => askOn(config, rows)));
  return answers.flat();
}

async function askOn(config: Config, rows: readonly Permission[]): Promise<Answers> {
  const [first] = rows;
  if (first === undefined || !('scope' in first.grant)) return [];
  const scopes = scopesOf(config, first.grant.scope);
  const identity = first.identity === 'reader' ? 'reader' : 'remover';
  const told = await Promise.all(
    scopes.map(async (scope) => ({ scope, held: await ownPermissions(config, identity, scope) })),
  );
  return rows.map((row) => {
    const answers = told.map(({ scope, held }): DoctorAnswer => {
      const action = 'action' in row.grant ? row.grant.action : '';
      if (!held.ok) {
        const denied = held.failure.kind === 'denied';
        return {
          state: denied && action === OWN_PERMISSIONS ? 'missing' : 'could-not-check',
          detail: held.failure.message,
        };
      }
      if (allows(held.value, action)) return { state: 'granted' };
      return { state: 'missing', detail: `No role of the ${identity} on ${scope} gives it.` };
    });
    return [row.id, worstAnswer(answers)] as const;
  });
}

function scopesOf(config: Config, scope: AzureScope): string[] {
  switch (scope) {
    case 'subscriptions':
      return config.SUBSCRIPTION_IDS.map((id) => `/subscriptions/${id}`);
    case 'gateway':
      return [config.GATEWAY_APIM_ID];
    case 'workspace':
      return [config.AUDIT_WORKSPACE_RESOURCE_ID];
    case 'key':
    case 'storage':
    case 'event-hub':
    case 'data-collection-rule':
    case 'application-insights':
    case 'webhook-secret':
      return [];
    default:
      return scope satisfies never;
  }
}
