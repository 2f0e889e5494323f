import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { CallerActivity, Period } from '../../../src/connectors/audit-log/activity.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { parseOid } from '../../../src/people/oid.ts';
import {
  auditCoverage,
  departureKnown,
  retentionCoverage,
} from '../../../src/steps/activity-audit/rules/audit-coverage.ts';
import { AuditFactsSchema } from '../../../src/steps/activity-audit/rules/audit-facts.ts';
import { auditFindings } from '../../../src/steps/activity-audit/rules/audit-findings.ts';
import type { AuditReading } from '../../../src/steps/activity-audit/rules/audit-reading.ts';
import { AUDIT_TABLE } from '../../../src/steps/activity-audit/rules/audit-table.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { addDays, weekday } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import { callTotals } from '../../../src/steps/activity-audit/rules/call-totals.ts';
import { passedCallFinding } from '../../../src/steps/activity-audit/rules/passed-call-finding.ts';
import { signInFindings } from '../../../src/steps/activity-audit/rules/sign-in-findings.ts';
import { judgeActivity } from '../../../src/steps/activity-audit/rules/verdict/judge-activity.ts';
import { weighed } from '../../../src/steps/activity-audit/rules/verdict/weighed-reading.ts';
import { AUDIT_SOURCES } from '../../../src/steps/activity-audit/sources.ts';
import { activityAudit } from '../../../src/steps/activity-audit/step.ts';
import { NOW, rowsOn, window } from './activity-audit-world.ts';

const OID = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(OID !== undefined);
const leaver: Leaver = { oid: OID, state: 'disabled', displayName: 'Alex Moreau', github: [], devops: [] };

const NOBODY: CallerActivity = { hours: [], relatedHours: [], totals: [], detections: [], calls: [] };
const total = (period: Period | 'all', calls: number, caller = 'leaver') => ({
  ...{ caller, period, calls, resources: calls, directories: 2 },
  ...{ firstCall: new Date('2026-09-01T08:00:00Z'), lastCall: new Date('2026-11-03T01:30:00Z') },
});

const EVERYBODY = window.dates.filter((date) => weekday(date) < 5).map((date) => rowsOn(date));
const reading = (more: Partial<AuditReading> = {}): AuditReading => ({
  ...{ window, activity: NOBODY, activityComplete: true, rowsByHour: EVERYBODY, hoursComplete: true },
  ...{ retentionInDays: 90, relatedPrincipals: [] },
  ...more,
});
const lines = (more: Partial<AuditReading> = {}) =>
  Object.fromEntries(auditCoverage(weighed(reading(more)), {}).map((line) => [line.source, line]));

test('a log that was read to its end is complete, and each lack is a line of its own', () => {
  assert.deepEqual(
    Object.entries(lines()).map(([source, { state }]) => `${source} ${state}`),
    ['log-analytics/calls complete', 'log-analytics/retention complete', 'log-analytics/days-with-rows complete'],
  );
  const gap = lines({ rowsByHour: EVERYBODY.filter(({ date }) => date !== '2026-11-18') });
  assert.equal(gap['log-analytics/days-with-rows']?.state, 'partial');
  assert.match(gap['log-analytics/days-with-rows']?.detail ?? '', /^On 1 day nobody at all left a row \(2026-11-18\)/);
  const unnamed = lines({ rowsByHour: [...EVERYBODY, rowsOn('2026-11-18', { unattributed: 2 })] });
  assert.equal(unnamed['log-analytics/calls']?.state, 'partial');
  assert.match(unnamed['log-analytics/calls']?.detail ?? '', /^2 rows of the log name no caller/);
  assert.equal(auditCoverage(weighed(reading()), { calls: 'Cut short.' })[0]?.detail, 'Cut short.');
});

test('that nobody says when the person left is a lack, and denied where a permission is', () => {
  const unknown = { window: auditWindow({}, NOW, 'Europe/Paris', 90) };
  assert.equal(departureKnown(reading()), true);
  assert.equal(departureKnown(reading(unknown)), false);
  assert.equal(lines(unknown)['entra/departure']?.state, 'partial');
  const denied = lines({ ...unknown, departureDenied: 'User-LifeCycleInfo.Read.All' })['entra/departure'];
  assert.deepEqual([denied?.state, denied?.missingPermission], ['denied', 'User-LifeCycleInfo.Read.All']);
});

