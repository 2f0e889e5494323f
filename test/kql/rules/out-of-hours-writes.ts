import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../../local/tenant/kql/values/values.ts';
import type { ToolCall } from '../../../local/tenant/logs/state.ts';
import { fc } from '../../support/properties.ts';
import { defaultAudit, EXPECTED, tunedAudit } from '../support/deployed-audit.ts';
import { ANA, type Call, resultOf, rule, runRule, uploaded } from '../support/run-rule.ts';

const audit = await defaultAudit();
const write = (at: string | Date, call: Partial<ToolCall> = {}): Row =>
  uploaded({ at: new Date(at), server: 'jira', tool: 'update_issue', ...call });
/** Every call is a minute old when the rule runs, unless told otherwise. */
const reported = (call: Call | Row, now?: Date): readonly Row[] => {
  const row: Row = 'TimeGenerated' in call ? call : uploaded(call as Call);
  const { timestamp_t: at } = row;
  assert.ok(at instanceof Date);
  return runRule(audit, 'out-of-hours-writes', [row], now ?? new Date(at.getTime() + 60_000));
};

const CLOCK: readonly (readonly [string, string, string | undefined])[] = [
  ['06:59:59 in winter', '2026-11-02T05:59:59Z', '2026-11-01'],
  ['07:00 in winter', '2026-11-02T06:00:00Z', undefined],
  ['19:59:59 in winter', '2026-11-02T18:59:59Z', undefined],
  ['20:00 in winter', '2026-11-02T19:00:00Z', '2026-11-02'],
  ['06:59:59 in summer', '2026-10-20T04:59:59Z', '2026-10-19'],
  ['07:00 in summer', '2026-10-20T05:00:00Z', undefined],
  ['19:59:59 in summer', '2026-10-20T17:59:59Z', undefined],
  ['20:00 in summer', '2026-10-20T18:00:00Z', '2026-10-20'],
  ['06:59:59 on the day clocks go back', '2026-10-25T05:59:59Z', '2026-10-24'],
  ['07:00 on the day clocks go back', '2026-10-25T06:00:00Z', undefined],
  ['19:59:59 on the day clocks go back', '2026-10-25T18:59:59Z', undefined],
  ['20:00 on the day clocks go back', '2026-10-25T19:00:00Z', '2026-10-25'],
  ['06:59:59 on the day clocks go forward', '2026-03-29T04:59:59Z', '2026-03-28'],
  ['07:00 on the day clocks go forward', '2026-03-29T05:00:00Z', undefined],
  ['19:59:59 on the day clocks go forward', '2026-03-29T17:59:59Z', undefined],
  ['20:00 on the day clocks go forward', '2026-03-29T18:00:00Z', '2026-03-29'],
];
for (const [when, instant, night] of CLOCK) {
  test(`a write at ${when} is ${night === undefined ? 'in hours' : `reported for the night of ${night}`}`, () => {
    const found = reported(write(instant)).map((row) => row.night);
    assert.deepEqual(found, night === undefined ? [] : [night]);
  });
}

test('on every day of many years, in zones of all kinds, what the wall clock shows decides', () => {
  const query = audit.alerts.get('out-of-hours-writes')?.query ?? '';
  const zones = ['Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns', 'UTC'];
  const instants = fc.date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2035-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.array(instants, { minLength: 40, maxLength: 40 }), (zone, times) => {
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
      const late = times.filter((at) => Number(clock.format(at)) < 7 || Number(clock.format(at)) >= 20);
      const local = query
        .replace('let zone = "Europe/Paris";', `let zone = "${zone}";`)
        .replace('let lookback = 24h;', 'let lookback = 10000d;');
      const rows = resultOf(
        local,
        audit.schema,
        times.map((at) => write(at)),
        new Date('2035-01-01T00:00:00Z'),
      );
      assert.equal(
        rows.reduce((sum, { calls }) => sum + Number(calls), 0),
        late.length,
      );
    }),
    { numRuns: 25 },
  );
});

test('service principals write at any time', () => {
  assert.deepEqual(reported(write('2026-11-02T01:00:00Z', { upn: '' })), []);
  assert.equal(reported(write('2026-11-02T01:00:00Z')).length, 1);
});

