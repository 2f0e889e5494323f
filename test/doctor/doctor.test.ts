import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import { HttpRequest } from '@azure/functions';
import { appSettings } from '../../local/app-settings.ts';
import { startAzurite } from '../../local/azurite.ts';
import { startCaseStudy } from '../../local/tenant/case-study.ts';
import type { FaultEffect } from '../../local/tenant/core/faults.ts';
import { principal } from '../../local/tenant/core/principals.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import { allows } from '../../src/connectors/arm/allows.ts';
import { ensureContainers } from '../../src/connectors/storage/evidence.ts';
import { ensureTables } from '../../src/connectors/storage/tables.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import type { Diagnosis } from '../../src/doctor/diagnosis.ts';
import type { Permission } from '../../src/permissions/permission.ts';
import { PERMISSIONS } from '../../src/permissions/table.ts';
import { getDoctor } from '../../src/triggers/get-doctor.ts';
import { takePermission } from '../scenarios/support/take-permission.ts';

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
const config = loadConfig(appSettings(tenant, storage, authority));
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
  const headers = { authorization: `Bearer ${token}` };
  return getDoctor(
    openVendors(settings),
    settings,
    new HttpRequest({ method: 'GET', url: 'http://app/api/doctor', headers }),
    new Date(),
  );
}

async function diagnose(settings: Config = config): Promise<Diagnosis> {
  const answer = await ask(['Offboarding.Operate'], settings);
  assert.equal(answer.status, 200);
  return answer.jsonBody as Diagnosis;
}

const inState = ({ permissions }: Diagnosis, state: string): string[] =>
  permissions.filter((each) => each.state === state).map(({ id }) => id);
const checkOf = ({ checks }: Diagnosis, name: string) => checks.find(({ check }) => check === name);

test('where everything is granted it says so, and how many permissions it cannot ask for', async () => {
  const found = await diagnose();
  assert.deepEqual([...inState(found, 'missing'), ...inState(found, 'could-not-check')], []);
  assert.deepEqual(
    found.checks.map(({ check, state }) => `${check} ${state}`).sort(),
    [
      'audit-retention passes',
      ...WORLD.apim.namedValues.map((name) => `deny-list:${name} passes`),
      `github-installation:${WORLD.github.organisation} passes`,
      `github-reading:${WORLD.github.organisation} passes`,
    ].sort(),
  );
  assert.equal(found.verdict, 'ready');
  assert.equal(found.permissions.length + found.notAsked.length, PERMISSIONS.length);
  assert.match(found.headline, /^All \d+ permissions that can be asked for .* \d+ permissions cannot be asked for/);
});

test('it names every automatic trigger with its mode: a plan is a fact and no fault', async () => {
  const modes = ({ automaticTriggers }: Diagnosis): string[] =>
    automaticTriggers.map(({ trigger, setting, mode }) => `${trigger} ${setting} ${mode}`);
  const {
    ENTRA_EVENTS_MODE: _,
    HR_QUEUE_MODE: __,
    SWEEP_MODE: ___,
    ...asInstalled
  } = appSettings(tenant, storage, authority);
  const fresh = await diagnose(loadConfig(asInstalled));
  assert.deepEqual(modes(fresh), [
    'entra-event ENTRA_EVENTS_MODE plan',
    'hr-queue HR_QUEUE_MODE plan',
    'sweep SWEEP_MODE plan',
  ]);
  assert.equal(fresh.verdict, 'ready');
  assert.match(fresh.headline, /in mode apply: none; in mode plan: Entra events, the HR queue and the hourly sweep\. /);
  for (const { detail } of fresh.automaticTriggers) assert.match(detail, /are plans: .* cut nothing\. \w+_MODE=apply/);

  const one = await diagnose(loadConfig({ ...asInstalled, HR_QUEUE_MODE: 'apply' }));
  assert.match(one.headline, /in mode apply: the HR queue; in mode plan: Entra events and the hourly sweep\. /);
  const hr = one.automaticTriggers.find(({ trigger }) => trigger === 'hr-queue');
  assert.match(hr?.detail ?? '', /without anybody being asked\. HR_QUEUE_MODE=plan/);
});