test('a table that keeps less than is looked at says how much', () => {
  assert.equal(retentionCoverage(90).state, 'complete');
  assert.equal(retentionCoverage(365).looked.count, 90);
  assert.equal(retentionCoverage(89).state, 'partial');
  assert.match(retentionCoverage(30).detail ?? '', /^The table keeps 30 of 90 days/);
});

test('the sums of somebody who did not call are zeros without a time', () => {
  const activity = { ...NOBODY, totals: [total('after', 3)] };
  assert.deepEqual(callTotals(activity, 'leaver', 'all'), { calls: 0, distinctResources: 0, distinctDirectories: 0 });
  assert.deepEqual(callTotals(activity, 'leaver', 'after'), {
    ...{ calls: 3, distinctResources: 3, distinctDirectories: 2 },
    ...{ firstCall: '2026-09-01T08:00:00.000Z', lastCall: '2026-11-03T01:30:00.000Z' },
  });
});

const judged = (activity: CallerActivity, more: Partial<AuditReading> = {}) =>
  judgeActivity(weighed(reading({ activity, ...more })), AUDIT_TABLE);
const after = (caller = 'leaver') => ({
  ...NOBODY,
  hours: caller === 'leaver' ? [{ date: '2026-11-03', hour: 2, period: 'after' as const, calls: 3 }] : [],
  relatedHours:
    caller === 'leaver' ? [] : [{ oid: caller, date: '2026-11-03', hour: 2, period: 'after' as const, calls: 3 }],
  totals: [total('after', 3, caller), total('all', 3, caller)],
});

test('calls after the departure are an incident, with the query that shows them', () => {
  assert.equal(AUDIT_TABLE, 'MCPAuditLog_CL');
  const [finding, ...more] = auditFindings(judged(after()), leaver, 'ws');
  assert.deepEqual(more, []);
  assert.equal(finding?.title, '3 calls as Alex Moreau after the departure reached 3 resources in 2 directories');
  assert.deepEqual([finding?.severity, finding?.incident, finding?.status], ['critical', true, 'manual-action']);
  assert.match(finding?.reason ?? '', new RegExp(`MCPAuditLog_CL \\| where caller_oid_s =~ "${OID}"`));
  assert.deepEqual(finding?.evidence.hours, ['02:00 (3)']);
  assert.deepEqual(auditFindings(judged(NOBODY), leaver, 'ws'), []);
});

test('one call of theirs, or of an identity that trusted them, is told in the singular', () => {
  const one = (caller: string): CallerActivity => {
    const alone = { ...total('after', 1, caller), directories: 1 };
    const hour = { date: '2026-11-03', hour: 2, period: 'after' as const, calls: 1 };
    return {
      ...NOBODY,
      ...(caller === 'leaver' ? { hours: [hour] } : { relatedHours: [{ oid: caller, ...hour }] }),
      totals: [alone, { ...alone, period: 'all' }],
    };
  };
  const [own] = auditFindings(judged(one('leaver')), leaver, 'ws');
  assert.equal(own?.title, '1 call as Alex Moreau after the departure reached 1 resource in 1 directory');
  const relatedPrincipals = [{ oid: 'ID-1', name: 'id-pay' }];
  const [tied] = auditFindings(judged(one('id-1'), { relatedPrincipals }), leaver, 'ws');
  assert.equal(tied?.title, '1 call by id-pay, which trusted Alex Moreau, after the departure');
  assert.match(tied?.reason ?? '', /^It made 1 call after the departure, and none before\./);
  const unnamed = lines({ rowsByHour: [...EVERYBODY, rowsOn('2026-11-18', { unattributed: 1 })] });
  assert.match(unnamed['log-analytics/calls']?.detail ?? '', /^1 row of the log names no caller/);
});

test('an identity that trusted the leaver and calls for the first time is an incident as well', () => {
  const relatedPrincipals = [{ oid: 'ID-1', name: 'id-pay' }];
  const [finding] = auditFindings(judged(after('id-1'), { relatedPrincipals }), leaver, 'ws');
  assert.equal(finding?.title, '3 calls by id-pay, which trusted Alex Moreau, after the departure');
  assert.deepEqual([finding?.severity, finding?.incident], ['critical', true]);
});

