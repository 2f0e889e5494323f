import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { filePosture } from '../../../activities/posture/file-posture.ts';
import { makePostureId } from '../../../src/cases/ids.ts';
import { enqueueOfPosture } from '../../../src/outbox/enqueue.ts';
import { CHECKS } from '../../../src/posture/checks/index.ts';
import { rateLimited } from '../../../src/posture/checks/rate-limited.ts';
import { serversTagged } from '../../../src/posture/checks/servers-tagged.ts';
import { callsLogged } from '../../../src/posture/readings/calls/calls-logged.ts';
import { latestRun } from '../../../src/posture/runs/latest-run.ts';
import { runName } from '../../../src/posture/runs/run-id.ts';
import { assessed, failure, run } from '../../posture/support/made-run.ts';
import { app, everything, ingestion, issues, now, reset, round, teams, teamsOnly, webhook } from './world.ts';

after(() => app.stop());

beforeEach(reset);

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
