import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import { appSettings } from '../../local/app-settings.ts';
import { startAzurite } from '../../local/azurite.ts';
import { startCaseStudy } from '../../local/tenant/case-study.ts';
import type { FaultEffect } from '../../local/tenant/core/faults.ts';
import { principal } from '../../local/tenant/core/principals.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { emptyWebhook } from '../../local/tenant/webhook/vendor.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import { allows } from '../../src/connectors/arm/allows.ts';
import { ensureTables } from '../../src/connectors/storage/base/tables.ts';
import { ensureContainers } from '../../src/connectors/storage/evidence/evidence.ts';
import { writeDeniedMark } from '../../src/connectors/storage/gateway/denied-table.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import type { Diagnosis } from '../../src/doctor/diagnosis.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { Permission } from '../../src/permissions/permission.ts';
import { PERMISSIONS } from '../../src/permissions/table.ts';
import { takePermission } from '../scenarios/support/take-permission.ts';
import { askApi } from '../support/api/ask-api.ts';
import { coveringForm } from '../support/short-form.ts';

const study = await startCaseStudy({
  deliverTo: () => undefined,
  scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 },
});
const { tenant, principals, states } = study;
const storage = await startAzurite(tenant.certificate);
const scratch = await mkdtemp(join(tmpdir(), 'doctor-'));
after(async () => {
  await Promise.all([tenant.close(), storage.stop(), rm(scratch, { recursive: true })]);
});
afterEach(() => tenant.faults.clear());
Object.assign(process.env, tenant.identityEnvironment);
const authority = join(scratch, 'authority.pem');
await writeFile(authority, tenant.certificate.authority);
const config = loadConfig({
  ...appSettings(tenant, storage, authority, emptyWebhook().secret),
  WORKSTATION_HUNTING: 'on',
});
await ensureContainers(config);
await ensureTables(config);
states.logs.rows.splice(20);

async function ask(roles: readonly string[], settings: Config = config) {
  const token = await tenant.tokens.issue({
    audience: WORLD.app.audience,
    oid: WORLD.operator.oid,
    clientId: 'operator-cli',
    scopes: ['access'],
    roles,
  });
  return askApi({ config: settings })('/api/doctor', { token });
}

async function diagnose(settings: Config = config): Promise<Diagnosis> {
  const answer = await ask(['Offboarding.Operate'], settings);
  assert.equal(answer.status, 200);
  return JSON.parse(answer.body) as Diagnosis;
}

const inState = ({ permissions }: Diagnosis, state: string): string[] =>
  permissions.filter((each) => each.state === state).map(({ id }) => id);
const checkOf = ({ checks }: Diagnosis, name: string) => checks.find(({ check }) => check === name);

test('where everything is granted it says so, and how many permissions it cannot ask for', async () => {
  const found = await diagnose();
  const others = found.permissions.filter(({ state }) => state !== 'granted');
  assert.deepEqual(
    others.map(({ id, state, detail }) => `${id} ${state}: ${detail ?? 'no reason'}`),
    [],
  );
  assert.deepEqual(
    found.checks.map(({ check, state }) => `${check} ${state}`).sort(),
    [
      ...['installation', 'permissions', 'reading'].map(
        (what) => `assessor-github-${what}:${WORLD.github.organisation} passes`,
      ),
      'audit-retention passes',
      ...WORLD.apim.namedValues.map((name) => `deny-list:${name} passes`),
      'denied-table passes',
      'disabled-accounts passes',
      'evidence-signature passes',
      `github-installation:${WORLD.github.organisation} passes`,
      'other-organisations passes',
      'other-subscriptions passes',
      `github-reading:${WORLD.github.organisation} passes`,
      'runner-inventory passes',
      'security-repository passes',
    ].sort(),
  );
  assert.equal(found.verdict, 'ready');
  assert.equal(found.permissions.length + found.notAsked.length, PERMISSIONS.length);
  assert.match(found.headline, /^All \d+ permissions that can be asked for .* \d+ permissions cannot be asked for/);
});

