import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import { buildReport } from '../../../src/report/build/build-report.ts';
import { STEP_NAMES, type StepName } from '../../../src/steps/registry.ts';
import { caseStudy } from '../sample/case-study.ts';
import { emptyCase, finding, part } from '../sample-case.ts';

for (const step of STEP_NAMES) {
  test(`nothing filed for ${step}: the report still shows the step, and is not clear`, () => {
    const base = emptyCase();
    const report = buildReport({ ...base, parts: base.parts.filter((each) => each.step !== step) });
    assert.deepEqual(
      report.steps.map((each) => each.step),
      STEP_NAMES,
    );
    assert.equal(report.steps.find((each) => each.step === step)?.run, 'never-ran');
    assert.equal(report.outcome, 'incomplete');
    assert.ok(report.summary.notCut.some((line) => line.step === step));
  });

  test(`${step} stopped half-way: what it had filed is kept, and the case failed`, () => {
    const failure = { code: 'unexpected', message: 'TypeError: reading undefined' };
    const report = buildReport({ ...emptyCase(), crashed: [{ step, failure }] });
    const stopped = report.steps.find((each) => each.step === step);
    assert.deepEqual([stopped?.run, stopped?.coverage.length, report.outcome], ['stopped', 1, 'failed']);
  });
}

test('batches of one source are added up and keep the worst state', () => {
  const batch = (count: number, state: 'complete' | 'denied') =>
    part('runner-credentials', { coverage: [{ source: 'github/files', state, looked: { count, unit: 'files' } }] });
  const report = buildReport({
    ...emptyCase(),
    parts: [...emptyCase().parts, batch(50, 'complete'), batch(7, 'denied')],
  });
  const line = report.steps[3]?.coverage.find(({ source }) => source === 'github/files');
  assert.deepEqual([line?.looked.count, line?.state], [57, 'denied']);
});

test('containment that was refused first and then succeeded says what holds now', () => {
  const said = (state: 'denied' | 'complete', status: 'failed' | 'done') =>
    part('containment', {
      findings: [finding('containment', 'gateway-deny-list', 'gw', { status })],
      coverage: [{ source: 'gateway/deny-list', state, looked: { count: 1, unit: 'deny lists' } }],
    });
  const others = emptyCase().parts.filter(({ step }) => step !== 'containment');
  const parts = [said('denied', 'failed'), said('complete', 'done'), ...others];
  assert.equal(buildReport({ ...emptyCase(), parts }).outcome, 'clear');
});

test('an empty case says in words that nothing was found and nothing is left', () => {
  const { outcome, incident, summary } = buildReport(emptyCase());
  assert.deepEqual([outcome, incident], ['clear', false]);
  assert.match(summary.headline, /6 of 6 readable sources were read completely\.$/);
  assert.match(summary.next[0]?.text ?? '', /nothing is left/);
});

test('the case study tells what was cut, what was not and why, and begins with the worst', () => {
  const report = buildReport(caseStudy());
  assert.equal(report.outcome, 'incomplete');
  assert.match(report.summary.headline, /1 of 14 readable sources/);
  assert.match(report.summary.headline, /3 of them critical/);
  assert.match(report.summary.headline, /^An incident: /);
  assert.equal(report.incident, true);
  assert.equal(report.summary.next[0]?.severity, 'critical');
  assert.ok(report.summary.cut.some(({ text }) => text.startsWith('2 consent grants revoked')));
  assert.ok(report.summary.cut.some(({ text }) => text.includes('being revoked')));
  assert.ok(report.summary.next.some(({ text }) => text.includes('vso.variablegroups_read')));
  const outcomeOf = (name: StepName): string | undefined => report.steps.find(({ step }) => step === name)?.outcome;
  assert.equal(outcomeOf('runner-credentials'), 'incomplete');
  assert.equal(outcomeOf('consent'), 'residual');
});

test('facts in a shape that this version does not know: the step stopped, and nothing rests on them', () => {
  const { parts, ...rest } = emptyCase();
  const foreign = parts.map((each) => (each.step === 'verification' ? { ...each, facts: { readBacks: 'all' } } : each));
  const report = buildReport({ ...rest, parts: foreign });
  const verified = report.steps.find(({ step }) => step === 'verification');
  assert.deepEqual([verified?.run, verified?.outcome, verified?.facts], ['stopped', 'failed', undefined]);
  assert.match(verified?.failures[0]?.message ?? '', /shape/);
});

test('the order in which units of work answered does not change the findings', () => {
  const study = caseStudy();
  const reversed = buildReport({ ...study, parts: [...study.parts].reverse(), actions: [...study.actions].reverse() });
  assert.deepEqual(
    reversed.steps.map(({ findings }) => findings),
    buildReport(study).steps.map(({ findings }) => findings),
  );
});

test('findings of one kind and one severity stand in the same order whichever was read first', () => {
  const alike = ['a', 'b', 'c', 'd'].map((id) => finding('consent', 'delegated-grant', id));
  const listed = (findings: Finding[]) => {
    const others = emptyCase().parts.filter(({ step }) => step !== 'consent');
    return buildReport({ ...emptyCase(), parts: [...others, part('consent', { findings })] }).steps.flatMap((step) =>
      step.findings.map(({ id }) => id),
    );
  };
  assert.deepEqual(listed(alike.toReversed()), listed(alike));
});

