import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';
import { appSettings } from '../../local/app-settings.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { emptyWebhook } from '../../local/tenant/webhook/vendor.ts';
import { loadConfig } from '../../src/config.ts';
import { writeDeniedMark } from '../../src/connectors/storage/gateway/denied-table.ts';
import type { Diagnosis } from '../../src/doctor/diagnosis.ts';
import { PERMISSIONS } from '../../src/permissions/table.ts';
import { checkOf, type DoctorWorld, inState, startDoctor } from './doctor-world.ts';

let tenant: DoctorWorld['tenant'];
let storage: DoctorWorld['storage'];
let scratch: DoctorWorld['scratch'];
let authority: DoctorWorld['authority'];
let config: DoctorWorld['config'];
let ask: DoctorWorld['ask'];
let diagnose: DoctorWorld['diagnose'];
before(async () => {
  ({ tenant, storage, scratch, authority, config, ask, diagnose } = await startDoctor());
});
after(async () => {
  await Promise.all([tenant.close(), storage.stop(), rm(scratch, { recursive: true })]);
});
afterEach(() => tenant.faults.clear());

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

test('a vendor that never answers is given up, and the others’ answers stand', async () => {
  tenant.faults.add({ vendor: 'devops', effect: { kind: 'delay', ms: 2_500 } });
  const found = await diagnose({ ...config, REQUEST_TIMEOUT_SECONDS: 1 });
  assert.deepEqual(
    inState(found, 'could-not-check').filter((id) => !id.includes('/azure-devops/')),
    [],
  );
  assert.equal(found.verdict, 'unknown');
});

test('where nothing is configured to ask, nothing counts as granted', async () => {
  const found = await diagnose({ ...config, DEVOPS_ORGANISATIONS: [], SUBSCRIPTION_IDS: [] });
  const unknown = inState(found, 'could-not-check');
  assert.ok(unknown.length > 0 && unknown.every((id) => /azure-devops|azure\/subscriptions/.test(id)));
  assert.equal(checkOf(found, 'other-subscriptions')?.state, 'fails', 'the reader sees some');
});
