import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditCoverage } from '../../../../src/steps/activity-audit/rules/audit-coverage.ts';
import { auditFindings } from '../../../../src/steps/activity-audit/rules/audit-findings.ts';
import { weighed } from '../../../../src/steps/activity-audit/rules/verdict/weighed-reading.ts';
import { judged } from './facts-world.ts';
import { activity, coverageOf, DELETED, judge, leaver, NOBODY, PIPELINE, whole, window } from './world.ts';

const TIMES = { firstCall: '2026-09-01T08:00:00.000Z', lastCall: '2026-11-03T01:30:00.000Z' };

test('the series has the calls of each day, the leaver’s and those of their identities apart', () => {
  const { facts } = judged();
  const [first, last] = [facts.days[0]?.date, facts.days.at(-1)?.date];
  assert.deepEqual([facts.days.length, first, last], [90, '2026-08-26', '2026-11-23']);
  assert.deepEqual(
    facts.days
      .filter(({ calls, relatedCalls }) => calls + relatedCalls > 0)
      .map(({ date, calls, callsAfterDeparture, relatedCalls }) => [date, calls, callsAfterDeparture, relatedCalls]),
    [
      ['2026-09-01', 5, 0, 6],
      ['2026-10-26', 3, 0, 0],
      ['2026-11-03', 5, 5, 0],
      ['2026-11-04', 0, 0, 2],
      ['2026-11-10', 2, 2, 0],
    ],
  );
  const cells = (week: typeof facts.hourOfWeek.before) =>
    week.flatMap((day, at) => day.flatMap((calls, hour) => (calls === 0 ? [] : [[at, hour, calls]])));
  assert.deepEqual(cells(facts.hourOfWeek.before), [
    [0, 2, 3],
    [1, 10, 5],
  ]);
  assert.deepEqual(cells(facts.hourOfWeek.after), [
    [1, 2, 6],
    [1, 3, 1],
  ]);
});

test('the facts tell what was read, over which time, and what came of it', () => {
  const { days, hourOfWeek, reasons, basis, detections, rows, comparison, related, ...rest } = judged().facts;
  assert.deepEqual(rest, {
    ...{ verdict: 'after-departure', timeZone: 'Europe/Paris', table: 'MCPAuditLog_CL' },
    window: { from: '2026-08-25T22:00:00.000Z', to: '2026-11-23T12:00:00.000Z', days: 90 },
    ...{ lastDay: '2026-11-02', departure: '2026-11-02T23:00:00.000Z' },
    totals: { calls: 15, distinctResources: 16, distinctDirectories: 17, ...TIMES },
    afterDeparture: { calls: 7, distinctResources: 8, distinctDirectories: 9, ...TIMES },
    coverage: { retainedDays: 90, gapDays: [], silences: [], unattributed: 0, queriesComplete: true },
  });
  assert.deepEqual(comparison, {
    final: {
      ...{ calls: 3, distinctResources: 4, distinctDirectories: 5, ...TIMES },
      ...{ from: '2026-10-20', to: '2026-11-02', days: 14, callsPerDay: 0.2 },
    },
    baseline: {
      ...{ calls: 5, distinctResources: 6, distinctDirectories: 7, ...TIMES },
      ...{ from: '2026-08-26', to: '2026-10-19', days: 55, callsPerDay: 0.1 },
    },
  });
  assert.deepEqual(
    detections.map(({ detection, local, afterDeparture }) => `${local} ${detection} ${afterDeparture}`),
    [
      '2026-10-20 12:00 repeated-403 false',
      '2026-10-21 04:00 out-of-hours-write false',
      '2026-11-10 02:00 out-of-hours-write true',
      '2026-11-10 03:00 repeated-403 true',
    ],
  );
  assert.deepEqual(rows, [
    {
      ...{ at: '2026-11-03T01:30:00.000Z', local: '2026-11-03 02:30', server: 'files', tool: 'read' },
      ...{ resource: '/a', status: 200, afterDeparture: true },
    },
    {
      ...{ at: '2026-09-01T08:00:00.000Z', local: '2026-09-01 10:00', server: 'files', tool: 'list' },
      ...{ resource: '/b', status: 403, afterDeparture: false },
    },
  ]);
  assert.match(reasons[0] ?? '', /from 2026-09-01 10:00 to 2026-11-03 02:30 Europe\/Paris; they reached 8 resources/);
  assert.match(basis, / and those of 2 identities that trusted the leaver, in 90 of 90 days; no gap was found/);
  assert.deepEqual(related, [
    {
      ...{ oid: PIPELINE, name: 'id-sync', calls: 8, distinctResources: 9, distinctDirectories: 10, ...TIMES },
      ...{ callsAfterDeparture: 2, after: 'as-before' },
    },
    {
      ...{ oid: PIPELINE.replace(/1$/, '2'), name: 'id-idle', calls: 0, distinctResources: 0, distinctDirectories: 0 },
      ...{ callsAfterDeparture: 0, after: 'none' },
    },
  ]);
});