test('of what is equally severe, what somebody did is told before what somebody could do', () => {
  const could = finding('consent', 'delegated-grant', 'a', { severity: 'critical' });
  const did = finding('activity-audit', 'after-departure', 'calls', { severity: 'critical', incident: true });
  const others = emptyCase().parts.filter(({ step }) => step !== 'consent' && step !== 'activity-audit');
  const parts = [...others, part('consent', { findings: [could] }), part('activity-audit', { findings: [did] })];
  const { next, notCut } = buildReport({ ...emptyCase(), parts }).summary;
  for (const lines of [next, notCut]) assert.deepEqual(lines[0]?.findings, [did.id]);
});

test('an incident is told whatever the outcome: also where somebody has answered for it', () => {
  const happened = finding('activity-audit', 'after-departure', 'calls', {
    severity: 'critical',
    status: 'done',
    incident: true,
  });
  const others = emptyCase().parts.filter(({ step }) => step !== 'activity-audit');
  const parts = [...others, part('activity-audit', { findings: [happened] })];
  const report = buildReport({ ...emptyCase(), parts });
  assert.equal(report.incident, true);
  assert.match(report.summary.headline, /^An incident: /);
});

test('a plan claims nothing that was not done, whatever its outcome', () => {
  const planned = (findings: Finding[]) => {
    const asked = { ...emptyCase().case, mode: 'plan' } as const;
    const others = emptyCase().parts.filter(({ step }) => step !== 'consent');
    return buildReport({ ...emptyCase(), case: asked, parts: [...others, part('consent', { findings })] });
  };
  const until = '2999-01-01T00:00:00.000Z';
  const tokens = finding('consent', 'issued-tokens', 't', {
    status: 'nothing-to-do',
    residual: { until, why: 'An hour.' },
  });
  const reports = [planned([]), planned([tokens]), planned([finding('consent', 'delegated-grant', 'g')])];
  assert.deepEqual(
    reports.map(({ outcome }) => outcome),
    ['clear', 'residual', 'attention'],
  );
  for (const { summary } of reports) {
    assert.match(summary.headline, /^This is a plan: /);
    assert.doesNotMatch(summary.headline, /is cut|was read back/);
    assert.ok(summary.next.every(({ text }) => !text.startsWith('Wait')));
  }
});

test('what only the gateway’s refusal closes stands as long as the gateway accepts the leaver', () => {
  const denied = (status: Finding['status']) =>
    finding('containment', 'gateway-deny-list', 'gw', { status, severity: 'critical', title: 'The gateway’s state' });
  const everybody = finding('consent', 'tenant-wide-grant', 'g', {
    status: 'nothing-to-do',
    severity: 'info',
    closedWith: denied('done').id,
  });
  const reportWith = (contained: readonly Finding[]) => {
    const others = emptyCase().parts.filter(({ step }) => step !== 'consent' && step !== 'containment');
    const parts = [
      ...others,
      part('consent', { findings: [everybody] }),
      part('containment', { findings: [...contained] }),
    ];
    return buildReport({ ...emptyCase(), parts });
  };
  const statusWith = (contained: readonly Finding[]) =>
    reportWith(contained)
      .steps.flatMap(({ findings }) => findings)
      .find(({ id }) => id === everybody.id);
  assert.equal(statusWith([denied('done')])?.status, 'nothing-to-do');
  assert.equal(statusWith([denied('planned')])?.status, 'planned');
  assert.match(statusWith([denied('failed')])?.reason ?? '', /Until then it stands: The gateway’s state\.$/);
  assert.equal(statusWith([denied('failed')])?.status, 'failed');
  assert.equal(statusWith([])?.status, 'could-not-check');
  // It has no act of its own that could be planned, or fail.
  const { summary } = reportWith([denied('failed')]);
  assert.match(summary.headline, /1 access path was not cut/);
  assert.match(summary.notCut.at(-1)?.text ?? '', /It stands as long as this does: The gateway’s state\.$/);
  assert.equal(summary.next.filter(({ text }) => text.startsWith('See to it by hand: ')).length, 1);
  const planned = reportWith([denied('planned')]).summary.next;
  assert.ok(planned.some(({ text }) => / 1 planned remedy /.test(text)));
});

test('a plan promises no end of what only a cut would end', () => {
  const until = '2999-01-01T00:00:00.000Z';
  const residual = { until, why: 'They live up to an hour.' };
  const denial = finding('containment', 'gateway-deny-list', 'gw', { status: 'planned', severity: 'high' });
  const tokens = finding('consent', 'issued-tokens', 't', {
    status: 'nothing-to-do',
    closedWith: denial.id,
    residual,
  });
  const others = emptyCase().parts.filter(({ step }) => step !== 'consent' && step !== 'containment');
  const parts = [...others, part('consent', { findings: [tokens] }), part('containment', { findings: [denial] })];
  const asked = { ...emptyCase().case, mode: 'plan' } as const;
  assert.deepEqual(buildReport({ ...emptyCase(), case: asked, parts }).residual, []);
});
