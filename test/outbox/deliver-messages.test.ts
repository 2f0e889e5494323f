import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { closeCase } from '../../activities/case/close-case.ts';
import type { FiledReport } from '../../activities/case/report/filed-report.ts';
import { filePosture } from '../../activities/posture/file-posture.ts';
import { makeGitHub, seedGitHub } from '../../local/tenant/github/vendor.ts';
import { emptyIngestion, makeIngestion } from '../../local/tenant/ingestion/vendor.ts';
import { emptyLogs } from '../../local/tenant/logs/state.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { emptyTeams, makeTeams, teamsWebhookPath } from '../../local/tenant/teams/vendor.ts';
import { makeVault, seedVault } from '../../local/tenant/vault/vendor.ts';
import { emptyWebhook, makeWebhook, WEBHOOK_PATH } from '../../local/tenant/webhook/vendor.ts';
import { type CaseRow, instanceIdOf } from '../../src/cases/case.ts';
import { contain } from '../../src/cases/denied/contain.ts';
import { manifestName } from '../../src/cases/folders.ts';
import { type CaseId, makeCaseId, makeDenialId, makePostureId } from '../../src/cases/ids.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import { tableOf } from '../../src/connectors/storage/base/tables.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { deliverMessages } from '../../src/duties/deliver-messages.ts';
import type { DutyContext } from '../../src/duties/duty.ts';
import { enqueueMessages, enqueueOfDenial, enqueueOfPosture } from '../../src/outbox/enqueue.ts';
import { CHECKS } from '../../src/posture/checks/index.ts';
import { rateLimited } from '../../src/posture/checks/rate-limited.ts';
import { serversTagged } from '../../src/posture/checks/servers-tagged.ts';
import { callsLogged } from '../../src/posture/readings/calls/calls-logged.ts';
import { latestRun } from '../../src/posture/runs/latest-run.ts';
import { runName } from '../../src/posture/runs/run-id.ts';
import { buildReport } from '../../src/report/build/build-report.ts';
import { assessed, failure, run } from '../posture/support/made-run.ts';
import { caseStudy, OID } from '../report/sample-case.ts';
import { startApp } from '../support/apps/start-app.ts';
import { seedContext } from '../support/seed-context.ts';

const seeds = seedContext();
const [vault, teams, webhook, ingestion] = [seedVault(seeds), emptyTeams(), emptyWebhook(), emptyIngestion()];
const github = seedGitHub(seeds, vault);
const app = await startApp({
  vendors: (core) => [
    makeVault(core, vault),
    makeGitHub(core, github),
    makeTeams(core, teams),
    makeWebhook(webhook),
    makeIngestion(core, emptyLogs(), ingestion),
  ],
  storage: 'memory',
});
after(() => app.stop());

const everything = loadConfig({
  ...app.settings,
  TEAMS_WEBHOOK_URL: `${app.tenant.origin('teams')}${teamsWebhookPath(teams)}`,
  WEBHOOK_URL: `${app.tenant.origin('webhook')}${WEBHOOK_PATH}`,
  WEBHOOK_SECRET: webhook.secret,
  CASES_STREAM: WORLD.audit.casesStream,
  CONSOLE_URL: 'https://console.northwind.example/',
});
const teamsOnly = { ...everything, ISSUE_MOMENTS: [], WEBHOOK_MOMENTS: [], LOG_MOMENTS: [] };
const [, repository = ''] = WORLD.github.securityRepository.split('/');
const issues = () => github.repositories.where(({ name }) => name === repository).flatMap((each) => each.issues.all());

const clock = { ms: Date.now() };
const now = (): Date => new Date(clock.ms);
beforeEach(() => {
  clock.ms = Date.now();
  app.tenant.faults.clear();
  teams.messages.length = 0;
  webhook.events.length = 0;
  webhook.deliveries = 0;
  ingestion.cases.length = 0;
  app.context.lines.length = 0;
});

/** One round of the duty; nothing of it starts an orchestration. */
function round(settings: Config = everything): Promise<number> {
  const client = {} as DutyContext['client'];
  return deliverMessages.run({ vendors: openVendors(settings), settings, log: app.context.log, client, now });
}