test('what the firm has not turned on it does not ask for', async () => {
  const found = await diagnose({ ...config, WORKSTATION_HUNTING: 'off' });
  assert.equal(found.verdict, 'ready');
  const asked = new Set([...found.permissions, ...found.notAsked].map(({ id }) => id));
  assert.deepEqual(
    PERMISSIONS.filter(({ id }) => !asked.has(id)).map(({ id }) => id),
    ['assessor/graph/ThreatHunting.Read.All', 'assessor/graph/Device.Read.All'],
  );
});

test('a deny list that is not written from its table any more is named with what to do', async () => {
  await writeDeniedMark(config, { revision: 3, blocked: 'The table of the denied is empty.' });
  const check = checkOf(await diagnose(), 'denied-table');
  await writeDeniedMark(config, { revision: 3 });
  assert.deepEqual([check?.state, check?.detail], ['fails', 'The table of the denied is empty.']);
  assert.match(check?.whatToDo ?? '', /POST \/api\/denied\/accept/);
});

test('it names every automatic trigger with its mode: a plan is a fact and no fault', async () => {
  const modes = ({ automaticTriggers }: Diagnosis): string[] =>
    automaticTriggers.map(({ trigger, setting, mode }) => `${trigger} ${setting} ${mode}`);
  const {
    ENTRA_EVENTS_MODE: _,
    HR_QUEUE_MODE: __,
    LIFECYCLE_WORKFLOWS_MODE: ____,
    SWEEP_MODE: ___,
    ...asInstalled
  } = appSettings(tenant, storage, authority, emptyWebhook().secret);
  const fresh = await diagnose(loadConfig(asInstalled));
  assert.deepEqual(modes(fresh), [
    'entra-event ENTRA_EVENTS_MODE plan',
    'hr-queue HR_QUEUE_MODE plan',
    'sweep SWEEP_MODE plan',
    'lifecycle-workflow LIFECYCLE_WORKFLOWS_MODE plan',
  ]);
  assert.equal(fresh.verdict, 'ready');
  assert.match(
    fresh.headline,
    /in mode apply: none; in mode plan: Entra events, the HR queue, the hourly sweep and Entra lifecycle workflows\. /,
  );
  for (const { detail } of fresh.automaticTriggers) assert.match(detail, /are plans: .* cut nothing\. \w+_MODE=apply/);

  assert.match(checkOf(fresh, 'disabled-accounts')?.detail ?? '', /opens no case/);
  const one = await diagnose(
    loadConfig({ ...asInstalled, HR_QUEUE_MODE: 'apply', DISABLED_MEANS_LEFT_AFTER_DAYS: '14' }),
  );
  assert.match(checkOf(one, 'disabled-accounts')?.detail ?? '', /disabled for 14 days means/);
  assert.match(
    one.headline,
    /in mode apply: the HR queue; in mode plan: Entra events, the hourly sweep and Entra lifecycle workflows\. /,
  );
  const hr = one.automaticTriggers.find(({ trigger }) => trigger === 'hr-queue');
  assert.match(hr?.detail ?? '', /without anybody being asked\. HR_QUEUE_MODE=plan/);
});

test('it says what no case reads, which exemptions are over, and which limits nobody acknowledged', async () => {
  const decided = await diagnose();
  assert.deepEqual(decided.sources.unread, []);
  assert.deepEqual(decided.sources.standingLimits.notAcknowledged, []);
  assert.match(decided.headline, /Every readable source is read or exempt\.$/);

  const {
    EXEMPT_SOURCES: _,
    ACKNOWLEDGED_LIMITS: __,
    ...asInstalled
  } = appSettings(tenant, storage, authority, emptyWebhook().secret);
  const over = { sources: ['azure-devops/tokens'], reason: 'By hand.', by: 'Morgan Lee', until: '2026-01-31' };
  const EXEMPT_SOURCES = JSON.stringify([over]);
  const fresh = await diagnose(loadConfig({ ...asInstalled, DEVOPS_ORGANISATIONS: '', EXEMPT_SOURCES }));
  const why = (source: string) => fresh.sources.unread.find((each) => each.source === source);
  assert.equal(why('azure-devops/agents')?.why, 'not-configured');
  assert.match(why('azure-devops/tokens')?.whatToDo ?? '', /exemption by Morgan Lee ended on 2026-01-31/);
  assert.deepEqual(fresh.sources.exemptions, [{ ...over, state: 'over' }]);
  assert.ok(fresh.sources.standingLimits.notAcknowledged.includes('mcp/open-streams'));
  assert.match(fresh.headline, /No case can be clear: \d+ readable sources .* \d+ standing limits are not/);
});

