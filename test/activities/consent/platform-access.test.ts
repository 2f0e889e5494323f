import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { azureAccess } from '../../../activities/consent/platform-access/azure-access.ts';
import { addRole, vaultPolicy } from '../../../local/tenant/arm/seeds/case-study-platform.ts';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { ana, LEAVER, type PlatformAccessWorld, startPlatformAccess } from './platform-access-world.ts';

let entra: PlatformAccessWorld['entra'];
let arm: PlatformAccessWorld['arm'];
let app: PlatformAccessWorld['app'];
let vendors: PlatformAccessWorld['vendors'];
let prepare: PlatformAccessWorld['prepare'];
before(async () => {
  ({ entra, arm, app, vendors, prepare } = await startPlatformAccess());
});
after(() => app.stop());
beforeEach(() => prepare());

const { platform, workloads } = WORLD.subscriptions;
const GATEWAY_GROUP = `/subscriptions/${platform}/resourceGroups/${WORLD.apim.resourceGroup}`;
const VAULT = `${GATEWAY_GROUP}/providers/Microsoft.KeyVault/vaults/kv-mcp-prod`;

async function rights(leaver: Partial<Leaver> = {}, settings: Partial<typeof app.config> = {}) {
  const { findings, coverage } = await azureAccess(vendors, { ...app.config, ...settings }, { ...LEAVER, ...leaver });
  const lines = Object.fromEntries(coverage.map((line) => [line.source, line]));
  return { findings, lines, told: findings.map(({ kind, severity, status }) => `${kind} ${severity} ${status}`) };
}