let n = 0;
/** A case that runs, of its own for each test. */
async function runningCase(changed: Partial<CaseRow> = {}): Promise<CaseRow> {
  n += 1;
  const caseId = makeCaseId(OID, n);
  const at = now().toISOString();
  const row: CaseRow = {
    ...{ caseId, oid: OID, n, trigger: 'hr-queue', mode: 'apply', reason: 'HR', requestedBy: 'hr', merged: [] },
    ...{ requestedAt: at, openedAt: at, instanceId: instanceIdOf(caseId), state: 'running' },
    ...changed,
  };
  await app.context.vendors.storage.createCase(row);
  return row;
}

async function filedReport(caseId: CaseId): Promise<FiledReport> {
  const report = buildReport(caseStudy());
  const ref = await app.context.vendors.storage.putJson('evidence', `test/${caseId}`, report);
  const { outcome, incident, summary } = report;
  const files = { report: ref, html: ref, markdown: ref, manifest: ref };
  return { outcome, incident, ...files, counts: summary.counts, nextSteps: summary.next.length };
}

async function endOf({ caseId }: CaseRow, settings: Config = everything): Promise<void> {
  const context = { ...app.context, settings, vendors: openVendors(settings) };
  await closeCase.handler({ caseId, filedAt: now().toISOString(), filed: await filedReport(caseId) }, context);
}

const statesOf = async (caseId: CaseId): Promise<string[]> =>
  (await app.context.vendors.storage.messagesOf(caseId)).map(
    ({ channel, moment, state }) => `${channel} ${moment} ${state}`,
  );

test('the end of a case is told to all four channels, once, as the incident that it is and with a link', async () => {
  const row = await runningCase();
  const before = issues().length;
  await endOf(row);
  await endOf(row);
  assert.equal(await round(), 4);
  assert.equal(await round(), 0);
  assert.deepEqual(
    await statesOf(row.caseId),
    ['issue', 'log', 'teams', 'webhook'].map((each) => `${each} incident told`),
  );
  const link = `https://console.northwind.example/#/cases/${row.caseId}`;
  const issue = issues().at(-1);
  assert.equal(issues().length, before + 1);
  assert.equal(issue?.title, 'Incident: offboarding of Alex Moreau: incomplete');
  assert.match(issue?.body ?? '', /^- \[ \] \*\*Runner credentials\*\*: Approve or reject: /m);
  assert.ok(issue?.body.includes(link));
  const [message] = teams.messages;
  const card = message?.card as { body: { text?: string }[]; actions: { url: string }[] };
  assert.equal(card.body[0]?.text, 'Incident');
  assert.equal(card.actions[0]?.url, link);
  assert.equal(teams.messages.length, 1);
  const [event] = webhook.events;
  assert.ok(event !== undefined);
  const { type, data } = event.event as { type: string; data: { caseId: string; incident: boolean; link: string } };
  assert.deepEqual([type, data.caseId, data.incident, data.link], ['case.incident', row.caseId, true, link]);
  assert.equal((event.event as { data: { revision?: number } }).data.revision, 1);
  assert.doesNotMatch(JSON.stringify(event), /Moreau/);
  assert.deepEqual(
    ingestion.cases.map(({ CaseId, Moment, Incident, Outcome }) => [CaseId, Moment, Incident, Outcome]),
    [[row.caseId, 'incident', true, 'incomplete']],
  );
});

test('two hosts that deliver at the same moment tell each channel once', async () => {
  const row = await runningCase();
  const before = issues().length;
  await endOf(row);
  await Promise.all([round(), round()]);
  const sent = [issues().length - before, teams.messages.length, webhook.deliveries, ingestion.cases.length];
  assert.deepEqual(sent, [1, 1, 1, 1]);
  assert.ok((await statesOf(row.caseId)).every((each) => each.endsWith('told')));
});

test('a message that was written before its case came to it waits for it; one that never can be true is dropped', async () => {
  const [waiting, other] = [await runningCase(), await runningCase()];
  const at = now().toISOString();
  const vendors = openVendors(teamsOnly);
  await enqueueMessages(vendors, teamsOnly, { row: waiting, moments: ['failed'], at });
  await enqueueMessages(vendors, teamsOnly, { row: other, moments: ['on-hold'], at });
  assert.equal(await round(teamsOnly), 0);
  assert.deepEqual(
    [await statesOf(waiting.caseId), await statesOf(other.caseId)],
    [['teams failed waiting'], ['teams on-hold void']],
  );
  await vendors.storage.updateCase(waiting.caseId, (row) => ({ ...row, state: 'failed' }));
  clock.ms += 61_000;
  assert.equal(await round(teamsOnly), 1);
  assert.match(JSON.stringify(teams.messages), /broke without a report/);
});