test('asking changes nothing at any vendor', async () => {
  const before = structuredClone(tenant.vendors.map((vendor) => vendor.snapshot()));
  await diagnose();
  assert.deepEqual(structuredClone(tenant.vendors.map((vendor) => vendor.snapshot())), before);
});

test('only those who may operate the app are told', async () => {
  assert.equal((await ask(['Offboarding.Administer'])).status, 200);
  const refused = await ask(['Offboarding.Read']);
  assert.deepEqual([refused.status, refused.headers.get('content-type')], [403, 'application/problem+json']);
});

describe('the doctor names exactly what is missing, and what to do, without', () => {
  const asked = PERMISSIONS.filter((row) => !row.inherent && row.unasked === undefined && row.system !== 'storage');
  // In the short form one of each identity, system and place: what each is named by, the whole table holds.
  const kindOf = ({ identity, system, grant }: Permission): string[] => [
    [identity, system, 'scope' in grant ? grant.scope : '', 'level' in grant ? grant.level : ''].join(' '),
  ];
  for (const row of coveringForm(asked, kindOf)) {
    test(row.id, async () => {
      const found = row.system === 'graph' ? await diagnose(withToken(row)) : await diagnoseWithout(row);
      const { grant } = row;
      // Whoever may write at GitHub may read; without reading there is neither. The assessor has an App of its own.
      const both = (other: Permission): boolean =>
        (other.identity === 'assessor') === (row.identity === 'assessor') &&
        'level' in grant &&
        grant.level === 'read' &&
        'level' in other.grant &&
        other.grant.name === grant.name;
      const gone = PERMISSIONS.filter((other) => other.id === row.id || both(other)).map(({ id }) => id);
      assert.deepEqual(inState(found, 'missing'), gone);
      assert.equal(found.verdict, 'not-ready');
      const answer = found.permissions.find(({ id }) => id === row.id);
      assert.ok((answer?.withoutIt?.length ?? 0) > 0 && answer?.whatToDo !== undefined && answer.detail !== undefined);
      assert.match(found.headline, /^\d+ permissions? (is|are) missing/);
    });
  }
});

test('a permission that the token carries and Graph refuses all the same is missing', async () => {
  const row = PERMISSIONS.find(({ id }) => id === 'reader/graph/User-LifeCycleInfo.Read.All');
  assert.ok(row !== undefined);
  assert.deepEqual(inState(await diagnoseWithout(row), 'missing'), [row.id]);
});

test('storage that refuses is named by the role that it wants', async () => {
  const body = '<?xml version="1.0"?><Error><Code>AuthorizationPermissionMismatch</Code></Error>';
  const headers = { 'content-type': 'application/xml', 'x-ms-error-code': 'AuthorizationPermissionMismatch' };
  tenant.faults.add({ vendor: 'teams', effect: { kind: 'answer', status: 403, headers, body } });
  const there = tenant.origin('teams');
  const found = await diagnose({ ...config, BLOB_ENDPOINT: there, TABLE_ENDPOINT: there });
  assert.deepEqual(inState(found, 'missing'), [
    'remover/storage/Storage Blob Data Contributor',
    'remover/storage/Storage Table Data Contributor',
  ]);
});

/** Which systems' permissions each vendor answers for. */
const VENDORS: Readonly<Record<string, RegExp>> = {
  graph: /^reader\/graph/,
  arm: /\/azure\//,
  // What was signed once serves GitHub for minutes.
  vault: /\/key-vault\//,
  logs: /\/logs\//,
  devops: /\/azure-devops\//,
  github: /\/github\//,
};
const TROUBLE: Readonly<Record<string, FaultEffect>> = {
  '503': { kind: 'answer', status: 503 },
  'a reset connection': { kind: 'reset' },
  'a page of HTML': { kind: 'answer', status: 502, body: '<!doctype html>' },
};
describe('what could not be checked is never called granted or missing:', () => {
  for (const [vendor, permissions] of Object.entries(VENDORS)) {
    for (const [name, effect] of Object.entries(TROUBLE)) {
      test(`${vendor} answers with ${name}`, async () => {
        tenant.faults.add({ vendor, effect });
        const found = await diagnose();
        assert.deepEqual(inState(found, 'missing'), []);
        const unknown = inState(found, 'could-not-check');
        const expected = PERMISSIONS.filter(({ id, unasked }) => unasked === undefined && permissions.test(id));
        assert.deepEqual(
          unknown,
          expected.map(({ id }) => id),
        );
        assert.equal(found.verdict, 'unknown');
        assert.match(found.headline, /could not be checked/);
      });
    }
  }
});

