import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { checkOf, type DoctorWorld, inState, startDoctor } from './doctor-world.ts';

let tenant: DoctorWorld['tenant'];
let states: DoctorWorld['states'];
let storage: DoctorWorld['storage'];
let scratch: DoctorWorld['scratch'];
let config: DoctorWorld['config'];
let diagnose: DoctorWorld['diagnose'];
before(async () => {
  ({ tenant, states, storage, scratch, config, diagnose } = await startDoctor());
});
after(async () => {
  await Promise.all([tenant.close(), storage.stop(), rm(scratch, { recursive: true })]);
});
afterEach(() => tenant.faults.clear());

test('an owner at GitHub that is trusted by name alone is told, and one with its id is not', async () => {
  const issuer = 'token.actions.githubusercontent.com';
  const trusted = ['partner', 'hashicorp@761456', 'enterprise:acme'].map((owner) => ({ issuer, owner }));
  const elsewhere = { issuer: 'gitlab.com', owner: 'acme' };
  const found = await diagnose({ ...config, TRUSTED_OWNERS: [...trusted, elsewhere] });
  const told = found.checks.filter(({ check }) => check.startsWith('trusted-owner'));
  assert.deepEqual(
    told.map(({ check, state }) => [check, state]),
    [['trusted-owner:partner', 'could-not-check']],
  );
  assert.match(told[0]?.whatToDo ?? '', /=partner@<id>/);
});

test('a table that keeps 30 days fails, whatever may be read of it', async () => {
  const table = states.arm.tables.all()[0];
  assert.ok(table !== undefined);
  table.retentionInDays = 30;
  const found = await diagnose();
  table.retentionInDays = 90;
  const check = checkOf(found, 'audit-retention');
  assert.deepEqual([check?.state, found.verdict], ['fails', 'not-ready']);
  assert.match(`${check?.detail} ${check?.whatToDo}`, /keeps 30 days.*at least 90/);
});

test('an App on selected repositories, or on none, fails', async () => {
  const installation = states.github.installations.all()[0];
  assert.ok(installation !== undefined);
  const name = `github-installation:${WORLD.github.organisation}`;
  installation.repositorySelection = 'selected';
  const selected = await diagnose();
  installation.repositorySelection = 'all';
  assert.deepEqual([checkOf(selected, name)?.state, selected.verdict], ['fails', 'not-ready']);
  states.github.installations.delete(String(installation.id));
  const none = await diagnose();
  states.github.installations.add(installation);
  assert.deepEqual([checkOf(none, name)?.state, none.verdict], ['fails', 'not-ready']);
});

test('a subscription that the reader sees and no setting names fails, unless the firm decided that it need not', async () => {
  const SUBSCRIPTION_IDS = [WORLD.subscriptions.platform];
  const found = await diagnose({ ...config, SUBSCRIPTION_IDS });
  const check = checkOf(found, 'other-subscriptions');
  assert.deepEqual([check?.state, found.verdict], ['fails', 'not-ready']);
  assert.match(check?.detail ?? '', new RegExp(`SUBSCRIPTION_IDS does not name .*${WORLD.subscriptions.workloads}`));
  const decision = {
    sources: ['azure/other-subscriptions'],
    reason: 'Sandbox.',
    by: 'Morgan Lee',
    until: '2999-12-31',
  };
  const EXEMPT_SOURCES = [...config.EXEMPT_SOURCES, decision];
  const exempt = checkOf(await diagnose({ ...config, SUBSCRIPTION_IDS, EXEMPT_SOURCES }), 'other-subscriptions');
  assert.deepEqual([exempt?.state, /Exempt by Morgan Lee/.test(exempt?.detail ?? '')], ['passes', true]);
});

test('an organisation on which the App is installed and no setting names fails, unless the firm decided that it need not', async () => {
  const installation = states.github.installations.all()[0];
  assert.ok(installation !== undefined);
  states.github.installations.add({ ...installation, id: 7_001, organisation: 'acme-labs' });
  const found = await diagnose();
  const decision = { sources: ['github/other-organisations'], reason: 'Demos.', by: 'Morgan Lee', until: '2999-12-31' };
  const exempt = await diagnose({ ...config, EXEMPT_SOURCES: [...config.EXEMPT_SOURCES, decision] });
  states.github.installations.delete('7001');
  const check = checkOf(found, 'other-organisations');
  assert.deepEqual([check?.state, found.verdict], ['fails', 'not-ready']);
  assert.match(check?.detail ?? '', /GITHUB_ORGANISATIONS does not name acme-labs/);
  assert.equal(checkOf(exempt, 'other-organisations')?.state, 'passes');
});

for (const [reason, whatToDo] of [
  ['ip-allow-list', /has to put the addresses from which this app calls on that list/],
  ['saml', /The App holds/],
  ['no-reason', /The App holds/],
] as const) {
  test(`an organisation that refuses every reading (${reason}) fails, although it granted every permission`, async () => {
    const [organisation] = states.github.organisations.all();
    assert.ok(organisation !== undefined);
    organisation.refuses = reason;
    const found = await diagnose();
    delete organisation.refuses;
    const check = checkOf(found, `github-reading:${WORLD.github.organisation}`);
    assert.deepEqual([check?.state, found.verdict, inState(found, 'missing')], ['fails', 'not-ready', []]);
    assert.match(check?.detail ?? '', /GitHub said “.+”/);
    assert.match(check?.detail ?? '', whatToDo);
  });
}

for (const [visibility, change] of [
  ['public', { isPublic: true }],
  ['internal', { isInternal: true }],
] as const)
  test(`a security repository that is ${visibility} fails: issues there say who left`, async () => {
    const repository = states.github.repositories.get(WORLD.github.securityRepository);
    assert.ok(repository !== undefined);
    Object.assign(repository, change);
    const found = await diagnose();
    Object.assign(repository, { isPublic: false, isInternal: false });
    const check = checkOf(found, 'security-repository');
    assert.deepEqual([check?.state, found.verdict], ['fails', 'not-ready']);
    assert.match(check?.detail ?? '', new RegExp(`${WORLD.github.securityRepository} is ${visibility}`));
    assert.match(check?.whatToDo ?? '', /visibility to private/);
  });

test('a security repository that is not there fails, and one that cannot be asked about is not taken for private', async () => {
  const check = async (name: string) =>
    checkOf(await diagnose({ ...config, SECURITY_REPOSITORY: name }), 'security-repository')?.state;
  assert.equal(await check(`${WORLD.github.organisation}/no-such-repository`), 'fails');
  assert.equal(await check('somebody-else/security'), 'could-not-check');
});

test('a suspended installation fails, and says since when', async () => {
  const installation = states.github.installations.all()[0];
  assert.ok(installation !== undefined);
  installation.suspendedAt = new Date('2026-11-01T08:00:00Z');
  const found = await diagnose();
  delete installation.suspendedAt;
  const check = checkOf(found, `github-installation:${WORLD.github.organisation}`);
  assert.deepEqual([check?.state, found.verdict], ['fails', 'not-ready']);
  assert.match(check?.detail ?? '', /suspended since 2026-11-01T08:00:00.000Z/);
});

test('a named value that the gateway does not have fails, and is named', async () => {
  const found = await diagnose({ ...config, DENY_LIST_NAMED_VALUES: ['mcp-denied-oids', 'mcp-denied-oids-9'] });
  assert.deepEqual(
    ['mcp-denied-oids', 'mcp-denied-oids-9'].map((name) => checkOf(found, `deny-list:${name}`)?.state),
    ['passes', 'fails'],
  );
});
