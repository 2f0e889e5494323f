import type { CallerActivity, Period } from '../../../../src/connectors/audit-log/activity.ts';
import { type Judgement, judgeActivity } from '../../../../src/steps/activity-audit/rules/verdict/judge-activity.ts';
import { weighed } from '../../../../src/steps/activity-audit/rules/verdict/weighed-reading.ts';
import { NOBODY, PIPELINE, whole } from './world.ts';

const OTHER = '9a1b2c3d-0000-4000-8000-00000000aa02';
const times = { firstCall: new Date('2026-09-01T08:00:00Z'), lastCall: new Date('2026-11-03T01:30:00Z') };
const total = (caller: string, period: Period | 'all', calls: number) => ({
  ...{ caller, period, calls, resources: calls + 1, directories: calls + 2 },
  ...times,
});
const hour = (date: string, at: number, period: Period, calls: number) => ({ date, hour: at, period, calls });

/** The leaver called before and after, and so did one of two identities that trusted them. */
const told: CallerActivity = {
  ...NOBODY,
  hours: [
    hour('2026-09-01', 10, 'baseline', 5),
    hour('2026-10-26', 2, 'final', 3),
    hour('2026-11-03', 2, 'after', 4),
    hour('2026-11-03', 3, 'after', 1),
    hour('2026-11-10', 2, 'after', 2),
  ],
  relatedHours: [
    { oid: PIPELINE, ...hour('2026-09-01', 11, 'baseline', 6) },
    { oid: PIPELINE, ...hour('2026-11-04', 12, 'after', 2) },
  ],
  totals: [
    ...[
      total('leaver', 'baseline', 5),
      total('leaver', 'final', 3),
      total('leaver', 'after', 7),
      total('leaver', 'all', 15),
    ],
    ...[total(PIPELINE, 'baseline', 6), total(PIPELINE, 'after', 2), total(PIPELINE, 'all', 8)],
  ],
  detections: [
    { detection: 'repeated-403', at: new Date('2026-10-20T10:00:00Z'), calls: 9, directories: 1 },
    { detection: 'out-of-hours-write', at: new Date('2026-10-21T02:00:00Z'), calls: 1, directories: 1 },
    { detection: 'out-of-hours-write', at: new Date('2026-11-10T01:00:00Z'), calls: 1, directories: 3 },
    { detection: 'repeated-403', at: new Date('2026-11-10T02:00:00Z'), calls: 6, directories: 2 },
  ],
  calls: [
    { at: new Date('2026-11-03T01:30:00Z'), server: 'files', tool: 'read', resource: '/a', status: 200.4 },
    { at: new Date('2026-09-01T08:00:00Z'), server: 'files', tool: 'list', resource: '/b', status: 403 },
  ],
};

export const judged = (): Judgement =>
  judgeActivity(
    weighed({
      ...whole,
      activity: told,
      relatedPrincipals: [
        { oid: OTHER, name: 'id-idle' },
        { oid: PIPELINE.toUpperCase(), name: 'id-sync' },
      ],
    }),
    'MCPAuditLog_CL',
  );
