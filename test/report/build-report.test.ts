import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding, ReportFinding } from '../../src/cases/finding.ts';
import { sentence } from '../../src/cases/words/wording.ts';
import { buildReport, type ReportInput } from '../../src/report/build/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import { remedyDefinition, STEP_NAMES, type StepName } from '../../src/steps/registry.ts';
import { action, caseStudy, emptyCase, finding, OID, part, readBack, verification, withRemedy } from './sample-case.ts';

const grant = withRemedy(finding('consent', 'delegated-grant', 'Claude Code', { severity: 'high' }));

/** A case with this one grant, cut and read back; `rest` changes what happened to it. */
function oneGrant(rest: Partial<ReportInput> & { readonly found?: ReportFinding } = {}): Report {
  const { found = grant, ...input } = rest;
  const base = emptyCase();
  const parts = base.parts.map((each) => (each.step === 'consent' ? part('consent', { findings: [found] }) : each));
  return buildReport({
    ...base,
    parts: parts.map((each) => (each.step === 'verification' ? verification([readBack(grant)]) : each)),
    actions: [action(grant)],
    ...input,
  });
}

function oneGrantParts(findings: readonly Finding[]): ReportInput['parts'] {
  const parts = emptyCase().parts.map((each) => (each.step === 'consent' ? part('consent', { findings }) : each));
  return parts.map((each) => (each.step === 'verification' ? verification([]) : each));
}

function only(report: Report): ReportFinding {
  const findings = report.steps.flatMap(({ findings: all }) => all);
  assert.equal(findings.length, 1);
  return findings[0] as ReportFinding;
}

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

/** A token in a variable, which is a credential that the case ended, or may be one. */
function afterTheCut(proved: boolean, state: 'gone' | 'present'): ReportFinding {
  const credentials = ['first', 'second'].map((id) => withRemedy(finding('consent', 'token', id)));
  const place = finding('runner-credentials', 'token-in-variable', 'CI_TOKEN', {
    severity: 'critical',
    reason: 'Revoke the person’s tokens.',
    restsOn: { credentials: credentials.map(({ id }) => id), proved },
  });
  const parts = emptyCase().parts.filter(
    ({ step }) => !['consent', 'runner-credentials', 'verification'].includes(step),
  );
  const [first, second] = credentials;
  assert.ok(first !== undefined && second !== undefined);
  const report = oneGrant({
    parts: [
      ...parts,
      part('consent', { findings: credentials.map((each) => ({ ...each, remedy: { ...each.remedy, risk: 'safe' } })) }),
      part('runner-credentials', { findings: [place] }),
      verification([readBack(first), readBack(second, state)]),
    ],
    actions: credentials.map((each) => action(each)),
  });
  const told = report.steps.flatMap(({ findings }) => findings).find(({ id }) => id === place.id);
  assert.ok(told !== undefined);
  return told;
}

for (const proved of [false, true]) {
  test(`a token of which every credential has ended falls in severity and says so, where that is ${proved ? 'proved' : 'likely'}`, () => {
    const dead = afterTheCut(proved, 'gone');
    assert.deepEqual([dead.severity, dead.status], ['low', 'manual-action']);
    assert.match(dead.reason, /The case ended .*opens nothing any more/);
    assert.doesNotMatch(dead.reason, /Revoke/);
    const alive = afterTheCut(proved, 'present');
    assert.deepEqual([alive.severity, alive.reason], ['critical', 'Revoke the person’s tokens.']);
  });
}

const LIVING_ON = {
  'an Azure DevOps token, an hour after its revocation': [
    {
      kind: 'revoke-devops-token',
      organisation: 'northwind',
      descriptor: 'aad.x',
      authorizationId: 'a',
      expected: { owner: null },
    },
    '2026-11-23T10:39:12.000Z',
  ],
  'tokens of a managed identity, a day and ten minutes after its trust was removed': [
    {
      kind: 'delete-federated-credential',
      parent: { type: 'managed-identity', subscriptionId: '1', resourceGroup: 'rg', name: 'id', resourceId: '/x/id' },
      name: 'a',
      id: 'a',
      expected: { issuer: 'i', subject: 's', expression: null, audiences: [] },
    },
    '2026-11-24T09:49:12.000Z',
  ],
  'tokens of an application, a hundred minutes after': [
    {
      kind: 'delete-federated-credential',
      parent: { type: 'application', objectId: 'o', appId: 'p', name: 'app' },
      name: 'a',
      id: 'a',
      expected: { issuer: 'i', subject: 's', expression: null, audiences: [] },
    },
    '2026-11-23T11:19:12.000Z',
  ],
} as const;

for (const [what, [call, until]] of Object.entries(LIVING_ON)) {
  test(`what lives on after the cut is residual with its end, although it was read back as gone: ${what}`, () => {
    const cut = withRemedy(finding('consent', 'lives-on', 'x'), { call });
    const parts = emptyCase().parts.filter(({ step }) => step !== 'consent' && step !== 'verification');
    const given = { parts: [...parts, part('consent', { findings: [cut] }), verification([readBack(cut)])] };
    const report = oneGrant({ ...given, actions: [action(cut)] });
    assert.deepEqual([only(report).status, report.outcome], ['done', 'residual']);
    assert.deepEqual(
      report.residual.map((each) => each.until),
      [until],
    );
    const failing = oneGrant({ ...given, actions: [action(cut, { result: 'failed' })] });
    assert.deepEqual(failing.residual, []);
    const later = oneGrant({ ...given, actions: [action(cut)], generatedAt: '2026-11-25T00:00:00.000Z' });
    assert.deepEqual([later.residual, later.outcome], [[], 'clear']);
  });
}

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