test('what the gateway took for writing or administering is a write, whatever it is called; reading is none', () => {
  const at = '2026-11-02T01:00:00Z';
  for (const tool of ['push_files', 'merge_pull_request', 'write_file', 'edit_file', 'move_file', 'recreate_index']) {
    assert.equal(reported(write(at, { tool, toolClass: 'write' })).length, 1, tool);
    assert.equal(reported(write(at, { tool, toolClass: 'Admin' })).length, 1, tool);
    assert.deepEqual(reported(write(at, { tool, toolClass: 'read' })), [], tool);
  }
});

test('rows without a class, and those of a server for secrets, are known by the names of tools', () => {
  for (const toolClass of ['', 'secrets']) {
    const writes = (tool: string) => reported(write('2026-11-02T01:00:00Z', { tool, toolClass })).length;
    for (const tool of [
      'create_pull_request',
      'update_issue',
      'delete_file',
      'Create_Issue',
      'push_files',
      'merge_pull_request',
      'write_file',
      'edit_file',
      'move_file',
    ]) {
      assert.equal(writes(tool), 1, tool);
    }
    for (const tool of ['get_issue', 'search_code', 'list_created_issues', 'recreate_index', 'creates', '[unread]']) {
      assert.equal(writes(tool), 0, tool);
    }
  }
});

test('a call is reported for 24 hours after it arrived, also where it arrived late', () => {
  const call = write('2026-11-02T01:00:00Z');
  assert.equal(reported(call, new Date('2026-11-03T01:00:30Z')).length, 1);
  assert.deepEqual(reported(call, new Date('2026-11-03T01:00:31Z')), []);

  const dayAndHalf = write('2026-11-02T01:00:00Z', { ingestedAt: new Date('2026-11-03T13:00:00Z') });
  assert.equal(reported(dayAndHalf, new Date('2026-11-03T14:00:00Z')).length, 1);
  const fiveDays = write('2026-11-02T01:00:00Z', { ingestedAt: new Date('2026-11-07T13:00:00Z') });
  assert.equal(reported(fiveDays, new Date('2026-11-07T14:00:00Z'))[0]?.night, '2026-11-01');
});

test('one person’s night is one report, from evening to morning, and a repeated delivery changes nothing', () => {
  const rows = [
    write('2026-11-02T19:30:00Z'),
    write('2026-11-03T04:00:00Z', { tool: 'create_issue' }),
    write('2026-11-03T05:30:00Z', { oid: `{${ANA.toUpperCase()}}` }),
  ];
  const found = runRule(audit, 'out-of-hours-writes', [...rows, ...rows], new Date('2026-11-03T08:00:00Z'));
  assert.deepEqual(found, [
    {
      caller: ANA,
      upn: 'ana@northwind-capital.example',
      night: '2026-11-02',
      calls: 3,
      firstCall: new Date('2026-11-02T19:30:00Z'),
      lastCall: new Date('2026-11-03T05:30:00Z'),
      tools: '["jira/update_issue","jira/create_issue"]',
    },
  ]);
});

test('another business has other hours, and other verbs', async () => {
  const tuned = rule(await tunedAudit(), 'out-of-hours-writes');
  const reports = (at: string, tool: string) =>
    tuned([write(`2026-11-02${at}`, { tool, toolClass: '' })], new Date(Date.parse(`2026-11-02${at}`) + 60_000)).length;
  // Half past three is nine o'clock in Kolkata.
  const clock = ['T03:29:59Z', 'T03:30:00Z', 'T11:29:59Z', 'T11:30:00Z'];
  assert.deepEqual(
    clock.map((at) => reports(at, 'write_file')),
    [1, 0, 0, 1],
  );
  const tools = ['write_file', 'edit_file', 'create_file', 'writes_file'];
  assert.deepEqual(
    tools.map((tool) => reports('T20:00:00Z', tool)),
    [1, 1, 0, 0],
  );
});

test('who is expected to write at night at a server is not reported for it, until the end of the last day of the entry', async () => {
  const tuned = rule(await tunedAudit(), 'out-of-hours-writes');
  const reports = (at: string, call: Partial<ToolCall> = {}) =>
    tuned(
      [write(at, { oid: EXPECTED, server: 'documents', toolClass: 'write', ...call })],
      new Date(Date.parse(at) + 60_000),
    ).length;
  assert.equal(reports('2026-10-15T18:29:59Z'), 0);
  assert.equal(reports('2026-10-15T18:30:00Z'), 1);
  assert.equal(reports('2026-10-15T18:29:59Z', { oid: ANA }), 1);
  assert.equal(reports('2026-10-15T18:29:59Z', { server: 'jira' }), 1);
  assert.equal(reports('2026-12-01T18:29:59Z', { server: 'archive' }), 0);
});
