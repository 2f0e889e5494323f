import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildReport, type ReportInput } from '../../src/report/build/build-report.ts';
import { grant, oneGrant, only } from './build-report/world.ts';
import { action, emptyCase, finding, part, readBack, verification } from './sample-case.ts';

function verifiedAs(...args: Parameters<typeof verification>): Pick<ReportInput, 'parts'> {
  const parts = emptyCase().parts.filter(({ step }) => step !== 'consent' && step !== 'verification');
  return { parts: [...parts, part('consent', { findings: [grant] }), verification(...args)] };
}

test('a grant that was deleted and read back as gone is done, and the case is clear', () => {
  const report = oneGrant();
  assert.deepEqual([only(report).status, report.outcome], ['done', 'clear']);
  assert.deepEqual(
    report.summary.cut.map(({ text }) => text),
    ['1 consent grant revoked: Claude Code.'],
  );
  assert.deepEqual(report.summary.notCut, []);
});

test('a grant that is still there after its deletion is a failure, and never counts as cut', () => {
  const report = oneGrant(verifiedAs([readBack(grant, 'present')]));
  assert.deepEqual([only(report).status, report.outcome, report.summary.cut.length], ['failed', 'failed', 0]);
});

test('a grant whose read-back was refused leaves the case incomplete', () => {
  const report = oneGrant(verifiedAs([readBack(grant, 'could-not-check')]));
  assert.deepEqual([only(report).status, report.outcome], ['could-not-check', 'incomplete']);
});

test('a step that should have read back what was cut, and did not, is not clear', () => {
  const report = oneGrant(verifiedAs([]));
  assert.equal(report.steps.at(-1)?.outcome, 'incomplete');
  const failed = oneGrant({ ...verifiedAs([]), actions: [action(grant, { result: 'failed', error: 'no' })] });
  assert.equal(failed.steps.at(-1)?.outcome, 'clear');
});

test('what was read before the remedy says nothing about it', () => {
  const late = action(grant, { at: '2026-11-23T09:44:00.000Z' });
  const report = oneGrant({ ...verifiedAs([readBack(grant)]), actions: [late] });
  assert.deepEqual([only(report).status, report.outcome], ['could-not-check', 'incomplete']);
});

test('a remedy without any read-back leaves the case incomplete', () => {
  assert.equal(oneGrant(verifiedAs([])).outcome, 'incomplete');
});

test('an action that failed makes the case fail and says what to do by hand', () => {
  const report = oneGrant({ actions: [action(grant, { result: 'failed', error: 'Graph answered 403.' })] });
  assert.equal(report.outcome, 'failed');
  assert.match(report.summary.next[0]?.text ?? '', /^Cut by hand/);
  assert.match(only(report).reason, /Graph answered 403/);
});

test('a remedy whose activity crashed counts as failed, whatever was read back', () => {
  const crashed = [
    {
      step: 'verification',
      remedyId: grant.remedy.id,
      failure: { code: 'unexpected', message: 'TypeError: x' },
    },
  ] as const;
  const report = oneGrant({ crashed, actions: [] });
  assert.deepEqual([only(report).status, report.outcome], ['failed', 'failed']);
  const stopped = report.steps.filter(({ run }) => run === 'stopped').map(({ step }) => step);
  assert.deepEqual(stopped, ['consent'], 'it belongs to the step that found what it closes');
});

test('a safe remedy that nothing says was tried has failed; a disruptive one waits, and a plan is a plan', () => {
  const untried = oneGrant({ actions: [] });
  assert.deepEqual([only(untried).status, untried.outcome], ['failed', 'failed']);
  const disruptive = {
    ...grant,
    status: 'awaiting-decision',
    remedy: { ...grant.remedy, risk: 'disruptive' },
  } as const;
  assert.equal(only(oneGrant({ found: disruptive, actions: [] })).status, 'awaiting-decision');
  const plan = { ...emptyCase().case, mode: 'plan' } as const;
  assert.equal(only(oneGrant({ case: plan, actions: [] })).status, grant.status);
});

test('a queued revocation with a known end is residual; without one it needs a person', () => {
  const queued = { actions: [action(grant, { result: 'queued' })] };
  const ending = { ...grant, residual: { until: '2026-11-24T00:00:00.000Z', why: 'It expires.' } };
  const parts = verifiedAs([readBack(grant, 'present')]).parts;
  const withEnd = parts.map((each) => (each.step === 'consent' ? part('consent', { findings: [ending] }) : each));
  const known = oneGrant({ ...queued, parts: withEnd });
  assert.deepEqual([known.outcome, known.residual[0]?.until], ['residual', '2026-11-24T00:00:00.000Z']);
  assert.equal(oneGrant({ ...queued, parts }).outcome, 'attention');
});