test('a role that reaches the platform is told with what it gives and the command that takes it; another is not', async () => {
  const { findings, lines, told } = await rights();
  assert.deepEqual(told, ['azure-role high manual-action']);
  const [role] = findings;
  assert.match(
    role?.title ?? '',
    /Alex Moreau holds the Azure role Contributor on the resource group rg-mcp-gateway-prod/,
  );
  assert.match(role?.reason ?? '', /take people off the gateway’s deny list/);
  assert.doesNotMatch(JSON.stringify(role?.evidence), /give roles to anybody/, 'what Contributor leaves out');
  assert.match(
    role?.reason ?? '',
    /az role assignment delete --ids \/subscriptions\/.*\(undo: az role assignment create/,
  );
  assert.equal(role?.resource.url, `https://portal.azure.com/#@${WORLD.tenantId}/resource${GATEWAY_GROUP}/users`);
  assert.equal(role?.remedy, undefined);
  for (const line of Object.values(lines)) assert.equal(line.state, 'complete', `${line.source}: ${line.detail}`);
  assert.deepEqual(Object.keys(lines).sort(), [
    'azure/eligible-roles:11111111-aaaa-4bbb-8ccc-000000000001',
    'azure/eligible-roles:22222222-aaaa-4bbb-8ccc-000000000002',
    'azure/group-access',
    'azure/key-vault-access:11111111-aaaa-4bbb-8ccc-000000000001',
    'azure/key-vault-access:22222222-aaaa-4bbb-8ccc-000000000002',
    'azure/role-assignments:11111111-aaaa-4bbb-8ccc-000000000001',
    'azure/role-assignments:22222222-aaaa-4bbb-8ccc-000000000002',
  ]);
});

test('what becomes of a role when its holder is deleted, or deleted for good', async () => {
  arm.roleAssignments.patch(arm.roleAssignments.all()[0]?.id ?? '', { principalType: 'Unknown' });
  assert.deepEqual((await rights({ state: 'disabled' })).told, ['azure-role high manual-action']);
  const deleted = await rights({ state: 'soft-deleted' });
  assert.deepEqual(deleted.told, ['azure-role low manual-action']);
  assert.match(deleted.findings[0]?.reason ?? '', /returns when it is restored/);
  assert.equal(deleted.lines['azure/group-access'], undefined, 'Graph shows no memberships of a deleted user');
  assert.deepEqual((await rights({ state: 'gone' })).told, ['azure-role info nothing-to-do']);
});

test('roles above the subscription, eligible ones, and those of groups within groups', async () => {
  arm.roleAssignments.clear();
  addRole(arm, { scope: '/', role: 'owner', principalId: LEAVER.oid });
  addRole(arm, {
    scope: '/providers/Microsoft.Management/managementGroups/firm',
    role: 'reader',
    principalId: LEAVER.oid,
  });
  addRole(arm, { scope: `/subscriptions/${workloads}`, role: 'contributor', principalId: LEAVER.oid, eligible: true });
  addRole(arm, { scope: VAULT, role: 'secretsUser', principalId: ENTRA.platformTeam.id, principalType: 'Group' });
  entra.groups.get(ENTRA.platformTeam.id)?.memberIds.add(ENTRA.group.id);
  const { findings, told } = await rights();
  entra.groups.get(ENTRA.platformTeam.id)?.memberIds.delete(ENTRA.group.id);
  assert.deepEqual(findings.map(({ title }) => title).sort(), [
    'Alex Moreau gets the Azure role Key Vault Secrets User on vaults kv-mcp-prod from the group “Platform team”',
    'Alex Moreau holds the Azure role Owner on the whole tenant',
    'Alex Moreau holds the Azure role Reader on the management group firm',
    'Alex Moreau may activate the Azure role Contributor on the subscription 22222222-aaaa-4bbb-8ccc-000000000002',
  ]);
  assert.deepEqual(told.toSorted(), [
    'azure-role high manual-action',
    'azure-role medium manual-action',
    'azure-role medium manual-action',
    'eligible-azure-role high manual-action',
  ]);
  const reasons = findings.map(({ reason }) => reason).join(' ');
  assert.match(reasons, /az ad group member remove --group 6e0a0000-0000-4000-8000-0000000000bb/);
  assert.match(reasons, /"requestType":"AdminRemove"/);
});

test('on one resource a role counts for what is about it alone', async () => {
  arm.roleAssignments.clear();
  addRole(arm, {
    scope: `${GATEWAY_GROUP}/providers/Microsoft.Network/virtualNetworks/v`,
    role: 'contributor',
    principalId: LEAVER.oid,
  });
  addRole(arm, { scope: VAULT, role: 'reader', principalId: LEAVER.oid });
  assert.deepEqual((await rights()).told, []);
  addRole(arm, { scope: VAULT, role: 'owner', principalId: LEAVER.oid });
  assert.deepEqual((await rights()).told, ['azure-role high manual-action']);
});

test('vaults that let the leaver in by a policy of their own', async () => {
  arm.roleAssignments.clear();
  const properties = { accessPolicies: [vaultPolicy(LEAVER.oid.toUpperCase()), vaultPolicy(ana.oid)] };
  arm.vaults.patch(VAULT, { properties });
  const { findings, told } = await rights();
  assert.deepEqual(told, ['vault-access medium manual-action']);
  assert.match(
    findings[0]?.reason ?? '',
    /gives secrets: get and secrets: list\. .*az keyvault delete-policy --name kv-mcp-prod --object-id 3c9d1f7a/,
  );
  arm.vaults.patch(VAULT, { properties: { ...properties, enableRbacAuthorization: true } });
  assert.deepEqual((await rights()).told, ['vault-access low manual-action'], 'the policies that roles replaced');
  arm.vaults.patch(VAULT, { properties: { accessPolicies: [vaultPolicy(ENTRA.group.id)] } });
  assert.deepEqual((await rights()).told, ['vault-access medium manual-action'], 'a group of the leaver’s');
});

test('what is refused, left out, or not known is said', async (t) => {
  const take = (action: string) => {
    app.reader.azure.delete(action);
    t.after(() => app.reader.azure.add(action));
  };
  await t.test('a list that leaves the leaver out', async () => {
    const own = arm.roleAssignments.where(({ principalId }) => principalId === LEAVER.oid);
    for (const { id } of own) arm.unlistedAssignments.add(id);
    const { told, lines } = await rights();
    assert.deepEqual(told, ['azure-role high manual-action'], 'the question for the leaver shows it');
    assert.equal(lines[`azure/role-assignments:${platform}`]?.state, 'partial');
    arm.unlistedAssignments.clear();
  });
  await t.test('no licence for Privileged Identity Management: nobody is eligible', async () => {
    arm.hasPim = false;
    assert.equal((await rights()).lines[`azure/eligible-roles:${platform}`]?.state, 'complete');
    arm.hasPim = true;
  });
  await t.test('a gateway in a subscription that is not searched', async () => {
    const { lines } = await rights({}, { SUBSCRIPTION_IDS: [workloads] });
    assert.equal(lines[`azure/role-assignments:${platform}`]?.state, 'unavailable');
    assert.deepEqual(Object.keys((await rights({}, { SUBSCRIPTION_IDS: [] })).lines), []);
  });
  await t.test('a group that hides its members', async () => {
    const group = entra.groups.get(ENTRA.platformTeam.id);
    assert.ok(group !== undefined);
    entra.groups.add({ ...group, visibility: 'HiddenMembership' });
    assert.equal((await rights()).lines['azure/group-access']?.state, 'partial');
    entra.groups.add(group);
  });
  await t.test('roles whose definition is refused count, and the lines say why', async () => {
    take('Microsoft.Authorization/roleDefinitions/read@subscriptions');
    const { told, lines } = await rights();
    assert.deepEqual(told, ['azure-role high manual-action', 'azure-role high manual-action']);
    const line = lines[`azure/role-assignments:${platform}`];
    assert.deepEqual(
      [line?.state, line?.missingPermission],
      ['denied', 'Microsoft.Authorization/roleDefinitions/read'],
    );
  });
  await t.test('vaults that the reader does not see', async () => {
    take('Microsoft.KeyVault/vaults/read');
    const line = (await rights()).lines[`azure/key-vault-access:${platform}`];
    assert.deepEqual([line?.state, line?.missingPermission], ['denied', 'Microsoft.KeyVault/vaults/read']);
  });
});
