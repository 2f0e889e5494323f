import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { AzureRole } from '../../../../src/connectors/arm/roles.ts';
import type { Vault } from '../../../../src/connectors/arm/vaults.ts';
import { powersOf } from '../../../../src/steps/consent/rules/azure/azure-powers.ts';
import { azureRoleFindings, type RolesRead } from '../../../../src/steps/consent/rules/azure/azure-role-findings.ts';
import { vaultFindings } from '../../../../src/steps/consent/rules/azure/vault-findings.ts';
import { alex, leaver, OID } from '../consent-world.ts';

const ROLE = '1a111111-0000-4000-8000-00000000000b';
const DEFINITION = `/providers/Microsoft.Authorization/roleDefinitions/${ROLE.toUpperCase()}`;
const GROUP = '0e000000-0000-4000-8000-0000000000aa';
const GIVEN = [
  'Microsoft.ApiManagement/service/namedValues/write',
  'Microsoft.OperationalInsights/workspaces/query/read',
];
const OPS = new Map([[GROUP, { id: GROUP, name: 'Ops' }]]);

const found = (role: Partial<AzureRole>, more: Partial<RolesRead> = {}, of = alex) => {
  const roles = [
    { id: '/R/1', scope: '/', principalId: OID, principalType: 'User', roleDefinitionId: DEFINITION, ...role },
  ];
  const gives = (action: string) => GIVEN.includes(action);
  const definition = { id: ROLE, key: ROLE, name: 'Contributor', gives, givesData: () => false };
  const read = { kind: 'held', roles, definitions: new Map([[ROLE, definition]]), groups: OPS, ...more } as const;
  const [finding, ...others] = azureRoleFindings(read, of, 'tenant');
  assert.ok(finding !== undefined && others.length === 0);
  return finding;
};

test('a role that is held is told with what it gives, where it is seen, and how it is taken away', () => {
  assert.deepEqual(found({}), {
    id: findingId('consent', 'azure-role', '/r/1'),
    step: 'consent',
    kind: 'azure-role',
    title: 'Alex Moreau holds the Azure role Contributor on the whole tenant',
    resource: {
      system: 'azure',
      type: 'roleAssignment',
      id: '/R/1',
      name: 'Contributor',
      url: 'https://portal.azure.com/#@tenant/resource/users',
    },
    severity: 'high',
    status: 'manual-action',
    reason: `With it one can take people off the gateway’s deny list and read the audit log. Take it away under Access control (IAM), Role assignments: az role assignment delete --ids /R/1 (undo: az role assignment create --role Contributor --assignee-object-id ${OID} --assignee-principal-type User --scope /).`,
    evidence: {
      role: 'Contributor',
      roleDefinitionId: DEFINITION,
      scope: '/',
      principalId: OID,
      principalType: 'User',
      undo: ['take people off the gateway’s deny list'],
      read: ['read the audit log'],
    },
  });
});

test('a role that can be activated, and could not be read, is told by its number', () => {
  const role = { scope: '/subscriptions/s' };
  const { reason, ...told } = found(role, { kind: 'eligible', definitions: new Map() }, leaver('active'));
  assert.deepEqual(told, {
    id: findingId('consent', 'eligible-azure-role', '/r/1'),
    step: 'consent',
    kind: 'eligible-azure-role',
    title: `${OID} may activate the Azure role ${ROLE} on the subscription s`,
    resource: {
      system: 'azure',
      type: 'roleEligibilityScheduleInstance',
      id: '/R/1',
      name: ROLE,
      url: 'https://portal.azure.com/#@tenant/resource/subscriptions/s/users',
    },
    severity: 'high',
    status: 'manual-action',
    evidence: {
      role: ROLE,
      roleDefinitionId: DEFINITION,
      scope: '/subscriptions/s',
      principalId: OID,
      principalType: 'User',
    },
  });
  const asked = (text: string) => /--url "([^?"]+)/.exec(text)?.[1];
  const path = 'providers/Microsoft.Authorization/roleEligibilityScheduleRequests/$(uuidgen)';
  assert.equal(asked(reason), `https://management.azure.com/subscriptions/s/${path}`);
  assert.equal(asked(found({}, { kind: 'eligible' }).reason), `https://management.azure.com/${path}`);
});

