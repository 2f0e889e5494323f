import type { Config } from '../../config.ts';
import { allows } from '../../connectors/arm/allows.ts';
import { AZURE_PERMISSIONS, OWN_PERMISSIONS } from '../../connectors/arm/permissions.ts';
import { ASSESSOR_PERMISSIONS } from '../../connectors/assessor/permissions.ts';
import type { AzureScope, PermissionRow } from '../../connectors/permission.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { type DoctorAnswer, worstAnswer } from '../diagnosis.ts';
import type { Answers } from './answer-of.ts';

type AzureSettings = Pick<
  Config,
  'AUDIT_WORKSPACE_RESOURCE_ID' | 'DENY_LIST_NAMED_VALUES' | 'GATEWAY_APIM_ID' | 'SUBSCRIPTION_IDS'
>;

/** By Azure's own account of what each identity may do on each scope. */
export async function askAzure(vendors: Pick<Vendors, 'azure'>, settings: AzureSettings): Promise<Answers> {
  const assessor = ASSESSOR_PERMISSIONS.filter(({ system }) => system === 'azure');
  const groups = Map.groupBy([...AZURE_PERMISSIONS, ...assessor], ({ identity, grant }) =>
    'scope' in grant ? `${identity} ${grant.scope}` : identity,
  );
  const answers = await Promise.all([...groups.values()].map((rows) => askOn(vendors, settings, rows)));
  return answers.flat();
}

async function askOn(
  vendors: Pick<Vendors, 'azure'>,
  settings: AzureSettings,
  rows: readonly PermissionRow[],
): Promise<Answers> {
  const [first] = rows;
  if (first === undefined || !('scope' in first.grant)) return [];
  const scopes = scopesOf(settings, first.grant.scope);
  const identity = first.identity === 'host' ? 'remover' : first.identity;
  const told = await Promise.all(
    scopes.map(async (scope) => ({ scope, held: await vendors.azure.ownPermissions(identity, scope) })),
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

function scopesOf(settings: AzureSettings, scope: AzureScope): string[] {
  switch (scope) {
    case 'subscriptions':
      return settings.SUBSCRIPTION_IDS.map((id) => `/subscriptions/${id}`);
    case 'gateway':
      return settings.GATEWAY_APIM_ID === undefined ? [] : [settings.GATEWAY_APIM_ID];
    case 'deny-list':
      return settings.DENY_LIST_NAMED_VALUES.map((name) => `${settings.GATEWAY_APIM_ID}/namedValues/${name}`);
    case 'workspace':
      return [settings.AUDIT_WORKSPACE_RESOURCE_ID];
    case 'key':
    case 'assessor-key':
    case 'evidence-key':
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
