import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { azureAccess } from '../../../activities/consent/platform-access/azure-access.ts';
import { gatewayAccess } from '../../../activities/consent/platform-access/gateway-access.ts';
import { addRole, addToGateway, SERVICE_ID, vaultPolicy } from '../../../local/tenant/arm/seeds/case-study-platform.ts';
import { emptyArm } from '../../../local/tenant/arm/state.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const seed = seedContext();
const entra = seedEntra(seed);
const arm = seedArm(seed);
const app = await startApp({ vendors: (core) => [makeGraph(core, entra), makeArm(core, arm)] });
after(() => app.stop());
const { vendors } = app.context;
const { platform, workloads } = WORLD.subscriptions;
const [ana] = WORLD.colleagues;
const GATEWAY_GROUP = `/subscriptions/${platform}/resourceGroups/${WORLD.apim.resourceGroup}`;
const VAULT = `${GATEWAY_GROUP}/providers/Microsoft.KeyVault/vaults/kv-mcp-prod`;
const LEAVER: Leaver = {
  oid: WORLD.leaver.oid as Oid,
  state: 'active',
  displayName: WORLD.leaver.displayName,
  givenName: 'Alex',
  familyName: 'Moreau',
  userPrincipalName: WORLD.leaver.userPrincipalName,
  github: [],
  devops: [],
};
const OLD_PAGES = emptyArm();

beforeEach(() => {
  const fresh = seedArm(seed);
  for (const kind of ['roleAssignments', 'vaults', 'gatewayObjects'] as const) arm[kind].clear();
  for (const row of fresh.roleAssignments.all()) arm.roleAssignments.add(row);
  for (const row of fresh.vaults.all()) arm.vaults.add(row);
  for (const row of fresh.gatewayObjects.all()) arm.gatewayObjects.add(row);
  arm.unlistedAssignments.clear();
  arm.hasPim = true;
  arm.gatewayPageSize = OLD_PAGES.gatewayPageSize;
  arm.betweenPages = () => {};
  app.tenant.faults.clear();
});

async function rights(leaver: Partial<Leaver> = {}, settings: Partial<typeof app.config> = {}) {
  const { findings, coverage } = await azureAccess(vendors, { ...app.config, ...settings }, { ...LEAVER, ...leaver });
  const lines = Object.fromEntries(coverage.map((line) => [line.source, line]));
  return { findings, lines, told: findings.map(({ kind, severity, status }) => `${kind} ${severity} ${status}`) };
}

