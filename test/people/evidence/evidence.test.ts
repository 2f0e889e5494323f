import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  confidenceOf,
  EVIDENCE_CODES,
  type EvidenceCode,
  isDecided,
  isMoreThanLikeness,
  pointsToPerson,
} from '../../../src/people/evidence/evidence.ts';
import { fc } from '../../support/properties.ts';

const verdict = (...codes: readonly EvidenceCode[]) => confidenceOf(codes.map((code) => ({ code })));

describe('evidence comes to one confidence', () => {
  const situations: readonly (readonly [what: string, codes: readonly EvidenceCode[], expected: string | undefined])[] =
    [
      ['the name is the leaver’s by now, and the attribute another’s object id', ['S1', 'X1'], 'contradicted'],
      ['the name was a colleague’s by memory or audit', ['S1', 'Y3'], 'weak'],
      ['nothing is known of the colleague, but the link is older than the leaver', ['S1', 'Y1'], 'weak'],
      ['the NameID is one colleague’s object id and the user name another’s', ['S1', 'X1'], 'contradicted'],
      ['the account is called like somebody else', ['S1', 'Y2'], 'weak'],
      ['object id of the attribute, renamed in the middle of the case', ['P1'], 'proved'],
      ['managed users without any reading of the enterprise', [], undefined],
      ['managed user: object id by provisioning, joined to the account', ['P3'], 'proved'],
      ['managed user: object id, login derived from it, one answer', ['S3', 'S5'], 'likely'],
      ['no single sign-on, an answer that somebody else confirmed', ['P6'], 'proved'],
      ['second account with the same employee number', ['S6'], 'likely'],
      ['outside collaborator whose login looks alike', ['W3'], 'weak'],
      ['the object id is a service principal', ['P1', 'X5'], 'contradicted'],
      ['guest, by the mail address alone, which nobody else has', ['S1'], 'likely'],
      ['the name is a newcomer’s by now, the attribute the leaver’s object id', ['P1', 'Y3'], 'proved'],
      ['Azure DevOps: the name is equal and the object id another', ['S1', 'X2'], 'contradicted'],
      ['a machine with the given name', ['W4'], 'weak'],
      ['proved, and remembered as another’s: two truths', ['P1', 'X3'], 'contradicted'],
      ['proved long ago', ['S4'], 'likely'],
      ['proved long ago, and the link is old: an id does not change with a name', ['S4', 'Y1'], 'likely'],
      ['a name, not read to the end whose else it was', ['W1'], 'weak'],
      ['only something that makes names worth less', ['Y2'], undefined],
    ];
  for (const [what, codes, expected] of situations) {
    test(`${what}: ${expected ?? 'nobody'}`, () => assert.equal(verdict(...codes), expected));
  }
});

describe('whatever the evidence is', () => {
  const code = fc.constantFrom(...EVIDENCE_CODES);
  const codes = fc.array(code, { maxLength: 8 });
  const of = (family: string) => fc.constantFrom(...EVIDENCE_CODES.filter((each) => each.startsWith(family)));
  const RANK = ['proved', 'likely', 'weak', undefined];

  test('a contradiction stops the account, beside a proof as well', () => {
    fc.assert(fc.property(codes, of('X'), (some, x) => assert.equal(verdict(...some, x), 'contradicted')));
  });
  test('a proof without a contradiction proves', () => {
    const others = codes.map((some) => some.filter((each) => !each.startsWith('X')));
    fc.assert(fc.property(others, of('P'), (some, p) => assert.equal(verdict(...some, p), 'proved')));
  });
  test('what makes a name worth less never raises', () => {
    const others = codes.map((some) => some.filter((each) => !each.startsWith('X')));
    fc.assert(
      fc.property(others, of('Y'), (some, y) => {
        assert.ok(RANK.indexOf(verdict(...some, y)) >= RANK.indexOf(verdict(...some)));
      }),
    );
  });
  test('names alone never prove', () => {
    const names = fc.array(
      fc.constantFrom('S1', 'S2', 'W1', 'W2', 'W3', 'W4', 'Y1', 'Y3') as fc.Arbitrary<EvidenceCode>,
    );
    fc.assert(fc.property(names, (some) => assert.notEqual(verdict(...some), 'proved')));
  });
  test('its order does not matter', () => {
    const shuffled = codes.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
    fc.assert(fc.property(shuffled, ([some, other]) => assert.equal(verdict(...some), verdict(...other))));
  });
});

test('a likeness points to somebody, a name says more, a proof and a contradiction decide', () => {
  const told = (...codes: readonly EvidenceCode[]) => {
    const evidence = codes.map((code) => ({ code }));
    return [pointsToPerson(evidence), isMoreThanLikeness(evidence), isDecided(evidence)];
  };
  assert.deepEqual(told(), [false, false, false]);
  assert.deepEqual(told('Y1'), [false, false, false]);
  assert.deepEqual(told('W2', 'Y1'), [true, false, false]);
  assert.deepEqual(told('W1', 'W2'), [true, true, false]);
  assert.deepEqual(told('S5', 'Y1'), [true, true, false]);
  assert.deepEqual(told('W2', 'P1'), [true, true, true]);
  assert.deepEqual(told('X1', 'W2'), [true, false, true]);
});