/** What was asked, without whom and when it was about. */
const questionsSince = (from: number, vendor: string): Set<string> =>
  new Set(
    tenant.calls.slice(from).flatMap(({ vendor: asked, method, path }) =>
      asked === vendor && method === 'GET'
        ? [
            decodeURIComponent(path)
              .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<at>')
              .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
              .replace(/aad\.[\w+=%-]+/g, '<person>'),
          ]
        : [],
    ),
  );

test('Graph and Azure DevOps are asked by the very questions that cases and sweeps ask', async () => {
  const vendors = openVendors(config);
  const [project] = states.devops.projects.all();
  assert.ok(project !== undefined);
  const { organisation } = WORLD.devops;
  const { graph, devops } = vendors;
  const oid = WORLD.leaver.oid as Oid;
  const group = 'a0000000-0000-4000-8000-000000000001';
  const gateway = WORLD.gateway.servicePrincipalId;
  const before = tenant.calls.length;
  await Promise.all([
    graph.findPerson(oid),
    graph.listInactiveUsers(new Date()),
    graph.findServicePrincipal(config.GATEWAY_APP_ID),
    graph.readPreAuthorizedClients(config.GATEWAY_APP_ID),
    graph.listAssignedTo(gateway),
    graph.listAssignedTo(gateway, 'advanced'),
    graph.listApplicationCredentials(),
    ...(['resourceId', 'clientId', 'principalId'] as const).map((key) => graph.listGrants(key, gateway)),
    graph.listGroupMembers(group),
    graph.hasMember(group, oid),
    graph.listGroupsThatHideMembers([group]),
    graph.listGroupOwners(group),
    graph.listOwned('applications'),
    graph.listOwned('servicePrincipals'),
    graph.changesBy(oid),
    graph.listDirectoryRoles(oid),
    ...(['automation', 'deployment'] as const).map((kind) => devops.listAgentPools(organisation, kind)),
    devops.findEntraUsers(organisation, oid),
    devops.listProjects(organisation),
    devops.listDefinitions(organisation, project),
    devops.listVariableGroups(organisation, project),
    devops.listPersonalTokens(organisation, 'aad.x', { sshKeys: false }),
    devops.listEnvironments(organisation, project),
    devops.listServiceHooks(organisation),
    devops.listRepositories(organisation, project),
    devops.listReleaseDefinitions(organisation, project),
    devops.listServiceConnections(organisation, project),
    devops.listAuditEntries(organisation, new Date()),
  ]);
  // Where Graph does not tell the owners of deleted applications, the applications are read without them.
  states.entra.switches.ownersOfDeletedApplications = false;
  await graph.listDeletedApplications();
  states.entra.switches.ownersOfDeletedApplications = true;
  // Where the leave date may not be read, the rest of the person is read without it.
  principals.reader.graph.delete('User-LifeCycleInfo.Read.All');
  await graph.findPerson(oid);
  principals.reader.graph.add('User-LifeCycleInfo.Read.All');
  const used = { graph: questionsSince(before, 'graph'), devops: questionsSince(before, 'devops') };
  const asked = tenant.calls.length;
  await diagnose();
  for (const [vendor, questions] of Object.entries(used)) {
    const own = questionsSince(asked, vendor);
    assert.ok(own.size >= 6, vendor);
    // Whether the lists leave something out is asked as cases ask it too, in words of its own.
    const odd = [...own].filter((question) => !questions.has(question) && !/_apis\/permissions/.test(question));
    assert.deepEqual(odd, [], vendor);
  }
});

