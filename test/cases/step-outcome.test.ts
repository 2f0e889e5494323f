import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JudgedStep, type Outcome, stepOutcome } from '../../src/cases/outcome.ts';
import { action, finding, withRemedy } from '../report/sample-case.ts';

const AT = '2026-11-23T09:40:31.000Z';
const READ = { source: 'entra/grants', state: 'complete', looked: { count: 1, unit: 'grants' } } as const;
const LIMIT = { ...READ, source: 'mcp/tokens', state: 'not-examined', why: 'no-interface' } as const;
const CLEAR: JudgedStep = {
  ...{ step: 'consent', run: 'ran', findings: [], actions: [], coverage: [READ], failures: [] },
  ...{ seen: [], confirmations: [] },
};
const grant = withRemedy(finding('consent', 'delegated-grant', 'g'));
const gone = { ...grant, status: 'done', readBack: { state: 'gone', checkedAt: AT } } as const;
const failed = action(grant, { result: 'failed' });
const bare = { ...finding('consent', 'owner', 'o'), status: 'nothing-to-do' } as const;

/** What is different from a step that is clear, and what that makes of it. */
const STEPS: readonly (readonly [what: string, more: Partial<JudgedStep>, outcome: Outcome])[] = [
  ['nothing speaks against it', {}, 'clear'],
  ['a unit of work failed', { failures: [{ code: 'x', message: 'It broke.' }] }, 'failed'],
  ['it was stopped', { run: 'stopped' }, 'failed'],
  ['it never ran', { run: 'never-ran' }, 'incomplete'],
  ['one source of two is a gap', { coverage: [READ, { ...READ, state: 'partial' }] }, 'incomplete'],
  ['it has an act and nothing else', { coverage: [LIMIT], actions: [action(grant)] }, 'clear'],
  ['it has a finding and nothing else', { coverage: [LIMIT], findings: [bare] }, 'clear'],
  ['it has as many findings as acts', { coverage: [], findings: [gone], actions: [action(grant)] }, 'clear'],
  ['it has nothing but what nobody can read', { coverage: [LIMIT] }, 'incomplete'],
  ['an act failed', { actions: [failed], findings: [gone] }, 'failed'],
  ['an act failed of which no finding tells', { actions: [failed] }, 'failed'],
  ['an act failed that was given up', { actions: [failed], findings: [{ ...grant, status: 'planned' }] }, 'attention'],
  [
    'an act failed, and another was given up',
    {
      actions: [failed],
      findings: [{ ...withRemedy(finding('consent', 'delegated-grant', 'h')), status: 'planned' }, bare],
    },
    'failed',
  ],
  [
    'an act failed beside a finding without a remedy',
    { actions: [failed], findings: [{ ...finding('consent', 'owner', 'o'), status: 'planned' }] },
    'failed',
  ],
  ['what it cut was seen to be gone', { seen: [{ state: 'gone', finding: gone }] }, 'clear'],
  ['what it cut was seen to answer', { seen: [{ state: 'present', finding: gone }] }, 'residual'],
];
for (const [what, more, outcome] of STEPS)
  test(`a step is ${outcome} where ${what}`, () => assert.equal(stepOutcome({ ...CLEAR, ...more }), outcome));
