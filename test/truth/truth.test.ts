import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Stack } from '../../local/stack.ts';
import { tellOf } from './campaign-of.ts';
import { type Firm, personOf } from './firm/firm.ts';
import { generateFirm } from './firm/generate.ts';
import { plant } from './firm/plant.ts';
import { knownFault } from './known-faults.ts';
import { judge, lookBefore } from './oracle/judge.ts';
import type { FiledFinding, FiledReport } from './oracle/report.ts';
import { runFirm } from './run-firm.ts';
import { situationOf } from './situation-of.ts';
import { startTruthStack } from './truth-stack.ts';

/** The campaign's short form: `npm run test:truth -- --seed 1 --firms 500` is the long one. */
const SEEDS = Array.from({ length: 6 }, (_, n) => 101 + n);
const TWICE = [104];

let stack: Stack;
before(async () => {
  stack = await startTruthStack();
});
after(() => stack.stop());

for (const seed of SEEDS) {
  test(`firm ${seed}: what is alive is told, nobody else is touched, no clear is untrue`, async () => {
    const firm = generateFirm(seed);
    const { violations } = await runFirm(stack, firm, { twice: TWICE.includes(seed) });
    const new_ = violations.filter((violation) => knownFault(firm, violation) === undefined);
    assert.deepEqual(new_.map(tellOf), [], situationOf(firm));
  });
}

test('the same seed is the same firm', () => {
  assert.deepEqual(generateFirm(7), generateFirm(7));
  assert.notDeepEqual(generateFirm(7).people, generateFirm(8).people);
});

/** One leaver with a token that lives, and a colleague with one. */
const SMALL: Firm = {
  ...generateFirm(1),
  people: [
    {
      key: 'one',
      oid: 'a1b2c3d4-0000-4000-8000-0000000000a1',
      displayName: 'One Leaver',
      userPrincipalName: 'one@small.example',
      mail: null,
      github: { id: 71, login: 'one' },
    },
    {
      key: 'two',
      oid: 'a1b2c3d4-0000-4000-8000-0000000000a2',
      displayName: 'Two Stays',
      userPrincipalName: 'two@small.example',
      mail: null,
      github: { id: 72, login: 'two' },
    },
  ],
  leaver: 'one',
  leaving: { state: 'soft-deleted', daysAgo: 20, recorded: true },
  items: [
    { key: 'mine', kind: 'fine-grained', organisation: 'northwind-labs', person: 'one', id: 81, name: 'ci' },
    { key: 'theirs', kind: 'fine-grained', organisation: 'northwind-labs', person: 'two', id: 82, name: 'ci' },
  ],
};
const LINE = { source: 'github/fine-grained-tokens:northwind-labs', state: 'complete' };
const TOLD: FiledFinding = {
  id: 'F-1',
  kind: 'fine-grained-token',
  title: 'A token',
  severity: 'high',
  status: 'awaiting-decision',
  reason: 'It lives.',
  resource: { system: 'github', type: 'token', id: 'northwind-labs/81' },
};
const reportOf = (findings: readonly FiledFinding[], outcome = 'attention', state = 'complete'): FiledReport => ({
  outcome,
  leaver: {},
  steps: [{ step: 'runner-credentials', run: 'ran', outcome, findings, coverage: [{ ...LINE, state }] }],
});

/** What the oracle says of a made-up report, after `change` was done to the tenant. */
function judged(report: FiledReport, change: () => void = () => {}): string[] {
  const { states } = stack;
  plant(states, SMALL, new Date());
  const sight = lookBefore(SMALL, states);
  const [list] = states.arm.namedValues.all();
  const value = list?.value ?? '';
  if (list !== undefined) list.value = `${value}${personOf(SMALL, 'one').oid},`;
  change();
  const { violations } = judge(SMALL, states, sight, report);
  if (list !== undefined) list.value = value;
  return violations.map(({ kind }) => kind);
}
const organisation = () => stack.states.github.organisations.get('northwind-labs');

test('a report that tells the truth is believed', () => {
  assert.deepEqual(judged(reportOf([TOLD])), []);
  assert.deepEqual(judged(reportOf([], 'incomplete', 'denied')), []);
});

test('each lie is noticed', () => {
  assert.deepEqual(judged(reportOf([])), ['silent-miss']);
  assert.deepEqual(judged(reportOf([], 'clear')), ['false-clear']);
  assert.deepEqual(judged(reportOf([{ ...TOLD, status: 'done' }])), ['silent-miss']);
  assert.deepEqual(judged(reportOf([TOLD], 'clear')), ['false-clear']);
  assert.ok(judged(reportOf([], 'clear', 'partial')).includes('false-clear'));
  const revoke = (id: string) => () => void organisation()?.tokens.patch(id, { revokedFrom: 1 });
  assert.deepEqual(judged(reportOf([]), revoke('81')), []);
  assert.deepEqual(judged(reportOf([TOLD]), revoke('82')), ['innocent-touched']);
  const deny = (oid: string) => () => {
    const [list] = stack.states.arm.namedValues.all();
    if (list !== undefined) list.value += `${oid},`;
  };
  assert.deepEqual(judged(reportOf([TOLD]), deny(personOf(SMALL, 'two').oid)), ['wrong-denial']);
  const account = { id: 72, login: 'two', confidence: 'proved' };
  assert.deepEqual(judged({ ...reportOf([TOLD]), leaver: { github: [account] } }), ['wrong-account']);
});