test('a question that is refused is not known to be granted: the filter on the leave date', async () => {
  const body = '{"error":{"code":"Request_UnsupportedQuery","message":"no"}}';
  tenant.faults.add({
    vendor: 'graph',
    path: /employeeLeaveDateTime(%20| )le/,
    effect: { kind: 'answer', status: 400, body },
  });
  const found = await diagnose();
  assert.deepEqual(inState(found, 'could-not-check'), ['reader/graph/User-LifeCycleInfo.Read.All']);
  assert.equal(found.verdict, 'unknown');
});

describe('an answer of Azure DevOps that is not the one meant says nothing about a permission:', () => {
  for (const [name, status, typeKey] of [
    ['an api-version that is switched off', 400, 'VssInvalidPreviewVersionException'],
    ['a route that is not there', 404, 'HttpException'],
    ['a resource that is not there', 404, 'VssResourceNotFoundException'],
  ] as const) {
    test(name, async () => {
      const body = JSON.stringify({ $id: '1', message: 'no', typeKey });
      tenant.faults.add({ vendor: 'devops', effect: { kind: 'answer', status, body } });
      const found = await diagnose();
      const expected = PERMISSIONS.filter(({ id, unasked }) => unasked === undefined && /\/azure-devops\//.test(id));
      assert.deepEqual(
        inState(found, 'could-not-check'),
        expected.map(({ id }) => id),
      );
      assert.equal(found.verdict, 'unknown');
    });
  }
});

test('where previews are switched off, only what is a preview in the specification cannot be checked', async () => {
  states.devops.behaviour.previewsEnded = true;
  const found = await diagnose();
  states.devops.behaviour.previewsEnded = false;
  assert.deepEqual(
    inState(found, 'could-not-check'),
    ['graph', 'build', 'serviceendpoint', 'auditlog'].map((scope) => `reader/azure-devops/vso.${scope}`),
  );
});

test('an action that stands on a later page of the roles is seen', async () => {
  states.arm.permissionsPageSize = 1;
  const found = await diagnose();
  states.arm.permissionsPageSize = 50;
  assert.deepEqual(inState(found, 'missing'), []);
});

test('a table whose plan Azure does not say is not known to be one that can be queried', async () => {
  const table = states.arm.tables.all()[0];
  assert.ok(table !== undefined);
  table.plan = undefined;
  const found = await diagnose();
  table.plan = 'Analytics';
  assert.deepEqual([checkOf(found, 'audit-retention')?.state, found.verdict], ['could-not-check', 'unknown']);
});

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

test('a vendor that never answers is given up, and the others’ answers stand', async () => {
  tenant.faults.add({ vendor: 'devops', effect: { kind: 'delay', ms: 2_500 } });
  const found = await diagnose({ ...config, REQUEST_TIMEOUT_SECONDS: 1 });
  assert.deepEqual(
    inState(found, 'could-not-check').filter((id) => !id.includes('/azure-devops/')),
    [],
  );
  assert.equal(found.verdict, 'unknown');
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

test('the App that only reads: selected repositories, more than it needs, and what it lacks', async () => {
  const [installation = assert.fail()] = states.github.assessor.installations.all();
  const { organisation } = WORLD.github;
  const stateOf = (found: Diagnosis, what: string) => checkOf(found, `assessor-github-${what}:${organisation}`);
  Object.assign(installation, { repositorySelection: 'selected' });
  installation.permissions.set('contents', 'write').set('members', 'read').delete('secrets');
  const found = await diagnose();
  installation.permissions.set('contents', 'read').set('secrets', 'read').delete('members');
  installation.suspendedAt = new Date('2026-11-01T08:00:00Z');
  const suspended = await diagnose();
  delete installation.suspendedAt;
  Object.assign(installation, { repositorySelection: 'all' });
  assert.deepEqual(
    ['installation', 'permissions', 'reading'].map((what) => stateOf(found, what)?.state),
    ['fails', 'fails', 'passes'],
  );
  assert.match(
    stateOf(found, 'permissions')?.detail ?? '',
    /may change something on .+ \(contents=write\), and may read what nobody needs \(members=read\)/,
  );
  assert.deepEqual(inState(found, 'missing'), ['assessor/github/secrets=read']);
  assert.match(
    found.permissions.find(({ id }) => id.endsWith('/secrets=read'))?.whatToDo ?? '',
    /assessor’s GitHub App/,
  );
  assert.deepEqual(
    ['installation', 'permissions', 'reading'].map((what) => stateOf(suspended, what)?.state),
    ['fails', 'passes', 'fails'],
  );
});

test('without an App that only reads, or without the identity, it says what is unknown, and the rest is asked', async () => {
  const app = { ASSESSOR_GITHUB_APP_ID: undefined, ASSESSOR_GITHUB_APP_KEY_ID: undefined };
  const found = await diagnose({ ...config, ...app });
  assert.deepEqual([checkOf(found, 'assessor-github')?.state, found.verdict], ['could-not-check', 'unknown']);
  assert.match(checkOf(found, 'assessor-github')?.detail ?? '', /points 10 and 11 .* unknown/);
  assert.ok(inState(found, 'could-not-check').every((id) => /^assessor\/(github|key-vault)\//.test(id)));
  const nobody = await diagnose({ ...config, ...app, ASSESSOR_CLIENT_ID: undefined });
  assert.equal(checkOf(nobody, 'assessor')?.state, 'could-not-check');
  assert.ok(inState(nobody, 'could-not-check').every((id) => id.startsWith('assessor/')));
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

test('managing a deployment pool is asked about as well as managing agent pools', async () => {
  states.devops.pools.add({ id: 91, name: 'Trading floor', isHosted: false, kind: 'deployment' });
  const before = tenant.calls.length;
  await diagnose();
  states.devops.pools.delete('91');
  const asked = tenant.calls.slice(before).filter(({ path }) => /permissions\/[\w-]+\/2\?/.test(path));
  assert.ok(asked.some(({ path }) => decodeURIComponent(path).includes('AgentPools/91')));
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

test('where nothing is configured to ask, nothing counts as granted', async () => {
  const found = await diagnose({ ...config, DEVOPS_ORGANISATIONS: [], SUBSCRIPTION_IDS: [] });
  const unknown = inState(found, 'could-not-check');
  assert.ok(unknown.length > 0 && unknown.every((id) => /azure-devops|azure\/subscriptions/.test(id)));
  assert.equal(checkOf(found, 'other-subscriptions')?.state, 'fails', 'the reader sees some');
});

test('Azure’s wildcards give what they cover, and what a role leaves out another may give', () => {
  const read = 'Microsoft.ManagedIdentity/userAssignedIdentities/read';
  const role = (actions: string[], notActions: string[] = []) => ({ actions, notActions });
  assert.ok(allows([role(['*/read'])], read) && allows([role(['*'])], read));
  assert.ok(allows([role(['microsoft.managedidentity/*'])], read));
  assert.ok(!allows([role(['*'], ['Microsoft.ManagedIdentity/*'])], read));
  assert.ok(allows([role(['*'], ['Microsoft.ManagedIdentity/*']), role([read])], read));
  assert.ok(!allows([role(['Microsoft.ManagedIdentity/userAssignedIdentities'])], read) && !allows([], read));
});

/** An identity of its own, whose tokens lack the permission from the start. */
function withToken({ identity, grant }: Permission): Config {
  const whose = { reader: 'READER_CLIENT_ID', remover: 'REMOVER_CLIENT_ID', assessor: 'ASSESSOR_CLIENT_ID' } as const;
  assert.ok(identity === 'reader' || identity === 'remover' || identity === 'assessor', 'it asks Graph');
  const who = principals[identity];
  const clientId = randomUUID();
  const other = principal(`${who.name} without`, clientId, randomUUID());
  for (const [what, held] of Object.entries(who)) {
    const set: unknown = other[what as keyof typeof other];
    if (!(held instanceof Set && set instanceof Set)) continue;
    for (const name of held) if (!('name' in grant) || name !== grant.name) set.add(name);
  }
  tenant.core.principals.push(other);
  return { ...config, [whose[identity]]: clientId };
}

async function diagnoseWithout(row: Permission): Promise<Diagnosis> {
  const giveBack = takePermission(study, row);
  assert.ok(giveBack !== undefined, 'the tenant simulates it');
  try {
    return await diagnose();
  } finally {
    giveBack();
  }
}
