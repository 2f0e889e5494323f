import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import type { RemedyId } from '../../../src/cases/ids.ts';
import { makePlanOf, type PlanStep, proceeds, roundsOf } from '../../../src/cases/remedies/plan.ts';
import { CASE_ID, finding, withRemedy } from '../../report/sample-case.ts';
import { fc } from '../../support/properties.ts';

const findings = ['github#1', 'entra#2', 'devops#3', 'azure#4'].map((id) =>
  withRemedy(finding('consent', 'grant', id)),
);

/** The same value with the members of every object in the opposite order. */
function turnedAround(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnedAround);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]): [string, unknown] => [key, turnedAround(inner)])
      .reverse(),
  );
}

test('two remedies of one serial key never share a round, each runs once, and those of a key in their order', () => {
  const anyStep = fc.record({ serialKey: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 12 }), (given) => {
      const steps = given.map(({ serialKey }, n): PlanStep => {
        const remedyId = `R-${String(n).padStart(12, '0')}` as RemedyId;
        return { remedyId, risk: 'safe', ...(serialKey === undefined ? {} : { serialKey }) };
      });
      const rounds = roundsOf(steps);
      for (const round of rounds) {
        const keys = round.flatMap(({ serialKey }) => serialKey ?? []);
        assert.equal(new Set(keys).size, keys.length);
      }
      assert.deepEqual(rounds.flat().toSorted(inOrder), steps);
      for (const key of ['a', 'b', 'c']) {
        const ofKey = rounds.flat().filter(({ serialKey }) => serialKey === key);
        assert.deepEqual(ofKey, ofKey.toSorted(inOrder));
      }
    }),
  );
});

const inOrder = (a: PlanStep, b: PlanStep): number => (a.remedyId < b.remedyId ? -1 : 1);

test('a plan is the same, and has the same hash, whoever answered first', () => {
  const plan = makePlanOf(CASE_ID, findings);
  fc.assert(
    fc.property(fc.shuffledSubarray(findings, { minLength: findings.length }), (shuffled) =>
      assert.deepEqual(makePlanOf(CASE_ID, shuffled), plan),
    ),
  );
});

test('a plan has each remedy once, knows what was open, and where that is', () => {
  const [one, two] = [findings[1], findings[0]];
  assert.ok(one && two);
  const over = { ...finding('consent', 'grant', 'over'), status: 'nothing-to-do' as const };
  const bare = finding('consent', 'owner', 'bare');
  const twice = [two, over, one, bare, two, { ...bare, resource: two.resource }];
  const plan = makePlanOf(CASE_ID, twice);
  const ids = (all: readonly string[]): string[] => [...all].sort();
  assert.deepEqual(
    plan.remedies.map(({ remedy }) => remedy.id),
    ids([one, two].map(({ remedy }) => remedy?.id ?? '')),
  );
  assert.deepEqual(plan.known, ids([one.id, two.id, bare.id]));
  assert.deepEqual(
    plan.places.map(({ system, id }) => `${system} ${id}`),
    ids([one, two, bare].map(({ resource: { system, id } }) => `${system} ${id}`)),
  );
});

/** What is said of a step of the plan, and whether it goes by itself. */
const STEPS: readonly (readonly [more: Partial<PlanStep>, goes: boolean])[] = [
  [{ risk: 'safe' }, true],
  [{ risk: 'safe', restored: true }, false],
  [{ risk: 'safe', restored: true, approved: true }, true],
  [{ risk: 'disruptive' }, false],
  [{ risk: 'disruptive', approved: true }, true],
];
for (const [more, goes] of STEPS) {
  test(`a step that is ${JSON.stringify(more)} ${goes ? 'is carried out' : 'waits for a person'}`, () =>
    assert.equal(proceeds({ remedyId: 'R-000000000001' as RemedyId, risk: 'safe', ...more }), goes));
}

test('the hash of a plan does not depend on the order in which a remedy’s members were written', () => {
  const turned = findings.map((each) => turnedAround(each) as Finding);
  assert.notEqual(JSON.stringify(turned), JSON.stringify(findings));
  assert.equal(makePlanOf(CASE_ID, turned).hash, makePlanOf(CASE_ID, findings).hash);
});
