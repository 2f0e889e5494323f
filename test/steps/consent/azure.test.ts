import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AzureRole } from '../../../src/connectors/arm/roles.ts';
import type { Vault } from '../../../src/connectors/arm/vaults.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { type GivenByRole, powersOf } from '../../../src/steps/consent/rules/azure/azure-powers.ts';
import {
  afterDeletion,
  azureRoleFindings,
  leaveGroup,
  type RolesRead,
  weightOf,
} from '../../../src/steps/consent/rules/azure/azure-role-findings.ts';
import { vaultFindings } from '../../../src/steps/consent/rules/azure/vault-findings.ts';

const OID = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(OID !== undefined);
const leaver = (state: Leaver['state'] = 'active') => ({ oid: OID, displayName: 'Alex Moreau', state });
const ROLE = '11111111-0000-4000-8000-000000000001';
const DENY_LIST = 'Microsoft.ApiManagement/service/namedValues/write';
const LOG = 'Microsoft.OperationalInsights/workspaces/query/read';
const VAULT_SECRET = 'Microsoft.KeyVault/vaults/secrets/getSecret/action';

const gives = (...actions: readonly string[]): GivenByRole => ({
  gives: (action) => actions.includes(action),
  givesData: () => false,
});
const EVERYTHING: GivenByRole = { gives: () => true, givesData: () => true };

test('what a role lets one do is told by what it undoes and what it shows', () => {
  assert.deepEqual(powersOf(gives(DENY_LIST, LOG), '/subscriptions/s'), {
    undo: ['take people off the gateway’s deny list'],
    read: ['read the audit log'],
  });
  assert.deepEqual(powersOf(gives('Microsoft.Compute/virtualMachines/write'), '/'), { undo: [], read: [] });
  assert.deepEqual(powersOf(gives(VAULT_SECRET), '/'), { undo: [], read: [] }, 'the data plane asks for data actions');
  assert.deepEqual(powersOf({ gives: () => false, givesData: (action) => action === VAULT_SECRET }, '/').read, [
    'read secrets',
  ]);
});

test('on a single resource only what is about its type counts, and giving roles on it', () => {
  const { undo, read } = powersOf(
    EVERYTHING,
    '/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv',
  );
  assert.deepEqual(undo, [
    'give roles to anybody',
    'let anybody into vaults',
    'change vaults and whom they let in',
    'sign with the keys of vaults',
  ]);
  assert.deepEqual(read, ['read secrets']);
  const group = powersOf(EVERYTHING, '/subscriptions/s/resourceGroups/rg');
  assert.ok(group.undo.includes('take people off the gateway’s deny list'));
});

const role = (more: Partial<AzureRole> = {}): AzureRole => ({
  ...{ id: '/R/1', scope: '/subscriptions/s', principalId: OID, principalType: 'User' },
  roleDefinitionId: `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${ROLE.toUpperCase()}`,
  ...more,
});
const GROUP = '0e000000-0000-4000-8000-0000000000aa';
const read = (given: GivenByRole | undefined, more: Partial<RolesRead> = {}): RolesRead => ({
  kind: 'held',
  roles: [role()],
  definitions: new Map(given === undefined ? [] : [[ROLE, { id: ROLE, key: ROLE, name: 'Contributor', ...given }]]),
  groups: new Map([[GROUP, { id: GROUP, name: 'Ops' }]]),
  ...more,
});
const found = (of: RolesRead, state?: Leaver['state']) => azureRoleFindings(of, leaver(state), 'tenant');

test('a role by which the denial can be undone is high, one that shows is medium, and any other none', () => {
  const [undoing] = found(read(gives(DENY_LIST)));
  assert.equal(undoing?.title, 'Alex Moreau holds the Azure role Contributor on the subscription s');
  assert.deepEqual([undoing?.severity, undoing?.status, undoing?.remedy], ['high', 'manual-action', undefined]);
  assert.match(undoing?.reason ?? '', /^With it one can take people off the gateway’s deny list\./);
  assert.equal(found(read(gives(LOG)))[0]?.severity, 'medium');
  assert.deepEqual(found(read(gives('Microsoft.Compute/virtualMachines/write'))), []);
});

test('what a role gives that could not be read counts as everything', () => {
  const [finding] = found(read(undefined));
  assert.equal(finding?.severity, 'high');
  assert.match(finding?.reason ?? '', /counts as giving everything/);
});

