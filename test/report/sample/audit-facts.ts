import type { AuditDay, AuditFacts } from '../../../src/steps/activity-audit/rules/audit-facts.ts';
import { AT } from '../sample-case.ts';

const DAY = 86_400_000;

/** Ninety days: weekdays in office hours, then the runner at two in the morning. */
export function auditFacts(): AuditFacts {
  const first = Date.parse('2026-08-26T00:00:00Z');
  const lastDay = '2026-11-02';
  const days = Array.from({ length: 90 }, (_, index): AuditDay => {
    const at = new Date(first + index * DAY);
    const date = at.toISOString().slice(0, 10);
    const weekend = at.getUTCDay() % 6 === 0;
    const after = date > lastDay;
    const gap = date === '2026-09-19' || date === '2026-09-20';
    const usual = weekend || gap ? 0 : 24 + ((index * 37) % 23);
    const night = date === '2026-11-20' ? 847 : 2 + ((index * 5) % 4);
    return {
      date,
      calls: after ? night : usual,
      callsAfterDeparture: after ? night : 0,
      relatedCalls: weekend ? 0 : 6,
      evidence: gap ? 'gap' : weekend && !after ? 'quiet' : 'rows',
    };
  });
  const week = (value: (weekday: number, hour: number) => number): number[][] =>
    Array.from({ length: 7 }, (_, weekday) => Array.from({ length: 24 }, (_, hour) => value(weekday, hour)));
  const sum = (pick: (day: AuditDay) => number): number => days.reduce((total, day) => total + pick(day), 0);
  return {
    verdict: 'after-departure',
    basis: 'The last day is 2026-11-01, told by Entra.',
    reasons: [
      '912 calls came as the leaver after 2 November 2026, all between 02:00 and 03:00.',
      'On 20 November they read 847 files in 34 directories; the busiest day before had 46 calls.',
      'The final 14 days themselves look like the 76 before.',
    ],
    timeZone: 'Europe/Paris',
    table: 'MCPAuditLog_CL',
    window: { from: '2026-08-25T22:00:00.000Z', to: AT, days: 90 },
    lastDay,
    departure: '2026-11-02T23:00:00.000Z',
    days,
    hourOfWeek: {
      before: week((weekday, hour) =>
        weekday < 5 && hour >= 8 && hour < 19 ? 12 + ((weekday * 7 + hour * 5) % 34) : 0,
      ),
      after: week((weekday, hour) => (hour === 2 ? (weekday === 4 ? 853 : 9) : 0)),
    },
    totals: {
      calls: sum(({ calls }) => calls),
      distinctResources: 1_122,
      distinctDirectories: 61,
      firstCall: '2026-08-26T07:12:00.000Z',
      lastCall: '2026-11-23T01:07:00.000Z',
    },
    afterDeparture: {
      calls: sum(({ callsAfterDeparture }) => callsAfterDeparture),
      distinctResources: 861,
      distinctDirectories: 34,
      firstCall: '2026-11-03T01:04:00.000Z',
      lastCall: '2026-11-23T01:07:00.000Z',
    },
    comparison: {
      final: {
        from: '2026-10-20',
        to: '2026-11-02',
        days: 14,
        calls: 338,
        callsPerDay: 24.1,
        distinctResources: 96,
        distinctDirectories: 14,
      },
      baseline: {
        from: '2026-08-26',
        to: '2026-10-19',
        days: 55,
        calls: 1_311,
        callsPerDay: 23.8,
        distinctResources: 240,
        distinctDirectories: 27,
      },
    },
    detections: [
      {
        detection: 'file-system-volume',
        at: '2026-11-20T01:00:00.000Z',
        local: '2026-11-20 02:00',
        calls: 847,
        directories: 34,
        afterDeparture: true,
      },
    ],
    rows: Array.from({ length: 6 }, (_, index) => ({
      at: `2026-11-20T01:0${index}:12.000Z`,
      local: `2026-11-20 02:0${index}`,
      server: 'filesystem',
      tool: 'read_file',
      resource: `/documents/finance/q${index}/ledger-${index}.xlsx`,
      status: 200,
      afterDeparture: true,
    })),
    related: [
      {
        oid: '9a1b2c3d-0000-4000-8000-00000000aa01',
        name: 'id-mcp-pipeline-prod',
        calls: 384,
        callsAfterDeparture: 90,
        distinctResources: 12,
        distinctDirectories: 3,
        lastCall: '2026-11-22T05:00:00.000Z',
        after: 'as-before',
      },
    ],
    coverage: {
      retainedDays: 90,
      gapDays: ['2026-09-19', '2026-09-20'],
      silences: [],
      unattributed: 0,
      queriesComplete: true,
    },
  };
}