test('it says what no case reads, which exemptions are over, and which limits nobody acknowledged', async () => {
  const decided = await diagnose();
  assert.deepEqual(decided.sources.unread, []);
  assert.deepEqual(decided.sources.standingLimits.notAcknowledged, []);
  assert.match(decided.headline, /Every readable source is read or exempt\.$/);

  const { EXEMPT_SOURCES: _, ACKNOWLEDGED_LIMITS: __, ...asInstalled } = appSettings(tenant, storage, authority);
  const over = { sources: ['github/deploy-keys'], reason: 'By hand.', by: 'Morgan Lee', until: '2026-01-31' };
  const EXEMPT_SOURCES = JSON.stringify([over]);
  const fresh = await diagnose(loadConfig({ ...asInstalled, DEVOPS_ORGANISATIONS: '', EXEMPT_SOURCES }));
  const why = (source: string) => fresh.sources.unread.find((each) => each.source === source);
  assert.equal(why('azure-devops/agents')?.why, 'not-configured');
  assert.match(why('github/deploy-keys')?.whatToDo ?? '', /exemption by Morgan Lee ended on 2026-01-31/);
  assert.deepEqual(fresh.sources.exemptions, [{ ...over, state: 'over' }]);
  assert.ok(fresh.sources.standingLimits.notAcknowledged.includes('mcp/open-streams'));
  assert.match(
    fresh.headline,
    /No case can be clear: \d+ readable sources .* \d+ sources that no app can read are not/,
  );
});

test('asking changes nothing at any vendor', async () => {
  const before = structuredClone(tenant.vendors.map((vendor) => vendor.snapshot()));
  await diagnose();
  assert.deepEqual(structuredClone(tenant.vendors.map((vendor) => vendor.snapshot())), before);
});

test('only those who may operate the app are told', async () => {
  assert.equal((await ask(['Offboarding.Administer'])).status, 200);
  const refused = await ask(['Offboarding.Read']);
  assert.deepEqual(
    [refused.status, (refused.headers as Record<string, string>)['content-type']],
    [403, 'application/problem+json'],
  );
});

describe('the doctor names exactly what is missing, and what to do, without', () => {
  for (const row of PERMISSIONS) {
    if (row.inherent || row.unasked !== undefined || row.system === 'storage') continue;
    test(row.id, async () => {
      const found = row.system === 'graph' ? await diagnose(withToken(row)) : await diagnoseWithout(row);
      const { grant } = row;
      // Whoever may write at GitHub may read; without reading there is neither.
      const both = (other: Permission): boolean =>
        'level' in grant && grant.level === 'read' && 'level' in other.grant && other.grant.name === grant.name;
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
  const row = PERMISSIONS.find(({ id }) => id === 'reader/graph/GroupMember.Read.All');
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

for (const reason of ['ip-allow-list', 'saml', 'no-reason'] as const) {
  test(`an organisation that refuses every reading (${reason}) fails, although it granted every permission`, async () => {
    const [organisation] = states.github.organisations.all();
    assert.ok(organisation !== undefined);
    organisation.refuses = reason;
    const found = await diagnose();
    delete organisation.refuses;
    const check = checkOf(found, `github-reading:${WORLD.github.organisation}`);
    assert.deepEqual([check?.state, found.verdict, inState(found, 'missing')], ['fails', 'not-ready', []]);
    assert.match(check?.detail ?? '', /GitHub said “.+”.*The App holds/);
  });
}

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
  assert.equal(found.verdict, 'unknown');
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
  const who = identity === 'reader' ? principals.reader : principals.remover;
  const clientId = randomUUID();
  const other = principal(`${who.name} without`, clientId, randomUUID());
  for (const set of ['graph', 'azure', 'devops', 'vault', 'logs'] as const) {
    for (const name of who[set]) if (!('name' in grant) || name !== grant.name) other[set].add(name);
  }
  tenant.core.principals.push(other);
  return { ...config, [identity === 'reader' ? 'READER_CLIENT_ID' : 'REMOVER_CLIENT_ID']: clientId };
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