test('whoever reads of an incident is told that not everybody says the same last day', () => {
  const two = auditWindow({ leaveAt: '2026-11-02T12:00:00Z', lastDay: '2026-11-20' }, NOW, 'Europe/Paris', 90);
  const [finding] = auditFindings(judged(after(), { window: two }), leaver, 'ws');
  assert.match(finding?.reason ?? '', /Whoever asked for the case says 2026-11-20\. The earliest counts/);
});

test('unusual days are asked about, and are no incident', () => {
  const many = {
    ...NOBODY,
    hours: [{ date: '2026-10-26', hour: 10, period: 'final' as const, calls: 200 }],
    totals: [total('final', 200), total('all', 200)],
  };
  const [finding] = auditFindings(judged(many), leaver, 'ws');
  assert.equal(finding?.title, 'Unusual activity of Alex Moreau before the departure');
  assert.deepEqual([finding?.kind, finding?.severity, finding?.incident], ['more-calls', 'medium', undefined]);
});

test('a call that the gateway let pass is an incident, of the leaver or of an identity', () => {
  const passed = {
    ...{ at: '2026-11-23T10:00:00.000Z', revision: 1, server: 'files', tool: 'read', status: 200 },
    requestId: 'r',
  };
  const own = passedCallFinding(passed, { oid: OID });
  assert.equal(own.title, 'The gateway let a call of the leaver pass although its deny list names them');
  assert.deepEqual([own.severity, own.incident, own.evidence.caller], ['critical', true, OID]);
  const other = passedCallFinding({ ...passed, identity: 'id-1' }, { oid: OID });
  assert.match(other.title, /of an identity that trusted the leaver pass/);
  const id = (of: string) => findingId('activity-audit', 'call-after-containment', of);
  assert.deepEqual([own.id, other.id], [id(OID), id('id-1')]);
});

test('somebody who typed a password after the departure is an incident, a phone that renews is not', () => {
  const signIn = (how: 'interactive' | 'silent', at: string) => ({ id: at, at, application: 'Teams', how });
  const silent = signIn('silent', '2026-11-10T10:00:00Z');
  assert.deepEqual(signInFindings([], leaver, 'Europe/Paris'), []);
  const [phone] = signInFindings([silent], leaver, 'Europe/Paris');
  assert.deepEqual([phone?.severity, phone?.incident], ['medium', undefined]);
  const [typed] = signInFindings([signIn('interactive', '2026-11-12T10:00:00Z'), silent], leaver, 'Europe/Paris');
  assert.equal(typed?.title, 'Alex Moreau signed in 2 times after the departure');
  assert.deepEqual([typed?.severity, typed?.incident], ['high', true]);
  assert.match(typed?.reason ?? '', /^Somebody signed in as this person, to Teams, and not by a token/);
  assert.match(phone?.reason ?? '', /^Only tokens that were there before were renewed, for Teams/);
  assert.deepEqual([phone?.evidence.first, phone?.evidence.last], ['2026-11-10 11:00', '2026-11-10 11:00']);
  assert.match(signInFindings([silent], { oid: OID }, 'UTC')[0]?.title ?? '', new RegExp(`^${OID} signed in 1 time`));
  assert.deepEqual(
    [typed?.evidence.first, typed?.evidence.last, typed?.evidence.interactive, typed?.evidence.silent],
    ['2026-11-10 11:00', '2026-11-12 11:00', 1, 1],
  );
});

test('a case whose audit filed nothing has established nothing', () => {
  assert.equal(activityAudit.verdictOf(undefined), 'not-established');
  assert.equal(
    activityAudit.verdictOf({ verdict: 'as-expected' }),
    'not-established',
    'what has another shape says nothing',
  );
  const { facts } = judged(after());
  assert.equal(activityAudit.verdictOf(facts), 'after-departure');
  assert.equal(AuditFactsSchema.safeParse(facts).success, activityAudit.understands(facts));
  assert.deepEqual([activityAudit.after, activityAudit.tells], ['federated-credentials', 'incident']);
});

test('the log is read in every case that has a gateway', () => {
  const always = AUDIT_SOURCES.filter(({ examined }) => examined === 'always');
  assert.deepEqual(
    always.map(({ id }) => id),
    ['log-analytics/calls', 'log-analytics/days-with-rows', 'log-analytics/retention'],
  );
  assert.ok(always.every(({ needs }: { readonly needs?: string }) => needs === 'DENY_LIST_NAMED_VALUES'));
  assert.equal(addDays('2026-11-30', 1), '2026-12-01');
});
