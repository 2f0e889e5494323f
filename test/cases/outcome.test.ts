import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COVERAGE_STATES, type Coverage, isGap, UNEXAMINED } from '../../src/cases/coverage/coverage.ts';
import type { ReportFinding } from '../../src/cases/finding.ts';
import { FINDING_STATUSES } from '../../src/cases/finding.ts';
import { type JudgedStep, OUTCOMES, type Outcome, stepOutcome } from '../../src/cases/outcome.ts';
import { STEP_NAMES } from '../../src/steps/registry.ts';
import { finding, withRemedy } from '../report/sample-case.ts';
import { fc } from '../support/properties.ts';

const gone = { readBack: { state: 'gone', checkedAt: '2026-11-23T09:40:31.000Z' } } as const;
const residual = { until: '2026-11-24T00:00:00.000Z', why: 'It expires.' };

function judged(rest: Partial<JudgedStep> = {}): JudgedStep {
  return {
    step: 'consent',
    run: 'ran',
    findings: [],
    actions: [],
    coverage: [{ source: 'entra/grants', state: 'complete', looked: { count: 1, unit: 'grants' } }],
    failures: [],
    seen: [],
    confirmations: [],
    ...rest,
  };
}

const closed = (rest: Partial<ReportFinding> = {}): ReportFinding => ({
  ...withRemedy(finding('consent', 'delegated-grant', 'g')),
  status: 'done',
  ...rest,
});

test('a step whose sources were read completely and whose remedies were read back as gone is clear', () => {
  assert.equal(stepOutcome(judged({ findings: [closed(gone)] })), 'clear');
});

test('a remedy that nobody read back is not believed', () => {
  assert.equal(stepOutcome(judged({ findings: [closed()] })), 'incomplete');
});

test('a target that is still there after its remedy is a failure', () => {
  const present = { readBack: { state: 'present', checkedAt: '2026-11-23T09:40:31.000Z' } } as const;
  assert.equal(stepOutcome(judged({ findings: [closed(present)] })), 'failed');
});

test('a step that saw a target again is what its finding says, and never clear while it still answers', () => {
  const working = closed({ residual, readBack: { state: 'present', checkedAt: gone.readBack.checkedAt } });
  const outcomeOf = (...seen: JudgedStep['seen']) => stepOutcome(judged({ step: 'verification', seen }));
  assert.equal(outcomeOf({ state: 'gone', finding: closed(gone) }), 'clear');
  assert.equal(outcomeOf({ state: 'present', finding: working }), 'residual');
  assert.equal(outcomeOf({ state: 'present', finding: closed({ status: 'failed' }) }), 'failed');
  assert.equal(outcomeOf({ state: 'present', finding: undefined }), 'failed');
  assert.equal(outcomeOf({ state: 'could-not-check', finding: closed(gone) }), 'incomplete');
});

test('what a step asked again and heard denied makes it failed, and what nobody answered incomplete', () => {
  const outcomeOf = (...confirmations: JudgedStep['confirmations']) => stepOutcome(judged({ confirmations }));
  assert.equal(outcomeOf('confirmed'), 'clear');
  assert.equal(outcomeOf('confirmed', 'refuted'), 'failed');
  assert.equal(outcomeOf('unknown'), 'incomplete');
});

test('access that ends by itself is residual', () => {
  assert.equal(stepOutcome(judged({ findings: [closed({ residual })] })), 'residual');
});

test('a step that names no source, no act and no finding has proved nothing', () => {
  assert.equal(stepOutcome(judged({ coverage: [] })), 'incomplete');
});

test('of two attempts at one remedy the later one counts', () => {
  const attempt = (at: string, result: 'failed' | 'done') =>
    ({ remedyId: closed().remedy?.id ?? 'containment', result, what: 'x', at }) as const;
  const [failed, done] = [attempt('2026-11-23T09:00:00.000Z', 'failed'), attempt('2026-11-23T09:01:00.000Z', 'done')];
  assert.equal(stepOutcome(judged({ actions: [done, failed] })), 'clear');
  assert.equal(stepOutcome(judged({ actions: [{ ...failed, at: '2026-11-23T09:02:00.000Z' }, done] })), 'failed');
});

const OF_STATUS = {
  planned: 'attention',
  'awaiting-decision': 'attention',
  done: 'clear',
  'nothing-to-do': 'clear',
  rejected: 'attention',
  accepted: 'attention',
  'needs-code-change': 'attention',
  'manual-action': 'attention',
  'could-not-check': 'incomplete',
  failed: 'failed',
} as const satisfies Record<(typeof FINDING_STATUSES)[number], Outcome>;

for (const status of FINDING_STATUSES) {
  test(`a finding that is ${status} makes its step ${OF_STATUS[status]}`, () => {
    assert.equal(stepOutcome(judged({ findings: [closed({ ...gone, status })] })), OF_STATUS[status]);
  });
}

