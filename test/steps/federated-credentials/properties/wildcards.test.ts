import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  intersects,
  literal,
  matchesWildcard,
  symbolsOf,
} from '../../../../src/steps/federated-credentials/rules/subject/wildcard.ts';
import { fc } from '../../../support/properties.ts';
import { letters, reference, relateExpression, tail } from './world.ts';

const short = fc.string({ unit: fc.constantFrom('a', 'b', '/', ':'), maxLength: 7 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 6 });

test('a wildcard matches exactly what its plain definition says', () => {
  fc.assert(
    fc.property(pattern, short, (glob, text) => assert.equal(matchesWildcard(glob, text), reference(glob, text))),
    { numRuns: 2_000 },
  );
});

test('two patterns overlap where, and only where, some text matches both', () => {
  const texts = allTexts(['a', 'b', '/'], 5);
  const tiny = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 4 });
  fc.assert(
    fc.property(tiny, tiny, (left, right) => {
      const common = texts.some((text) => reference(left, text) && reference(right, text));
      // Five characters are enough for a witness: at most four symbols on either side, at least one of them shared.
      if (common) assert.ok(intersects(symbolsOf(left), symbolsOf(right)));
      else if (!(left.includes('*') && right.includes('*'))) assert.ok(!intersects(symbolsOf(left), symbolsOf(right)));
    }),
    { numRuns: 500 },
  );
});

function allTexts(characters: readonly string[], length: number): string[] {
  const shorter = length === 0 ? [] : allTexts(characters, length - 1);
  return ['', ...shorter.flatMap((text) => characters.map((character) => character + text))];
}

test('a pattern that lets in a subject of the leaver’s is never called unrelated', () => {
  const glob = fc.string({ unit: fc.constantFrom(...'repo:alice/t@1*?'), maxLength: 14 });
  const subject = fc
    .tuple(fc.constantFrom('repo:alice/', 'repo:alice@111/'), letters, tail)
    .map(([owner, name, end]) => `${owner}${name}:${end}`);
  // Half of the patterns are made from a subject by replacing a run with `*`, so that many of them match.
  const cut = fc
    .tuple(subject, fc.nat(30), fc.nat(12))
    .map(([text, at, run]) => `${text.slice(0, at)}*${text.slice(at + run)}`);
  fc.assert(
    fc.property(fc.oneof(glob, cut), subject, (candidate, text) => {
      fc.pre(reference(candidate, text));
      const { verdict } = relateExpression(`claims['sub'] matches '${candidate}'`);
      assert.ok(verdict === 'references-leaver' || verdict === 'can-match-leaver', `${candidate} lets ${text} in`);
    }),
    { numRuns: 300, maxSkipsPerRun: 1_000 },
  );
});

test('a long hostile pattern is judged at once', () => {
  const hostile = `repo:${'*a'.repeat(290)}`;
  assert.equal(matchesWildcard(hostile, `repo:${'a'.repeat(590)}b`), false);
  assert.equal(intersects(symbolsOf(hostile), literal('repo:alice/')), false);
});
