import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditCoverage } from '../../../../src/steps/activity-audit/rules/audit-coverage.ts';
import { auditFindings } from '../../../../src/steps/activity-audit/rules/audit-findings.ts';
import { auditWindow } from '../../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import type { Leaving } from '../../../../src/steps/activity-audit/rules/calendar/last-days.ts';
import { judgeActivity } from '../../../../src/steps/activity-audit/rules/verdict/judge-activity.ts';
import { weighed } from '../../../../src/steps/activity-audit/rules/verdict/weighed-reading.ts';
import { activity, DELETED, judge, leaver, now, whole } from './world.ts';

/** What a window of somebody with these dates comes to, where everything was read and they called to the end. */
function judgedWith(leaver: Leaving, calls: readonly { readonly date: string; readonly calls: number }[] = []) {
  const window = auditWindow(leaver, now, 'Europe/Paris', 90);
  const after = calls.filter(({ date }) => date > (window.lastDay ?? '9999'));
  const known = activity({
    baseline: { calls: 550 },
    final: { calls: 140 },
    ...(after.length > 0 ? { after: { calls: after.reduce((sum, each) => sum + each.calls, 0) } } : {}),
  });
  const reading = weighed({ ...whole, window, activity: known });
  const gaps = auditCoverage(reading, {}).filter(({ state }) => state !== 'complete');
  return { judgement: judgeActivity(reading, 'T'), gaps };
}
const DELETED_TODAY = { state: 'soft-deleted', deletedAt: '2026-11-23T09:00:00Z' } as const;
const NO_DEPARTURE: readonly (readonly [string, Leaving, RegExp])[] = [
  [
    'the end of a contract in 2099, deleted today',
    { ...DELETED_TODAY, leaveAt: '2099-12-31T00:00:00Z' },
    /Entra says 2099-12-31, which is after the account was deleted \(2026-11-23\)/,
  ],
  [
    'a day in a month, deleted today',
    { ...DELETED_TODAY, leaveAt: '2026-12-23T00:00:00Z' },
    /2026-12-23, which is after/,
  ],
  [
    'yesterday, deleted a week before',
    { state: 'soft-deleted', deletedAt: '2026-11-15T09:00:00Z', leaveAt: '2026-11-22T12:00:00Z' },
    /2026-11-22, which is after/,
  ],
  [
    'a day that HR told, deleted before it',
    { state: 'soft-deleted', deletedAt: '2026-11-15T09:00:00Z', lastDay: '2026-11-22' },
    /Whoever asked for the case says 2026-11-22, which is after/,
  ],
  [
    'the end of a contract in a year, disabled',
    { state: 'disabled', leaveAt: '2027-11-30T00:00:00Z' },
    /2027-11-30, which is still to come, although the account is disabled/,
  ],
  ['none, disabled', { state: 'disabled' }, /^Neither HR nor Entra/],
];
for (const [what, leaver, why] of NO_DEPARTURE) {
  test(`when somebody left is not known where the last day is ${what}`, () => {
    const { judgement, gaps } = judgedWith(leaver);
    assert.equal(judgement.facts.verdict, 'not-established');
    const line = gaps.find(({ source }) => source === 'entra/departure');
    assert.match(line?.detail ?? '', why);
    assert.doesNotMatch(judgement.facts.basis, /told by/);
  });
}

const DEPARTURE: readonly (readonly [string, Leaving, RegExp])[] = [
  [
    'Entra’s past day',
    { ...DELETED_TODAY, leaveAt: '2026-11-02T12:00:00Z' },
    /^The last day is 2026-11-02, told by Entra, so a call/,
  ],
  [
    'HR’s day, where Entra’s is still to come',
    { state: 'disabled', lastDay: '2026-11-02', leaveAt: '2027-01-31T00:00:00Z' },
    /^The last day is 2026-11-02, told by whoever asked for the case.* Entra says 2027-01-31, which is still to come/,
  ],
  [
    'Entra’s day, where HR’s is later',
    { state: 'disabled', lastDay: '2026-11-20', leaveAt: '2026-11-02T12:00:00Z' },
    /^The last day is 2026-11-02, told by Entra.* Whoever asked for the case says 2026-11-20\. The earliest counts/,
  ],
  [
    'HR’s day, where Entra’s is later',
    { state: 'active', lastDay: '2026-11-02', leaveAt: '2026-11-20T12:00:00Z' },
    /told by whoever asked for the case.* Entra says 2026-11-20\. The earliest counts/,
  ],
  [
    'Entra’s day, where HR’s is after the deletion',
    {
      state: 'soft-deleted',
      deletedAt: '2026-11-15T09:00:00Z',
      lastDay: '2026-11-20',
      leaveAt: '2026-11-02T12:00:00Z',
    },
    /^The last day is 2026-11-02, told by Entra/,
  ],
  [
    'the day of the deletion itself',
    { ...DELETED_TODAY, leaveAt: '2026-11-23T12:00:00Z' },
    /^The last day is 2026-11-23, told by Entra, and the account was deleted on it, so a call counts as after the departure from 2026-11-23 11:30/,
  ],
  [
    'still to come, the account enabled',
    { state: 'active', leaveAt: '2027-01-31T12:00:00Z' },
    /^The last day is still to come \(2027-01-31, told by Entra\), so no call is after it\./,
  ],
];
for (const [what, leaver, basis] of DEPARTURE) {
  test(`the departure is ${what}, and the report says who says otherwise`, () => {
    const { judgement, gaps } = judgedWith(leaver);
    assert.match(judgement.facts.basis, basis);
    assert.deepEqual(gaps, []);
    assert.equal(judgement.facts.verdict, 'as-expected');
  });
}

test('calls between Entra’s last day and HR’s later one are an incident that names both', () => {
  const dates = { state: 'disabled', lastDay: '2026-11-20', leaveAt: '2026-11-02T12:00:00Z' } as const;
  const { judgement } = judgedWith(dates, [{ date: '2026-11-10', calls: 40 }]);
  assert.equal(judgement.facts.verdict, 'after-departure');
  const [finding] = auditFindings(judgement, leaver, 'workspace');
  assert.match(
    finding?.reason ?? '',
    /Whoever asked for the case says 2026-11-20\. The earliest counts: find out which is right\./,
  );
});

test('the basis names the day, whose word it is, and what speaks against it', () => {
  assert.match(
    judge().facts.basis,
    /^The last day is 2026-11-02, told by Entra, so a call .*\. The verdict rests on .* no gap was found in the log\.$/,
  );
  assert.match(
    judge({ window: DELETED }).facts.basis,
    /^The account was deleted on 2026-11-02, and nobody says when the person left/,
  );
});
