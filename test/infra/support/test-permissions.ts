import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { type Grant, nameOfGrant, type PermissionIdentity } from '../../../src/connectors/permission.ts';
import { PERMISSIONS } from '../../../src/permissions/table.ts';
import type { CompleteExample } from './complete-example.ts';

const Identity = z.object({ id: z.string(), name: z.string(), principal_id: z.string() });
const AppRole = z.object({ app_role_id: z.guid(), principal_object_id: z.string() });
const Assignment = z.object({
  scope: z.string(),
  role_definition_name: z.string().nullish(),
  role_definition_id: z.string().nullish(),
  principal_id: z.string(),
});
const Definition = z.object({
  role_definition_id: z.guid(),
  permissions: z.array(
    z.object({
      actions: z.array(z.string()).nullish(),
      data_actions: z.array(z.string()).nullish(),
      not_actions: z.array(z.string()).nullish(),
    }),
  ),
});

/**
 * Tests of what Terraform hands out against the table: nothing missing, and nothing more. Of the complete example
 * after an apply, where every reference has a value.
 */
export function testPermissions({ ofType }: Pick<CompleteExample, 'ofType'>): void {
  /** The app's identities by their principal ids. */
  const identities = new Map(
    ofType('azurerm_user_assigned_identity')
      .map(({ values }) => Identity.parse(values))
      .flatMap(({ name, principal_id }) => {
        const [, identity] = /^id-offboarding-(assessor|host|ingestor|reader|remover)-/.exec(name) ?? [];
        return identity === undefined ? [] : [[principal_id, identity as PermissionIdentity] as const];
      }),
  );
  const definitions = new Map(
    ofType('azurerm_role_definition')
      .map(({ values }) => Definition.parse(values))
      .map((definition) => [definition.role_definition_id, definition] as const),
  );

  test('the example has the five identities of the table', () => {
    assert.deepEqual([...identities.values()].sort(), ['assessor', 'host', 'ingestor', 'reader', 'remover']);
  });

  test('a role of ours is named by its id in the subscription in which it is assigned', () => {
    const subscriptionOf = (id: string): string | undefined => /^\/subscriptions\/([^/]+)/.exec(id)?.[1];
    const named = ofType('azurerm_role_assignment')
      .map(({ values }) => Assignment.parse(values))
      .filter(({ role_definition_id }) => definitions.has(role_definition_id?.split('/').at(-1) ?? ''));
    assert.ok(new Set(named.map(({ scope }) => subscriptionOf(scope))).size > 1);
    for (const { scope, role_definition_id } of named)
      assert.equal(subscriptionOf(role_definition_id ?? ''), subscriptionOf(scope));
  });

  for (const identity of ['reader', 'remover', 'ingestor', 'assessor', 'host'] as const) {
    test(`the ${identity} gets the table’s application permissions of Graph and no others`, () => {
      const granted = ofType('azuread_app_role_assignment').filter(
        ({ values }) => identities.get(AppRole.parse(values).principal_object_id) === identity,
      );
      const names = granted.map(({ index }) => String(index).replace(/^\w+\//, ''));
      assert.deepEqual(names.sort(), rowsOf(identity, 'graph-application-permission'));
      const ids = new Set(granted.map(({ values }) => AppRole.parse(values).app_role_id));
      assert.equal(ids.size, names.length);
    });

    test(`the ${identity} gets the table’s roles and actions of Azure and no others, each where the table says`, () => {
      const granted = new Set<string>();
      for (const { values } of ofType('azurerm_role_assignment')) {
        const assignment = Assignment.parse(values);
        if (identities.get(assignment.principal_id) !== identity) continue;
        const where = scopeOf(assignment.scope);
        const custom = definitions.get(assignment.role_definition_id?.split('/').at(-1) ?? '');
        if (custom === undefined) granted.add(`${where} ${assignment.role_definition_name}`);
        for (const { actions, data_actions, not_actions } of custom?.permissions ?? []) {
          for (const name of [...(actions ?? []), ...(data_actions ?? [])]) granted.add(`${where} ${name}`);
          assert.deepEqual(not_actions ?? [], []);
        }
      }
      const expected = PERMISSIONS.filter((row) => row.identity === identity).flatMap(({ grant }) =>
        'scope' in grant ? [`${grant.scope} ${nameOfGrant(grant)}`] : [],
      );
      assert.deepEqual([...granted].sort(), expected.sort());
    });
  }
}

function rowsOf(identity: PermissionIdentity, kind: Grant['kind']): string[] {
  return PERMISSIONS.filter((row) => row.optIn === undefined && row.identity === identity && row.grant.kind === kind)
    .map(({ grant }) => nameOfGrant(grant))
    .sort();
}

/** The table's word for where a role is assigned. */
function scopeOf(id: string): string {
  const kinds: readonly [RegExp, string][] = [
    [/^\/subscriptions\/[^/]+$/, 'subscriptions'],
    [/\/Microsoft\.ApiManagement\/service\/[^/]+$/i, 'gateway'],
    [/\/Microsoft\.ApiManagement\/service\/[^/]+\/namedValues\/mcp-denied-oids(-2)?$/i, 'deny-list'],
    [/\/Microsoft\.OperationalInsights\/workspaces\/[^/]+$/i, 'workspace'],
    [/\/keys\/evidence-signing$/i, 'evidence-key'],
    [/\/keys\/github-assessor$/i, 'assessor-key'],
    [/\/keys\/[^/]+$/i, 'key'],
    [/\/Microsoft\.Storage\/storageAccounts\/[^/]+$/i, 'storage'],
    [/\/Microsoft\.EventHub\/namespaces\/[^/]+\/eventhubs\/[^/]+$/i, 'event-hub'],
    [/\/Microsoft\.Insights\/dataCollectionRules\/[^/]+$/i, 'data-collection-rule'],
    [/\/Microsoft\.Insights\/components\/[^/]+$/i, 'application-insights'],
    [/\/Microsoft\.KeyVault\/vaults\/[^/]+\/secrets\/[^/]+$/i, 'webhook-secret'],
  ];
  return kinds.find(([pattern]) => pattern.test(id))?.[1] ?? id;
}