test('who is told to wait is told by step, each with what ends there', () => {
  const ends = (until: string) => ({ status: 'nothing-to-do', residual: { until, why: 'It expires.' } }) as const;
  const consent = finding('consent', 'issued-tokens', 'x', ends('2026-11-24T00:00:00.000Z'));
  const runners = [
    finding('runner-credentials', 'token', 'a', ends('2026-11-25T00:00:00.000Z')),
    finding('runner-credentials', 'token', 'b', ends('2026-11-26T00:00:00.000Z')),
  ];
  const base = emptyCase();
  const parts = base.parts.map((each) => {
    if (each.step === 'consent') return part('consent', { findings: [consent] });
    return each.step === 'runner-credentials' ? part('runner-credentials', { findings: runners }) : each;
  });
  const { summary } = buildReport({ ...base, parts });
  assert.deepEqual(
    summary.next.map(({ step, text, findings }) => [step, text, findings.length]),
    [
      ['consent', 'Wait: 1 access path ends even if nobody acts, at 2026-11-24 00:00 UTC.', 1],
      ['runner-credentials', 'Wait: 2 access paths end even if nobody acts, the last at 2026-11-26 00:00 UTC.', 2],
    ],
  );
});

test('residual access whose time has passed before the report is not residual any more', () => {
  const past = { until: '2026-11-23T09:00:00.000Z', why: 'It expired.' };
  const over = finding('consent', 'issued-tokens', 'x', { status: 'nothing-to-do', residual: past });
  const report = oneGrant({ found: over, actions: [] });
  assert.deepEqual([report.outcome, report.residual], ['clear', []]);
});

test('what Terraform declares stays open although it was removed', () => {
  const declared = { ...grant, status: 'needs-code-change' as const };
  const report = oneGrant({ found: declared });
  assert.deepEqual([only(report).status, report.outcome], ['needs-code-change', 'attention']);
  assert.equal(report.summary.cut.length, 1);
  assert.match(report.summary.next[0]?.text ?? '', /code/);
});

test('in mode plan the remedies stand as planned and the case needs attention', () => {
  const base = emptyCase();
  const report = oneGrant({ case: { ...base.case, mode: 'plan' }, actions: [] });
  assert.deepEqual([only(report).status, report.outcome], ['planned', 'attention']);
  assert.match(report.summary.next.at(-1)?.text ?? '', /mode apply/);
});

test('in mode plan nobody expects the deny list to hold the leaver already', () => {
  const base = emptyCase();
  const report = oneGrant({
    ...verifiedAs([], { deniedAtGateway: 'no' }),
    case: { ...base.case, mode: 'plan' },
    actions: [],
  });
  assert.deepEqual([report.outcome, report.steps[0]?.outcome], ['attention', 'clear']);
  assert.match(report.summary.headline, /^This is a plan: nothing was carried out/);
});

test('a gateway that does not hold the deny list fails the case, whatever containment said', () => {
  const report = oneGrant(verifiedAs([readBack(grant)], { deniedAtGateway: 'no' }));
  assert.equal(report.outcome, 'failed');
  assert.equal(report.steps[0]?.outcome, 'failed');
  assert.equal(report.summary.notCut[0]?.severity, 'critical');
  assert.match(report.summary.next[0]?.text ?? '', /GET \/api\/denied, now: .* open the case again/);
});

test('verification is never clear over a target that still answers, or that nobody could see', () => {
  const outcomeOf = (state: 'gone' | 'present' | 'could-not-check') =>
    oneGrant(verifiedAs([readBack(grant, state)])).steps.at(-1)?.outcome;
  assert.deepEqual(
    [outcomeOf('gone'), outcomeOf('present'), outcomeOf('could-not-check')],
    ['clear', 'failed', 'incomplete'],
  );
});

test('sign-in sessions that Entra did not end fail the verification, and what nobody could read leaves it incomplete', () => {
  const outcomeOf = (sessionsRevoked: 'yes' | 'no' | 'could-not-check') =>
    oneGrant(verifiedAs([readBack(grant)], { sessionsRevoked })).steps.at(-1)?.outcome;
  assert.deepEqual(
    [outcomeOf('yes'), outcomeOf('no'), outcomeOf('could-not-check')],
    ['clear', 'failed', 'incomplete'],
  );
});

test('a target that changed since it was planned stays open, with what it was and what it is', () => {
  const error = 'Changed since it was planned: client was “a”, is now “b”.';
  const report = oneGrant({ ...verifiedAs([]), actions: [action(grant, { result: 'changed', error })] });
  assert.deepEqual([only(report).status, report.outcome], ['manual-action', 'attention']);
  assert.match(only(report).reason, /client was “a”, is now “b”\. Nothing was done/);
  assert.deepEqual(report.summary.cut, []);
});

for (const [because, status, outcome] of [
  ['returned', 'planned', 'attention'],
  ['unreadable', 'could-not-check', 'incomplete'],
] as const) {
  test(`what was not carried out because the person is ${because} is ${status}, and says why`, () => {
    const report = oneGrant({ ...verifiedAs([]), actions: [], stopped: { because, why: 'Somebody restored it.' } });
    assert.deepEqual([only(report).status, report.outcome], [status, outcome]);
    assert.match(only(report).reason, /Not carried out: Somebody restored it\./);
  });
}

test('a removal that failed and was given up, because the person came back, is nobody’s to do by hand', () => {
  const error = 'GitHub’s rate limit was met.';
  const stopped = { because: 'returned', why: 'Somebody restored it.' } as const;
  const report = oneGrant({ ...verifiedAs([]), actions: [action(grant, { result: 'failed', error })], stopped });
  assert.deepEqual([only(report).status, report.outcome], ['planned', 'attention']);
  assert.match(only(report).reason, /Somebody restored it\..*had failed: GitHub’s rate limit was met\./);
});