for (const state of COVERAGE_STATES.filter((each) => each !== 'complete' && each !== 'exempt')) {
  test(`a source that is ${state} makes its step incomplete`, () => {
    const coverage = [...judged().coverage, { source: 'entra/owners', state, looked: { count: 0, unit: 'owners' } }];
    assert.equal(stepOutcome(judged({ coverage })), 'incomplete');
  });
}

for (const why of UNEXAMINED) {
  test(`a source that nobody read, ${why}, makes its step ${why === 'no-interface' ? 'no worse' : 'incomplete'}`, () => {
    const unread = {
      source: 'entra/owners',
      state: 'not-examined',
      why,
      looked: { count: 0, unit: 'owners' },
    } as const;
    const coverage = [...judged().coverage, unread];
    assert.equal(stepOutcome(judged({ coverage })), why === 'no-interface' ? 'clear' : 'incomplete');
  });
}

test('a source that the firm exempted makes its step no worse', () => {
  const exempt = { source: 'entra/owners', state: 'exempt', looked: { count: 0, unit: 'owners' } } as const;
  assert.equal(stepOutcome(judged({ coverage: [...judged().coverage, exempt] })), 'clear');
});

test('a step of which only standing limits are known has proved nothing', () => {
  const limit = {
    source: 'mcp/tokens',
    state: 'not-examined',
    why: 'no-interface',
    looked: { count: 0, unit: 'items' },
  };
  assert.equal(stepOutcome(judged({ coverage: [limit as Coverage] })), 'incomplete');
});

const status = fc.constantFrom(...FINDING_STATUSES);
const step = fc.record({
  step: fc.constantFrom(...STEP_NAMES),
  run: fc.constantFrom('ran' as const, 'stopped' as const, 'never-ran' as const),
  findings: fc.array(
    fc
      .record({ status, read: fc.constantFrom('gone', 'present', 'could-not-check', undefined), ends: fc.boolean() })
      .map(({ status: of, read, ends }) =>
        closed({
          status: of,
          ...(read === undefined ? {} : { readBack: { state: read as 'gone', checkedAt: gone.readBack.checkedAt } }),
          ...(ends ? { residual } : {}),
        }),
      ),
    { maxLength: 4 },
  ),
  actions: fc.array(
    fc.record({
      remedyId: fc.constant('containment' as const),
      result: fc.constantFrom('done' as const, 'queued' as const, 'nothing-to-do' as const, 'failed' as const),
      what: fc.uuid(),
      at: fc.constant('2026-11-23T09:00:00.000Z'),
    }),
    { maxLength: 3 },
  ),
  coverage: fc.array(
    fc
      .record({
        source: fc.string(),
        state: fc.constantFrom(...COVERAGE_STATES),
        why: fc.constantFrom(...UNEXAMINED),
        looked: fc.record({ count: fc.nat(), unit: fc.string() }),
      })
      .map(({ why, ...line }): Coverage => (line.state === 'not-examined' ? { ...line, why } : line)),
    { maxLength: 3 },
  ),
  failures: fc.array(fc.record({ code: fc.string(), message: fc.string() }), { maxLength: 1 }),
  seen: fc.array(
    fc.record({ state: fc.constantFrom('gone', 'present', 'could-not-check'), finding: fc.constant(undefined) }),
    {
      maxLength: 2,
    },
  ),
  confirmations: fc.array(fc.constantFrom('confirmed', 'refuted', 'unknown'), { maxLength: 2 }),
});

test('a clear step has no reason to doubt it: no gap in what can be read, every finding closed and read back', () => {
  fc.assert(
    fc.property(step, (each) => {
      if (stepOutcome(each) !== 'clear') return;
      assert.equal(each.run, 'ran');
      assert.ok(!each.coverage.some(isGap));
      assert.ok(each.findings.every((one) => ['done', 'nothing-to-do'].includes(one.status)));
      assert.ok(each.findings.every((one) => one.readBack?.state === 'gone' && one.residual === undefined));
      assert.ok(each.actions.every(({ result }) => result !== 'failed') && each.failures.length === 0);
      assert.ok(each.seen.every(({ state }) => state === 'gone'));
      assert.ok(each.confirmations.every((one) => one === 'confirmed'));
    }),
  );
});

const isRead = ({ state }: Coverage): boolean => state !== 'not-examined';

test('knowing of one more thing never makes an outcome better', () => {
  const rank = (outcome: Outcome): number => OUTCOMES.indexOf(outcome);
  fc.assert(
    fc.property(step, step, (a, b) => {
      if (a.findings.length + a.actions.length + a.coverage.filter(isRead).length === 0) return;
      const both = {
        ...a,
        findings: [...a.findings, ...b.findings],
        coverage: [...a.coverage, ...b.coverage],
        failures: [...a.failures, ...b.failures],
      };
      assert.ok(rank(stepOutcome(both)) >= rank(stepOutcome(a)));
    }),
  );
});