test('a role of somebody else is none of theirs, one of a group of theirs is', () => {
  assert.deepEqual(found(read(gives(DENY_LIST), { roles: [role({ principalId: ROLE })] })), []);
  const [finding] = found(read(gives(DENY_LIST), { roles: [role({ principalId: GROUP, principalType: 'Group' })] }));
  assert.equal(
    finding?.title,
    'Alex Moreau gets the Azure role Contributor on the subscription s from the group “Ops”',
  );
  assert.match(finding?.reason ?? '', /az ad group member remove/);
  assert.doesNotMatch(finding?.reason ?? '', /role assignment delete/, 'it is the whole group’s');
});

test('a role that can be activated is told apart from one that is held', () => {
  const [finding] = found(read(gives(DENY_LIST), { kind: 'eligible' }));
  assert.equal(finding?.title, 'Alex Moreau may activate the Azure role Contributor on the subscription s');
  assert.equal(finding?.kind, 'eligible-azure-role');
  assert.match(finding?.reason ?? '', /AdminRemove/);
});

const SCOPES: readonly (readonly [scope: string, words: string])[] = [
  ['/', 'the whole tenant'],
  ['/providers/Microsoft.Management/managementGroups/mg', 'the management group mg'],
  ['/subscriptions/s', 'the subscription s'],
  ['/subscriptions/s/resourceGroups/rg-x', 'the resource group rg-x'],
  ['/subscriptions/s/resourceGroups/rg-x/providers/Microsoft.KeyVault/vaults/kv-x', 'vaults kv-x'],
];
for (const [scope, words] of SCOPES) {
  test(`a role at ${scope} is on ${words}`, () => {
    const [finding] = found(read(EVERYTHING, { roles: [role({ scope })] }));
    assert.ok(finding?.title.endsWith(` on ${words}`), finding?.title);
  });
}

test('access of a deleted account is told as what it is', () => {
  const undo = { undo: ['x'], read: [] };
  const WEIGHTS = [
    ['active', 'high', 'manual-action'],
    ['disabled', 'high', 'manual-action'],
    ['unreadable', 'high', 'manual-action'],
    ['soft-deleted', 'low', 'manual-action'],
    ['gone', 'info', 'nothing-to-do'],
  ] as const;
  for (const [state, severity, status] of WEIGHTS)
    assert.deepEqual(weightOf({ state }, undo), { severity, status }, state);
  assert.deepEqual(afterDeletion({ state: 'active' }), []);
  assert.match(afterDeletion({ state: 'soft-deleted' }).join(' '), /returns when it is restored/);
  assert.match(afterDeletion({ state: 'gone' }).join(' '), /never given again/);
  assert.match(
    found(read(gives(DENY_LIST)), 'soft-deleted')[0]?.reason ?? '',
    /gives nothing while the account is deleted/,
  );
});

test('out of a group somebody is taken by its id and theirs', () => {
  assert.match(leaveGroup({ id: 'g', name: 'Ops' }, OID), new RegExp(`“Ops”.*remove --group g --member-id ${OID} `));
});

const vault = (objectId: string, more: Partial<Vault> = {}): Vault => ({
  ...{ id: '/V/kv', name: 'kv', byRoles: false },
  policies: [{ objectId, gives: ['secrets: get'] }],
  ...more,
});
const lets = (of: Vault, state?: Leaver['state']) =>
  vaultFindings([of], new Map([[GROUP, { id: GROUP, name: 'Ops' }]]), leaver(state), 'tenant');

test('a vault that lets the leaver in by a policy of its own is told, with what takes it away', () => {
  const [own] = lets(vault(OID));
  assert.equal(own?.title, 'The vault kv lets Alex Moreau in');
  assert.deepEqual([own?.severity, own?.status], ['medium', 'manual-action']);
  assert.match(own?.reason ?? '', /^Its policy gives secrets: get\..*az keyvault delete-policy/);
  const [group] = lets(vault(GROUP));
  assert.equal(group?.title, 'The vault kv lets Alex Moreau in from the group “Ops”');
  assert.doesNotMatch(group?.reason ?? '', /delete-policy/);
  assert.deepEqual(lets(vault(ROLE)), []);
});

test('policies that are left over where roles decide give nothing for now', () => {
  assert.deepEqual([lets(vault(OID, { byRoles: true }))[0]?.severity], ['low']);
  assert.match(lets(vault(OID, { byRoles: true }))[0]?.reason ?? '', /goes by roles now/);
  const [gone] = lets(vault(OID, { byRoles: true }), 'gone');
  assert.deepEqual([gone?.severity, gone?.status], ['info', 'nothing-to-do']);
});