test('a case that nobody went on with is not told of for ever, and is when somebody goes on after all', async () => {
  const row = await runningCase();
  const at = now().toISOString();
  const vendors = openVendors(teamsOnly);
  await enqueueMessages(vendors, teamsOnly, { row, moments: ['failed'], at });
  clock.ms += 25 * 3_600_000;
  await round(teamsOnly);
  assert.deepEqual(await statesOf(row.caseId), ['teams failed void']);
  await enqueueMessages(vendors, teamsOnly, { row, moments: ['failed'], at: now().toISOString() });
  await vendors.storage.updateCase(row.caseId, (current) => ({ ...current, state: 'failed' }));
  assert.equal(await round(teamsOnly), 1);
});

test('whichever half of a change a crash leaves, the message is told, once', async () => {
  const row = await runningCase();
  const vendors = openVendors(teamsOnly);
  const happened = { row, moments: ['failed'], at: now().toISOString() } as const;
  await enqueueMessages(vendors, teamsOnly, happened);
  const table = tableOf(app.config, 'outbox');
  const entries: { partitionKey: string; rowKey: string }[] = [];
  for await (const { partitionKey = '', rowKey = '', ...rest } of table.listEntities())
    if (partitionKey === 'due' && rowKey.includes(row.caseId)) entries.push({ ...rest, partitionKey, rowKey });
  // Entered, and the row never written: the opener died, and comes again later.
  await table.deleteEntity(row.caseId, 'failed-1-teams');
  assert.equal(await round(teamsOnly), 0);
  clock.ms += 1_000;
  await enqueueMessages(vendors, teamsOnly, { ...happened, at: now().toISOString() });
  // The case is not there yet, so that it is entered for later; the old entries were never removed.
  await round(teamsOnly);
  for (const entry of entries) await table.upsertEntity(entry);
  await vendors.storage.updateCase(row.caseId, (current) => ({ ...current, state: 'failed' }));
  clock.ms += 61_000;
  assert.equal(await round(teamsOnly), 1);
  for (const entry of entries) await table.upsertEntity(entry);
  assert.equal(await round(teamsOnly), 0);
  assert.equal(teams.messages.length, 1);
  for await (const { partitionKey, rowKey = '' } of table.listEntities())
    assert.ok(partitionKey !== 'due' || !rowKey.includes(row.caseId), 'no entry stays behind');
});

for (const [name, effect] of [
  ['a reset connection', { kind: 'reset' }],
  ['a 502 page', { kind: 'answer', status: 502, body: '<html>bad gateway</html>' }],
  ['a withdrawn webhook', { kind: 'answer', status: 401 }],
] as const) {
  test(`after ${name}, for a day and with an alert, the message is told once`, async () => {
    const row = await runningCase();
    app.tenant.faults.add({ vendor: 'teams', effect });
    await endOf(row, teamsOnly);
    const attempts = () => app.tenant.calls.filter(({ vendor }) => vendor === 'teams').length;
    const begun = attempts();
    for (let minute = 0; minute < 24 * 60; minute += 30) {
      await round(teamsOnly);
      clock.ms += 30 * 60_000;
    }
    assert.ok(attempts() - begun < 40, 'it is not asked every time');
    assert.deepEqual([teams.messages.length, await statesOf(row.caseId)], [0, ['teams incident waiting']]);
    const alerts = app.context.lines.filter((line) => line.startsWith('a message has not been delivered for hours'));
    assert.ok(alerts.length > 10 && alerts.every((line) => line.includes(row.caseId)));
    assert.doesNotMatch(JSON.stringify(app.context.lines), /sig=|<html>/);
    app.tenant.faults.clear();
    clock.ms += 3_600_000;
    assert.equal(await round(teamsOnly), 1);
    assert.equal(teams.messages.length, 1);
  });
}

