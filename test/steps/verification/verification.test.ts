import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REMEDIES } from '../../../src/steps/registry.ts';
import { confirmationsOf } from '../../../src/steps/verification/rules/confirmations.ts';
import {
  type VerificationFacts,
  VerificationFactsSchema,
} from '../../../src/steps/verification/rules/verification-facts.ts';
import { VERIFICATION_SOURCES } from '../../../src/steps/verification/sources.ts';
import { verification } from '../../../src/steps/verification/step.ts';

const facts = (
  deniedAtGateway: VerificationFacts['deniedAtGateway'],
  sessionsRevoked?: NonNullable<VerificationFacts['sessionsRevoked']>,
): VerificationFacts => ({
  ...{ readBacks: [], deniedAtGateway },
  ...(sessionsRevoked === undefined ? {} : { sessionsRevoked }),
});

const CONFIRMED: readonly (readonly [VerificationFacts, readonly string[]])[] = [
  [facts('yes'), ['confirmed']],
  [facts('no'), ['refuted']],
  [facts('released'), ['confirmed']],
  [facts('released-by-hand'), ['confirmed']],
  [facts('could-not-check'), ['unknown']],
  [facts('no-gateway'), []],
  [facts('yes', 'no'), ['confirmed', 'refuted']],
  [facts('no-gateway', 'yes'), ['confirmed']],
  [facts('yes', 'could-not-check'), ['confirmed', 'unknown']],
];
for (const [read, confirmed] of CONFIRMED) {
  test(`what containment did is ${confirmed.join(' and ') || 'not there to confirm'}: ${JSON.stringify(read)}`, () => {
    assert.deepEqual(confirmationsOf(read), confirmed);
    assert.deepEqual(verification.confirmationsOf(read), confirmed);
  });
}

test('what is filed has exactly these words', () => {
  assert.ok(VerificationFactsSchema.safeParse(facts('released-by-hand', 'could-not-check')).success);
  assert.ok(!VerificationFactsSchema.safeParse({ ...facts('yes'), deniedAtGateway: 'perhaps' }).success);
  assert.ok(!VerificationFactsSchema.safeParse({ deniedAtGateway: 'yes' }).success);
  assert.deepEqual(
    verification.confirmationsOf({ deniedAtGateway: 'yes' }),
    [],
    'what has another shape confirms nothing',
  );
});

test('it comes last, and a denial that is not there refutes what containment said', () => {
  assert.equal(verification.phase, 'verify');
  const leaver = { oid: 'x', state: 'active', github: [], devops: [] } as unknown as Parameters<
    typeof verification.refuted
  >[2];
  assert.deepEqual(
    verification.refuted(facts('no'), [], leaver).map(({ status, severity }) => [status, severity]),
    [['failed', 'critical']],
  );
  assert.deepEqual(verification.refuted(facts('yes'), [], leaver), []);
});

test('every remedy is read back somewhere', () => {
  const places = new Set<string>(VERIFICATION_SOURCES.map(({ id }) => id));
  for (const { kind, system } of REMEDIES) assert.ok(places.has(`verification/${system}`), `${kind}: ${system}`);
});
