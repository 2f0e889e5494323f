import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import { relateCredential } from '../../../src/steps/federated-credentials/rules/relate-credential.ts';
import { relateExpression } from '../../../src/steps/federated-credentials/rules/relate-expression.ts';
import { relateSubject } from '../../../src/steps/federated-credentials/rules/relate-subject.ts';
import { VERDICTS } from '../../../src/steps/federated-credentials/rules/relation.ts';
import {
  intersects,
  literal,
  matchesWildcard,
  symbolsOf,
} from '../../../src/steps/federated-credentials/rules/wildcard.ts';

const leaver: GitHubAccount = { login: 'alice', id: 111, source: 'test', confidence: 'proved' };
const accounts = [leaver];
const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789-'), maxLength: 8 });
const tail = fc.constantFrom('pull_request', 'ref:refs/heads/main', 'environment:prod', 'ref:refs/tags/v1');
/** `alice` with the case of some letters turned. */
const anyCase = fc
  .array(fc.boolean(), { minLength: 5, maxLength: 5 })
  .map((upper) => [...'alice'].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(''));

test('an owner that merely contains the login is never the leaver', () => {
  fc.assert(
    fc.property(letters, letters, tail, (before, after, end) => {
      fc.pre(before + after !== '');
      const relation = relateSubject(`repo:${before}alice${after}/tool:${end}`, accounts);
      assert.notEqual(relation.verdict, 'references-leaver');
      const flexible = relateExpression(`claims['sub'] matches 'repo:${before}alice${after}/*'`, accounts);
      assert.equal(flexible.verdict, 'unrelated');
    }),
  );
});

test('a login counts whatever its case', () => {
  fc.assert(
    fc.property(anyCase, tail, (login, end) => {
      assert.equal(relateSubject(`repo:${login}/tool:${end}`, accounts).verdict, 'references-leaver');
      assert.equal(relateExpression(`claims['sub'] matches 'repo:${login}/*'`, accounts).verdict, 'references-leaver');
    }),
  );
});

test('where a subject carries an id, the id alone decides', () => {
  fc.assert(
    fc.property(fc.nat(), letters, tail, (id, name, end) => {
      fc.pre(name !== '');
      const relation = relateSubject(`repo:${name}@${id}/tool@5:${end}`, accounts);
      assert.equal(relation.verdict === 'references-leaver', id === leaver.id);
      const recycled = relateSubject(`repo:alice@${id}/tool@5:${end}`, accounts);
      assert.equal(recycled.verdict === 'references-leaver', id === leaver.id);
    }),
  );
});

const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(...":@/*?%3A'[]claims repoalice111".split('')), maxLength: 80 }),
);

test('every text has a verdict', () => {
  fc.assert(
    fc.property(nastyText, nastyText, nastyText, fc.boolean(), (issuer, text, name, flexible) => {
      const trust = flexible ? { expression: text } : { subject: text };
      for (const from of [issuer, 'https://token.actions.githubusercontent.com', 'https://gitlab.com']) {
        const relation = relateCredential({ id: 'id', name, issuer: from, audiences: [], ...trust }, accounts, {
          kind: 'github.com',
        });
        assert.ok(VERDICTS.includes(relation.verdict));
        assert.ok(relation.why.length > 0);
      }
    }),
  );
});

/** The meaning of a pattern, written down a second time and as plainly as possible. */
function reference(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [head, rest] = [pattern[0], pattern.slice(1)];
  if (head === '*') return reference(rest, text) || (text !== '' && reference(pattern, text.slice(1)));
  return text !== '' && (head === '?' || head === text[0]) && reference(rest, text.slice(1));
}

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
      const { verdict } = relateExpression(`claims['sub'] matches '${candidate}'`, accounts);
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