test('a group’s role is taken from nobody but by leaving the group, be it held or to be activated', () => {
  const role = { principalId: GROUP, principalType: 'Group', scope: '/Subscriptions/s' };
  const eligible = found(role, { kind: 'eligible' });
  assert.equal(
    eligible.title,
    'Alex Moreau gets the Azure role Contributor, to activate, on the subscription s from the group “Ops”',
  );
  assert.equal(eligible.evidence.group, 'Ops');
  assert.equal(
    found({ ...role, scope: '/' }).title,
    'Alex Moreau gets the Azure role Contributor on the whole tenant from the group “Ops”',
  );
});

test('a scope below a resource is told by its last two parts, and a scope that is no resource counts for all', () => {
  const vault = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv';
  const everything = { gives: () => true, givesData: () => true };
  const all = powersOf(everything, '/').undo.length;
  const undo = (scope: string) => powersOf(everything, scope).undo.length;
  assert.deepEqual([undo(vault), undo(`${vault}/secrets/x`)], [4, 4]);
  for (const scope of [
    '/subscriptions/s/resourceGroups/rg/providers',
    '/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault',
    '/providers/Microsoft.Management/managementGroups/mg',
    '/providers/x/y/resourceGroups/rg',
  ])
    assert.equal(undo(scope), all, scope);
  const storage = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st/tableServices/t';
  assert.ok(found({ scope: storage }, { definitions: new Map() }).title.endsWith(' on tableServices t'));
  // Of another type only who may give roles counts.
  assert.deepEqual(powersOf(everything, '/subscriptions/s/resourceGroups/rg/providers/Microsoft.X/y/z'), {
    undo: ['give roles to anybody'],
    read: [],
  });
});

const lets = (objectId: string, more: Partial<Vault>, of = alex) => {
  const vault = { id: '/V/KV', name: 'kv', byRoles: false, policies: [{ objectId, gives: ['secrets: get'] }], ...more };
  const [finding] = vaultFindings([vault], OPS, of, 'tenant');
  assert.ok(finding !== undefined);
  return finding;
};
const ROTATE = 'What was read stays known: rotate the secrets that the leaver could read.';

test('a policy of a vault is told by the vault and whom it lets in, with what takes it away', () => {
  assert.deepEqual(lets(OID, {}), {
    id: findingId('consent', 'vault-access', `/v/kv/${OID}`),
    step: 'consent',
    kind: 'vault-access',
    title: 'The vault kv lets Alex Moreau in',
    resource: {
      system: 'azure',
      type: 'vaultAccessPolicy',
      id: `/V/KV/${OID}`,
      name: 'kv',
      url: 'https://portal.azure.com/#@tenant/resource/V/KV/access_policies',
    },
    severity: 'medium',
    status: 'manual-action',
    reason: `Its policy gives secrets: get. Take it away: az keyvault delete-policy --name kv --object-id ${OID} (undo: az keyvault set-policy --name kv --object-id ${OID}, with the permissions of the evidence). ${ROTATE}`,
    evidence: { objectId: OID, gives: ['secrets: get'] },
  });
});

test('a policy that gives nothing for now, of somebody who was deleted, is low', () => {
  const group = lets(GROUP, { byRoles: true, policies: [{ objectId: GROUP, gives: [] }] }, leaver('soft-deleted'));
  assert.equal(group.title, `The vault kv lets ${OID} in from the group “Ops”`);
  assert.match(
    group.reason,
    /^Its policy gives nothing\. The vault goes by roles now.* returns when it is restored\. The access/,
  );
  assert.deepEqual(
    [group.severity, group.status, group.evidence],
    ['low', 'manual-action', { objectId: GROUP, gives: [], group: 'Ops' }],
  );
});