test('what one channel meets keeps no other from being told', async () => {
  const row = await runningCase();
  app.tenant.faults.add({ vendor: 'github', path: /\/issues/, effect: { kind: 'answer', status: 502 } });
  await endOf(row);
  assert.equal(await round(), 3);
  assert.deepEqual(
    (await statesOf(row.caseId)).filter((each) => !each.endsWith('told')),
    ['issue incident waiting'],
  );
});

test('an issue that people work with stays as they left it, and one of a failed containment becomes that of the end', async () => {
  const row = await runningCase();
  const before = issues().length;
  const at = now().toISOString();
  await enqueueMessages(app.context.vendors, everything, { row, moments: ['containment-failed'], at });
  await round();
  assert.match(issues().at(-1)?.title ?? '', /^Containment failed/);
  await endOf(row);
  await round();
  const issue = issues().at(-1);
  assert.ok(issue !== undefined && issues().length === before + 1);
  assert.match(issue.title, /^Incident: offboarding/);
  Object.assign(issue, { body: issue.body.replaceAll('- [ ]', '- [x]'), state: 'closed' });
  const ticked = issue.body;
  await endOf(row);
  await round();
  assert.deepEqual([issues().at(-1)?.body, issues().length], [ticked, before + 1]);
});

test('of a plan nobody is told, but who asked for plans', async () => {
  const [quiet, told] = [await runningCase({ mode: 'plan' }), await runningCase({ mode: 'plan' })];
  await endOf(quiet);
  assert.deepEqual(await statesOf(quiet.caseId), []);
  const settings: Config = { ...everything, PLANS_TOLD_TO: ['teams'] };
  await endOf(told, settings);
  assert.equal(await round(settings), 1);
  assert.deepEqual(await statesOf(told.caseId), ['teams incident told']);
});

test('who has another secret is refused by the receiver, and the secret stands in no message', async () => {
  const settings: Config = {
    ...everything,
    ISSUE_MOMENTS: [],
    TEAMS_MOMENTS: [],
    LOG_MOMENTS: [],
    WEBHOOK_SECRET: emptyWebhook().secret,
  };
  const row = await runningCase();
  await endOf(row, settings);
  assert.equal(await round(settings), 0);
  assert.deepEqual([webhook.events.length, await statesOf(row.caseId)], [0, ['webhook incident waiting']]);
  assert.doesNotMatch(JSON.stringify(app.context.lines), /whsec_/);
});

const breakOf = ({ caseId }: CaseRow, attempt?: number): Promise<null> => {
  const failure = { code: 'unexpected' as const, message: 'It broke.' };
  const about = { caseId, filedAt: now().toISOString(), failure, ...(attempt === undefined ? {} : { attempt }) };
  return closeCase.handler(about, { ...app.context, settings: everything });
};
const stateOf = async ({ caseId }: CaseRow): Promise<string | undefined> =>
  (await app.context.vendors.storage.getCase(caseId))?.row.state;

test('what breaks after the report was sealed does not fail the case, and nobody is told that it did', async () => {
  const [sealed, other] = [await runningCase(), await runningCase()];
  await app.context.vendors.storage.putFirst('evidence', manifestName({ caseId: sealed.caseId }), '{}');
  for (const row of [sealed, other]) await breakOf(row);
  assert.deepEqual([await stateOf(sealed), await statesOf(sealed.caseId)], ['running', []]);
  assert.equal(await stateOf(other), 'failed');
  assert.notDeepEqual(await statesOf(other.caseId), []);
});

test('an attempt that broke and comes late tells nobody of a failure while the next one goes on', async () => {
  const row = await runningCase({ attempts: [{ instanceId: 'x', endedAt: now().toISOString(), why: 'x' }] });
  await breakOf(row);
  assert.deepEqual([await stateOf(row), await statesOf(row.caseId)], ['running', []]);
  await breakOf(row, 2);
  assert.equal(await stateOf(row), 'failed');
  assert.notDeepEqual(await statesOf(row.caseId), []);
});