/** A case that stopped: one grant was cut before, another stands, and containment says what became of the person. */
function stoppedCase(because: 'returned' | 'unreadable'): Report {
  const why = because === 'returned' ? 'The account was deleted, and is enabled now.' : 'Entra could not be asked.';
  const left = withRemedy(finding('consent', 'delegated-grant', 'VS Code'));
  const back = finding('containment', 'person-returned', OID, { title: 'Alex came back', reason: why });
  const freed = finding('containment', 'gateway-deny-list', OID, {
    title: 'The gateway lets Alex in again',
    status: 'nothing-to-do',
  });
  const told = because === 'returned' ? [back, freed] : [];
  return buildReport({
    ...emptyCase(),
    parts: emptyCase()
      .parts.filter(({ step }) => step !== 'verification')
      .concat(
        part('containment', { findings: told }),
        part('consent', { findings: [grant, left] }),
        verification([readBack(grant)]),
      ),
    actions: [action(grant)],
    stopped: { because, why },
  });
}

test('of somebody who came back the report says so first, claims nothing to be cut that is not, and tells nobody to cut', () => {
  const { summary, outcome } = stoppedCase('returned');
  assert.equal(outcome, 'attention');
  assert.match(
    summary.headline,
    /^The case stopped, because the person is no leaver any more: The account was deleted, and is enabled now\. Of its plan, 1 remedy had been carried out by then;/,
  );
  assert.doesNotMatch(summary.headline, /everything else/i);
  assert.deepEqual(
    summary.cut.map(({ text }) => text),
    ['1 consent grant revoked: Claude Code.'],
  );
  const next = summary.next.map(({ text }) => text).join('\n');
  assert.match(next, /Look at .*Alex came back\./);
  assert.match(next, /Give back what the case had cut, if the person needs it: 1 finding \(Claude Code\)/);
  assert.doesNotMatch(next, /by hand|Start a case|^Wait/m);
});

test('a case that stopped because nobody could say whether the person still leaves says so, and what to do', () => {
  const { summary, outcome } = stoppedCase('unreadable');
  assert.equal(outcome, 'incomplete');
  assert.match(summary.headline, /^The case stopped, before it was through with its plan: Entra could not be asked\./);
  assert.doesNotMatch(summary.headline, /need(s)? a person/);
  assert.deepEqual(
    summary.next.map(({ text }) => text),
    [
      'Find out whether the person still leaves; if so, start the case again, because it stopped before it was through with its plan. Until then leave alone what else was found: 1 finding.',
    ],
  );
});

test('what is to be decided says what it stops, and what it may stop', () => {
  const impact = [{ what: 'nightly.yml' }, { what: 'report.yml', perhaps: true as const }];
  const found = {
    ...grant,
    status: 'awaiting-decision',
    remedy: { ...grant.remedy, risk: 'disruptive', impact },
  } as const;
  assert.match(
    oneGrant({ found, actions: [] }).summary.next[0]?.text ?? '',
    /^Approve or reject: .* It stops nightly\.yml\. It may stop report\.yml\. Undo: .+\.$/,
  );
});

test('what is to be decided says what its kind may stop where nothing is known to, and what undoes it', () => {
  const found = { ...grant, status: 'awaiting-decision', remedy: { ...grant.remedy, risk: 'disruptive' } } as const;
  const [line] = oneGrant({ found, actions: [] }).summary.next;
  const { impact } = remedyDefinition(grant.remedy.call).words;
  assert.equal(line?.text, `Approve or reject: ${grant.remedy.what} ${impact} Undo: ${sentence(grant.remedy.undo)}`);
});

test('two ways to close one finding are one decision, and what comes afterwards is told with it', () => {
  const first = { ...grant, status: 'awaiting-decision', remedy: { ...grant.remedy, risk: 'disruptive' } } as const;
  const call = {
    kind: 'hand-over-schedule',
    organisation: 'acme',
    repository: 'api',
    workflowId: 1,
    path: 'nightly.yml',
    crons: ['0 2 * * *'],
    expected: { path: 'nightly.yml', runsAs: 2 },
  } as const;
  const closed = { status: 'nothing-to-do', closedWith: grant.id } as const;
  const other = withRemedy(finding('consent', 'another-way', 'Claude Code', closed), {
    risk: 'disruptive',
    what: 'Hand it over.',
    undo: 'Take it back.',
    call,
  });
  const later = withRemedy(finding('consent', 'later', 'Claude Code', closed), {
    risk: 'disruptive',
    what: 'Remove it.',
    undo: 'Nothing brings it back.',
  });
  const told = (findings: readonly Finding[]) => oneGrant({ parts: oneGrantParts(findings), actions: [] }).summary.next;
  const [both, ...rest] = told([first, other]);
  assert.match(
    both?.text ?? '',
    /^Approve one of 2 ways, or reject: \(1\) .+ Undo: .+ \(2\) Hand it over\. .+ Undo: Take it back\.$/,
  );
  assert.deepEqual(both?.findings, [first.id, other.id]);
  assert.ok(!rest.some(({ text }) => text.includes('Hand it over')));
  assert.match(
    told([first, later])[0]?.text ?? '',
    /^Approve or reject: .+ Afterwards, if so decided: Remove it\. .+ Undo: Nothing brings it back\.$/,
  );
});

test('a line about something that a person has to look at begins with what to do', () => {
  const found = finding('consent', 'delegated-grant', 'x', {
    title: 'VS Code may call the gateway',
    reason: 'Ask its owner.',
  });
  const [line] = oneGrant({ found, actions: [] }).summary.next;
  assert.equal(line?.text, 'Ask its owner: VS Code may call the gateway.');
});