test('each finding shows what it rests on: calls after, those of an identity, and alerts before', () => {
  const findings = auditFindings(judged(), leaver, 'ws');
  const resource = { system: 'log-analytics', type: 'table', id: 'ws/MCPAuditLog_CL', name: 'MCPAuditLog_CL' };
  assert.ok(findings.every((each) => each.step === 'activity-audit' && each.status === 'manual-action'));
  for (const each of findings) assert.deepEqual(each.resource, resource);
  assert.deepEqual(
    findings.map(({ kind, severity, incident, evidence }) => [kind, severity, incident, evidence]),
    [
      [
        ...['after-departure', 'critical', true],
        {
          ...{ calls: 7, resources: 8, directories: 9, days: 2, timeZone: 'Europe/Paris', lastDay: '2026-11-02' },
          ...{ firstCall: '2026-09-01 10:00', lastCall: '2026-11-03 02:30', hours: ['02:00 (6)', '03:00 (1)'] },
          alerts: ['out-of-hours-write at 2026-11-10 02:00: 1 call', 'repeated-403 at 2026-11-10 03:00: 6 calls'],
        },
      ],
      [
        ...['related-after-departure', 'medium', undefined],
        {
          ...{ identity: 'id-sync', oid: PIPELINE, callsAfterDeparture: 2, lastCall: '2026-11-03 02:30' },
          ...{ timeZone: 'Europe/Paris', lastDay: '2026-11-02', pattern: 'as before the departure' },
        },
      ],
      ['repeated-403', 'medium', undefined, { windows: ['2026-10-20 12:00: 9 calls'] }],
      ['out-of-hours-write', 'medium', undefined, { windows: ['2026-10-21 04:00: 1 call'] }],
    ],
  );
  assert.match(findings[1]?.reason ?? '', /Have the owner of the pipeline say that these runs were theirs/);
});

test('each line of coverage says how much was read', () => {
  const lines = coverageOf({ activity: activity({ baseline: { calls: 550 }, final: { calls: 140 } }) });
  assert.deepEqual(lines, [
    { source: 'log-analytics/calls', state: 'complete', looked: { count: 690, unit: 'calls' } },
    { source: 'log-analytics/retention', state: 'complete', looked: { count: 90, unit: 'days' } },
    { source: 'log-analytics/days-with-rows', state: 'complete', looked: { count: 90, unit: 'days with rows' } },
  ]);
  const { rowsByHour: _, retentionInDays: __, ...unread } = whole;
  const none = auditCoverage(weighed({ ...unread, activity: NOBODY, window: DELETED }), { days: 'Cut short.' });
  assert.deepEqual(
    none.map(({ source, state, looked }) => [source, state, looked]),
    [
      ['log-analytics/calls', 'complete', { count: 0, unit: 'calls' }],
      ['entra/departure', 'partial', { count: 0, unit: 'dates' }],
      ['log-analytics/baseline', 'partial', { count: 0, unit: 'comparisons' }],
    ],
  );
  const cut = auditCoverage(weighed(whole), { calls: 'Cut short.', days: 'Cut as well.' });
  assert.deepEqual(
    cut.map(({ detail }) => detail),
    ['Cut short.', undefined, 'Cut as well.'],
  );
  assert.match(none[2]?.detail ?? '', /^Fewer than 14 logged days before the final ones lie within the last 90 days/);
  assert.match(none[1]?.detail ?? '', /^Neither HR nor Entra says when the last day was, so calls after it/);
});

test('whom a finding is about is told by their name, else by their sign-in, else by their id', () => {
  const { displayName: _, ...unnamed } = leaver;
  const title = (of: Parameters<typeof auditFindings>[1]) => auditFindings(judged(), of, 'ws')[0]?.title;
  assert.match(title(leaver) ?? '', / as Alex after/);
  assert.match(title({ ...unnamed, userPrincipalName: 'alex@corp.example' }) ?? '', / as alex@corp\.example after/);
  assert.match(title(unnamed) ?? '', new RegExp(` as ${leaver.oid} after`));
});

test('days that are unusual show both periods as evidence', () => {
  const of = judge({ activity: activity({ baseline: { calls: 550 }, final: { calls: 300, directories: 9 } }) });
  assert.deepEqual(
    auditFindings(of, leaver, 'ws').map(({ kind, evidence }) => [kind, evidence]),
    (['more-calls', 'more-directories'] as const).map((kind) => [
      kind,
      {
        ...{ finalCalls: 300, finalDays: 14, finalDirectories: 9 },
        ...{ baselineCalls: 550, baselineDays: 55, baselineDirectories: 3 },
      },
    ]),
  );
});

test('what nobody knows is told as nothing: a last day, and a comparison', () => {
  const of = judged();
  const { lastDay: _, comparison: __, ...unknown } = of.facts;
  const signs = [{ kind: 'more-calls', sentence: 'Many.', severity: 'medium' }] as const;
  const [own, tied, many] = auditFindings({ ...of, facts: unknown, signs }, leaver, 'ws');
  assert.deepEqual([own?.evidence.lastDay, tied?.evidence.lastDay, many?.evidence], [null, null, {}]);
});

test('the busiest alerts are told a hundred at the most, and a long resource is cut', () => {
  const at = new Date('2026-10-20T10:00:00Z');
  const hit = { detection: 'repeated-403', at, calls: 9, directories: 1 } as const;
  const call = { at: window.departure ?? at, server: 's', tool: 't', resource: `/${'a '.repeat(400)}`, status: 200 };
  const { facts: many } = judge({
    activity: {
      ...activity({ baseline: { calls: 550 } }),
      detections: Array.from({ length: 101 }, () => hit),
      calls: [call],
    },
  });
  assert.equal(many.detections.length, 100);
  assert.ok((many.rows[0]?.resource.length ?? 0) < 400);
  assert.equal(many.rows[0]?.afterDeparture, false, 'the instant of the departure itself is before it');
});