test('a containment without a case is told to all four channels under its own id and link, and not once it is another', async () => {
  const { storage } = app.context.vendors;
  // What other tests left.
  await round();
  for (const sent of [teams.messages, webhook.events, ingestion.cases]) sent.length = 0;
  const before = issues().length;
  const at = now().toISOString();
  const said = { kind: 'person', by: WORLD.operator.oid, why: 'Calls at night' } as const;
  const until = new Date(clock.ms + 86_400_000).toISOString();
  const { row } = await storage.changeDenied(OID, (found) => contain(found, { ...said, oid: OID, at, until }));
  assert.ok(row);
  const revision = row.generation;
  for (let twice = 0; twice < 2; twice += 1)
    await enqueueOfDenial({ storage }, everything, { id: makeDenialId(OID), moment: 'contained', revision, at });
  assert.equal(await round(), 4);
  assert.equal(await round(), 0);
  const [event] = webhook.events as { body?: unknown }[];
  const told = JSON.stringify([event, teams.messages, ingestion.cases, issues().at(-1)]);
  for (const part of ['denied.contained', `denied-${OID}`, `https://console.northwind.example/#/denied/${OID}`])
    assert.ok(told.includes(part), part);
  assert.doesNotMatch(told, /Calls at night|Alex/);
  assert.equal(issues().length, before + 1);

  // Extended before the warning was told: it is true no longer.
  await enqueueOfDenial({ storage }, everything, {
    id: makeDenialId(OID),
    moment: 'containment-ends-soon',
    revision,
    at,
  });
  const later = new Date(clock.ms + 172_800_000).toISOString();
  await storage.changeDenied(OID, (found) => contain(found, { ...said, oid: OID, at, until: later }));
  assert.equal(await round(), 0);
  const states = (await storage.messagesOf(makeDenialId(OID))).map(({ moment, state }) => `${moment} ${state}`);
  assert.equal(states.filter((each) => each === 'containment-ends-soon void').length, 4);
});

/** A run of the checklist of which nothing could be read, filed as the activity does. */
const fileNothingRead = (runId: string, at = '2026-11-24T04:10:00.000Z') =>
  filePosture.handler(
    {
      ...{ runId, at, finishedAt: '2026-11-24T04:12:00.000Z', trigger: 'timer' },
      made: Object.values({ ...serversTagged.reads, ...rateLimited.reads }).map(({ id }) => ({
        reading: id,
        broke: 'It did not answer.',
      })),
    },
    { ...app.context, settings: everything },
  );
const toldOf = (runId: string) => app.context.vendors.storage.messagesOf(makePostureId(runId));

test('a run that is worse is told to all four channels, once however often it is filed, without names', async () => {
  const { storage } = app.context.vendors;
  await round();
  for (const sent of [teams.messages, webhook.events, ingestion.cases]) sent.length = 0;
  const before = issues().length;
  await fileNothingRead('2026-11-22-timer');
  assert.deepEqual(await toldOf('2026-11-22-timer'), [], 'the first run is compared with nothing');

  const first = await latestRun(storage);
  assert.deepEqual(first?.checks.map(({ check }) => check).sort(), CHECKS.map(({ id }) => id).sort());
  const never = first?.checks.find(({ check }) => check === 'none-on-workstations');
  assert.deepEqual([never?.status, never?.gaps[0]?.reason], ['unknown', 'no-data'], 'never judged is not known');

  const said = { says: 'aci-alex keeps a key of Alex Moreau.', resource: '/subscriptions/x/aci-alex' };
  const earlier = run(
    [
      assessed({ version: serversTagged.version }),
      assessed({ check: 'rate-limited', point: 9, status: 'fail', change: 'first', failures: [failure(said)] }),
    ],
    { runId: '2026-11-23-timer' },
  );
  await storage.putOnce('evidence', runName(earlier.runId), JSON.stringify(earlier));
  await storage.replaceLatest('posture/latest.json', { runId: earlier.runId });
  for (let twice = 0; twice < 2; twice += 1) await fileNothingRead('2026-11-24-timer');
  assert.equal(await round(), 4);
  await fileNothingRead('2026-11-24-timer');
  assert.equal(await round(), 0);

  const [event] = webhook.events as { body?: unknown }[];
  const told = JSON.stringify([event, teams.messages, ingestion.cases, issues().at(-1)]);
  for (const part of [
    ...['posture.posture-worse', 'posture-2026-11-24-timer', 'posture/2026-11-24-timer.html'],
    ...['https://console.northwind.example/#/posture/2026-11-24-timer', 'worse than it was: points 3, 9'],
    'Point 3, “Every server carries the tag”: out of sight: nobody can say any more.',
  ])
    assert.ok(told.includes(part), part);
  assert.doesNotMatch(told, /Alex|aci-alex/);
  assert.equal(issues().length, before + 1);
  assert.ok(
    app.context.lines.some((line) => line.includes('posture is worse than it was')),
    'the log says so as before',
  );

  await fileNothingRead('2026-11-25-timer', '2026-11-25T04:10:00.000Z');
  assert.deepEqual(await toldOf('2026-11-25-timer'), [], 'what is no worse than the night before is not told again');

  await fileNothingRead('2026-11-24-timer');
  const latest = await storage.getText('inventory', 'posture/latest.json');
  assert.equal(latest, '{"runId":"2026-11-25-timer"}', 'a late delivery of an earlier run is not the last run');
});