async function atGateway(leaver: Partial<Leaver> = {}) {
  const { findings, coverage } = await gatewayAccess(vendors, app.config, { ...LEAVER, ...leaver });
  const lines = Object.fromEntries(coverage.map((line) => [line.source, line]));
  return {
    findings,
    lines,
    told: findings.map(({ kind, severity, status }) => `${kind} ${severity} ${status}`),
    states: coverage.map(({ state }) => state),
  };
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

test('a user of the gateway by object id: whether the keys are suspended a person decides, since others may call with them', async () => {
  const { told, findings, states } = await atGateway();
  assert.deepEqual(told, ['gateway-user medium manual-action', 'subscription-key medium awaiting-decision']);
  assert.deepEqual(states, ['complete', 'complete']);
  assert.equal(findings[1]?.remedy?.risk, 'disruptive');
  assert.match(findings[1]?.reason ?? '', /Others may have been given them, and nothing that is read tells who calls/);
  assert.match(findings[1]?.reason ?? '', /calls \/apis\/files where the API asks for a key/);
});

test('whose a user of the gateway is', async (t) => {
  const user = (identities: readonly object[], more: object = {}) => {
    for (const { id } of arm.gatewayObjects.where(({ id }) => /\/users\/amoreau$/.test(id)))
      arm.gatewayObjects.delete(id);
    addToGateway(arm, 'users/amoreau', { state: 'active', email: LEAVER.userPrincipalName, identities, ...more });
  };
  const rows: readonly [string, () => void, readonly string[]][] = [
    [
      'the mail address alone proves nothing, so nothing is planned',
      () => user([{ provider: 'Basic', id: LEAVER.userPrincipalName }]),
      ['gateway-user medium manual-action', 'subscription-key medium manual-action'],
    ],
    ['the address with another object id is somebody else’s', () => user([{ provider: 'Aad', id: ana.oid }]), []],
    [
      'the object id under another address is the leaver’s',
      () => user([{ provider: 'Aad', id: LEAVER.oid.toUpperCase() }], { email: 'old@northwind-capital.example' }),
      ['gateway-user medium manual-action', 'subscription-key medium awaiting-decision'],
    ],
    [
      'of one that is somebody else’s as well a person decides',
      () =>
        user([
          { provider: 'Aad', id: LEAVER.oid },
          { provider: 'Aad', id: ana.oid },
        ]),
      ['gateway-user medium manual-action', 'subscription-key medium awaiting-decision'],
    ],
    [
      'the name alone is mentioned',
      () => user([], { email: 'x@other.example', firstName: 'Alex', lastName: 'Moreau' }),
      ['gateway-user medium manual-action', 'subscription-key medium manual-action'],
    ],
    [
      'a blocked user’s key still opens',
      () => user([{ provider: 'Aad', id: LEAVER.oid }], { state: 'blocked' }),
      ['gateway-user info nothing-to-do', 'subscription-key medium awaiting-decision'],
    ],
    [
      'an identity of B2C is of another directory',
      () => user([{ provider: 'AadB2C', id: LEAVER.oid }], { email: 'x@y.example' }),
      [],
    ],
  ];
  for (const [name, change, expected] of rows) {
    await t.test(name, async () => {
      change();
      assert.deepEqual((await atGateway()).told, expected);
    });
  }
});

test('keys that open nothing, and one that waits', async () => {
  const state = (value: string) => {
    const id = `${SERVICE_ID}/subscriptions/reports`;
    arm.gatewayObjects.patch(id, { properties: { ...arm.gatewayObjects.get(id)?.properties, state: value } });
  };
  for (const over of ['suspended', 'cancelled', 'expired', 'rejected']) {
    state(over);
    assert.equal((await atGateway()).told[1], 'subscription-key info nothing-to-do', over);
  }
  state('submitted');
  assert.equal((await atGateway()).told[1], 'subscription-key medium manual-action');
});

test('lists of the gateway count where they stood still and have as many rows as it counts', async () => {
  for (let n = 0; n < 5; n += 1) addToGateway(arm, `users/u${n}`, { email: `u${n}@firm.example`, identities: [] });
  arm.gatewayPageSize = 3;
  let pages = 0;
  arm.betweenPages = () => {
    pages += 1;
    // Somebody goes while the second page is read: the row that moves up would be on neither.
    if (pages === 1) arm.gatewayObjects.delete(`${SERVICE_ID}/users/1`);
  };
  const moved = await atGateway();
  assert.deepEqual(moved.told, ['gateway-user medium manual-action', 'subscription-key medium awaiting-decision']);
  assert.deepEqual(moved.states, ['complete', 'complete']);
  app.tenant.faults.add({
    vendor: 'arm',
    path: /\/users\?/,
    effect: { kind: 'alter', alter: (body) => ({ ...(body as object), count: 99 }) },
  });
  const { states, lines } = await atGateway();
  assert.deepEqual(states, ['partial', 'partial']);
  assert.match(lines['gateway/users']?.detail ?? '', /it counts 99 in all/);
});

test('where ids of identities are no object ids, or no address is known, that nobody was found proves little', async () => {
  addToGateway(arm, 'users/odd', { email: 'odd@firm.example', identities: [{ provider: 'Aad', id: 'odd' }] });
  const odd = await atGateway();
  assert.deepEqual(odd.states, ['partial', 'partial']);
  const { userPrincipalName: _, ...nameless } = LEAVER;
  const found = await gatewayAccess(vendors, app.config, nameless);
  assert.deepEqual(
    found.coverage.map(({ state }) => state),
    ['partial', 'partial'],
  );
});

test('without a gateway nothing of it is asked', async () => {
  const { GATEWAY_APIM_ID: _, ...settings } = app.config;
  assert.deepEqual(await gatewayAccess(vendors, settings, LEAVER), { findings: [], coverage: [], failures: [] });
});
