import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INGESTION_TIME, type Row } from '../../../local/tenant/kql/values/values.ts';
import { INCIDENT } from '../../../local/tenant/logs/seed-runner.ts';
import { seedLogs } from '../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { seedContext } from '../../support/seed-context.ts';
import { defaultAudit, tunedAudit } from '../support/deployed-audit.ts';
import { resultOf, runRule, uploaded } from '../support/run-rule.ts';

const MINUTE_MS = 60_000;
const now = new Date('2026-11-23T12:00:00Z');
const { oid, userPrincipalName: upn } = WORLD.leaver;
const rows: readonly Row[] = seedLogs(seedContext(now)).rows.map((row) => ({
  ...row,
  [INGESTION_TIME]: row.TimeGenerated ?? null,
}));
const audit = await defaultAudit();
const watching = await tunedAudit();

/** What a detection reports of all ninety days. */
const reported = (name: string, more: readonly Row[] = [], deployed = audit): readonly Row[] =>
  resultOf(deployed.saved.get(name) ?? '', deployed.schema, [...rows, ...more], now);

const timeOf = (row: Row): number => (row.timestamp_t instanceof Date ? row.timestamp_t.getTime() : Number.NaN);
/** The runner works at two at night, the leaver never did. */
const atNight = (row: Row): boolean => new Date(timeOf(row)).getUTCHours() < 3;
const runners = rows.filter((row) => row.caller_oid_s === oid && atNight(row)).sort((a, b) => timeOf(a) - timeOf(b));

const bulk = reported('file-system-volume');
const began = Date.parse(`${String(bulk[0]?.hour).replace(' ', 'T')}Z`);
const heavyNight = runners.filter((row) => timeOf(row) >= began && timeOf(row) < began + 60 * MINUTE_MS);

test('of forty people, three pipelines and a runner, bulk reading is the runner’s one heavy night', () => {
  assert.deepEqual(
    bulk.map((row) => [row.caller, row.upn]),
    [[oid, upn]],
  );
  assert.ok(Number(bulk[0]?.calls) > INCIDENT.heavyNight);
});

/** The heavy night as other gateways log it, or at another time of the hour. */
const NIGHTS: readonly (readonly [string, (row: Row) => Row])[] = [
  ['as it was', (row) => row],
  ['logged without classes', (row) => ({ ...row, tool_class_s: '' })],
  [
    'through today’s reference server, with the names of arguments',
    (row) => ({
      ...row,
      tool_name_s: row.tool_name_s === 'read_file' ? 'read_text_file' : String(row.tool_name_s),
      resource_accessed_s: `path=${String(row.resource_accessed_s)}`,
    }),
  ],
  ...[15, 30, 45].map((minutes): readonly [string, (row: Row) => Row] => [
    `begun ${minutes} minutes later`,
    (row) => {
      const at = new Date(timeOf(row) + minutes * MINUTE_MS);
      return { ...row, TimeGenerated: at, timestamp_t: at, [INGESTION_TIME]: at };
    },
  ]),
];
for (const [how, changed] of NIGHTS) {
  test(`the heavy night ${how} is reported within 38 minutes of its first call, whenever the rule happens to run`, () => {
    const night = heavyNight.map(changed);
    assert.ok(night.length > INCIDENT.heavyNight);
    const first = timeOf(night[0] ?? {});
    const every = Number(/^PT(\d+)M$/.exec(audit.alerts.get('file-system-volume')?.frequency ?? '')?.[1]);
    for (let offset = 0; offset < every; offset += 1) {
      let minutes = offset;
      const run = () => runRule(audit, 'file-system-volume', night, new Date(first + minutes * MINUTE_MS));
      while (run().length === 0 && minutes < 60) minutes += every;
      assert.ok(minutes <= 38, `${minutes} minutes`);
    }
  });
}

test('the runner is not reported as a reader where the gateway refuses it, but as one who knocks', () => {
  const after = new Date(timeOf(heavyNight.at(-1) ?? {}) + 5 * MINUTE_MS);
  const denied = heavyNight.map((row) => ({ ...row, response_status_d: 403, scope_used_s: 'deny-list' }));
  assert.deepEqual(runRule(audit, 'file-system-volume', denied, after), []);
  assert.ok(runRule(audit, 'after-departure-watch', denied, after).length > 0);
  const nameless = heavyNight.map((row) => ({
    ...row,
    caller_oid_s: '',
    caller_upn_s: '',
    tool_name_s: '[unread]',
    tool_class_s: '',
    response_status_d: 401,
  }));
  assert.deepEqual(
    runRule(audit, 'repeated-401', nameless, after).map(({ server }) => server),
    ['filesystem'],
  );
});

test('with the leaver on the list, every night of the runner is reported, and no day on which the leaver still worked', () => {
  const nights = new Set(runners.map((row) => new Date(timeOf(row)).toISOString().slice(0, 10)));
  const lastDay = rows
    .filter((row) => row.caller_oid_s === oid && !atNight(row))
    .reduce((latest, row) => Math.max(latest, timeOf(row)), 0);
  const days = reported('after-departure-watch', [], watching).filter(
    ({ firstCall }) => firstCall instanceof Date && firstCall.getTime() > lastDay,
  );
  assert.deepEqual(days.map(({ day }) => day).sort(), [...nights].sort());
  const calls = days.reduce((sum, row) => sum + Number(row.calls), 0);
  assert.equal(calls, runners.length);
  assert.deepEqual(new Set(days.map(({ allowed, calls: of }) => Number(of) - Number(allowed))), new Set([0]));

  const [call] = runners;
  const arrived = call?.[INGESTION_TIME];
  assert.ok(call !== undefined && arrived instanceof Date);
  assert.equal(
    runRule(watching, 'after-departure-watch', [call], new Date(arrived.getTime() + 5 * MINUTE_MS)).length,
    1,
  );
});

test('nobody of the firm writes at night, and one who does is reported', () => {
  assert.deepEqual(reported('out-of-hours-writes'), []);
  const at = new Date('2026-11-20T21:00:00Z');
  const [colleague] = WORLD.colleagues;
  const write = uploaded({ at, oid: colleague.oid, upn: colleague.userPrincipalName, tool: 'delete_branch' });
  assert.deepEqual(
    reported('out-of-hours-writes', [write]).map(({ caller, night }) => [caller, night]),
    [[colleague.oid, '2026-11-20']],
  );
});

test('the odd refusal of a working day is not reported, and six in ten minutes are', () => {
  assert.ok(rows.some((row) => row.response_status_d === 403));
  assert.deepEqual(reported('repeated-403'), []);
  const tries = Array.from({ length: 6 }, (_, index) =>
    uploaded({
      at: new Date(Date.parse('2026-11-20T02:10:00Z') + index * MINUTE_MS),
      oid,
      upn,
      tool: 'get_secret',
      status: 403,
    }),
  );
  assert.deepEqual(
    reported('repeated-403', tries).map(({ caller, server, calls }) => [caller, server, calls]),
    [[oid, 'filesystem', 6]],
  );
});

test('the firm’s log has no day without calls, and the rule for silence has nothing to say', () => {
  assert.deepEqual(reported('days-without-rows'), []);
  const recent = rows.filter((row) => now.getTime() - timeOf(row) < 48 * 60 * MINUTE_MS);
  assert.deepEqual(runRule(audit, 'pipeline-silence', recent, now), []);
});