test('a last run that nobody can read keeps no later one from being filed, and the log says so', async () => {
  const { storage } = app.context.vendors;
  await storage.putOnce('evidence', runName('2026-11-20-timer'), '{"schemaVersion":"9.0"}');
  await storage.replaceLatest('posture/latest.json', { runId: '2026-11-20-timer' });
  await fileNothingRead('2026-11-25-asked', '2026-11-25T05:10:00.000Z');
  assert.equal((await latestRun(storage))?.before, undefined);
  assert.equal((await latestRun(storage))?.runId, '2026-11-25-asked');
  assert.ok(app.context.lines.some((line) => line.includes('the last run of posture cannot be read')));
});

test('a run that began before another and ends after it takes neither its place nor its numbers', async () => {
  const { storage } = app.context.vendors;
  const file = (runId: string, at: string, trigger: 'asked' | 'timer') =>
    filePosture.handler(
      {
        ...{ runId, at, finishedAt: '2026-11-27T05:00:00.000Z', trigger },
        made: [...Object.values(serversTagged.reads), callsLogged].map(({ id }) => ({ reading: id, broke: 'No.' })),
      },
      { ...app.context, settings: everything },
    );
  const asked = '2026-11-27T04-20-00-000Z-asked';
  await file(asked, '2026-11-27T04:20:00.000Z', 'asked');
  await file('2026-11-27-timer', '2026-11-27T04:10:00.000Z', 'timer');
  await file(asked, '2026-11-27T04:20:00.000Z', 'asked');
  assert.equal((await latestRun(storage))?.runId, asked);
  const points = await storage.listMetric('calls-logged', '2026-11-27');
  assert.deepEqual(
    points.map(({ runId }) => runId),
    [asked],
  );
  await file('2026-11-27-timer', '2026-11-27T04:10:00.000Z', 'timer');
  assert.equal((await latestRun(storage))?.runId, asked);
});

test('what newly fails is told with the number of findings that nobody accepted; a channel that does not listen is not told', async () => {
  const { storage } = app.context.vendors;
  const accepted = { reason: 'The vendor mends it in March.', by: 'ciso', until: '2027-03-01' };
  const filed = run(
    [
      assessed({
        status: 'fail',
        change: 'new-fail',
        failures: [failure(), failure({ id: 'P-0123456789ac', accepted }), failure({ id: 'P-0123456789ad' })],
      }),
      assessed({
        ...{ check: 'rate-limited', point: 9, title: 'All is limited', status: 'fail', change: 'new-fail' },
        failures: [failure({ id: 'P-0123456789ae', accepted })],
      }),
    ],
    { runId: '2026-11-26-timer' },
  );
  await storage.putOnce('evidence', runName(filed.runId), JSON.stringify(filed));
  await enqueueOfPosture({ storage }, everything, { runId: filed.runId, at: now().toISOString() });
  assert.equal(await round(teamsOnly), 1);
  assert.match(JSON.stringify(teams.messages), /Point 3, “Every server carries the tag”: newly fails, 2 findings\./);
  assert.match(JSON.stringify(teams.messages), /Point 9, “All is limited”: newly fails, and all of it is accepted\./);
  assert.deepEqual((await toldOf(filed.runId)).map(({ channel, state }) => `${channel} ${state}`).sort(), [
    'issue void',
    'log void',
    'teams told',
    'webhook void',
  ]);
});
