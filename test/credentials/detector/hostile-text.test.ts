import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADVERSARIAL } from '../../../bench/detector/corpus.ts';
import { decodedViews } from '../../../src/credentials/detector/decoded-views.ts';
import { detectTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { FORMATS } from '../../../src/credentials/detector/formats.ts';
import type { TextSource } from '../../../src/credentials/detector/token-format.ts';

/** Counts the characters that the detector looks at. */
function counting(text: string): { readonly source: TextSource; readonly looked: () => number } {
  let looked = 0;
  const source: TextSource = {
    length: text.length,
    charCodeAt: (at) => {
      looked += 1;
      return text.charCodeAt(at);
    },
    indexOf: (literal, from = 0) => {
      const at = text.indexOf(literal, from);
      looked += (at === -1 ? text.length : at) - from + 1;
      return at;
    },
    slice: (from, to) => {
      const piece = text.slice(from, to);
      looked += piece.length;
      return piece;
    },
  };
  return { source, looked: () => looked };
}

test('hostile text costs work in proportion to its length', () => {
  const seeds = [
    'a',
    'a2',
    'eyJ',
    '.eyJ',
    'eyJ.eyJ',
    'ghp_',
    'ghs_1_eyJ',
    'AZDO',
    'sk-',
    'sk-ant-',
    'sk-ant-api03-',
    'github_pat_',
    'sig=',
    'sv=1&se=2&sig=',
    'Q~',
    'AKIA',
    'npm_',
    `${'eyJ'.repeat(341)}.`,
    ...ADVERSARIAL,
  ];
  for (const seed of seeds) {
    const work = [20_000, 50_000].map((length) => {
      const { source, looked } = counting(seed.repeat(Math.ceil(length / seed.length)).slice(0, length));
      detectTokens(source);
      return looked() / length;
    });
    const [small = 0, large = 0] = work;
    assert.ok(large < 1.1 * small + 1, `${seed.slice(0, 20)}: ${small} per character grows to ${large}`);
    assert.ok(large < 1_000, `${seed.slice(0, 20)}: ${large} characters looked at per character`);
  }
});

test('no literal that gives a format away begins another: the search meets each of them', () => {
  const anchors = FORMATS.flatMap(({ finders }) =>
    finders.flatMap((finder) => ('anchors' in finder ? finder.anchors : [])),
  );
  const distinct = [...new Set(anchors)];
  assert.deepEqual(
    distinct.filter((one) => distinct.some((other) => other !== one && other.startsWith(one))),
    [],
  );
});

test('a text that is decoded layer by layer costs work in proportion to its length', () => {
  for (const seed of ['%25', '\\\\', 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z/', `${'aB'.repeat(38)}\n`, 'UVVV', 'a\0']) {
    const work = [20_000, 50_000].map((length) => {
      let decoded = 0;
      let texts = [seed.repeat(length).slice(0, length)];
      for (let layer = 0; layer < 4; layer += 1) {
        texts = texts.flatMap((text) => decodedViews(text).map((view) => view.text));
        decoded += texts.reduce((sum, text) => sum + text.length, 0);
      }
      return decoded / length;
    });
    const [small = 0, large = 0] = work;
    assert.ok(large < 1.1 * small + 1 && large < 20, `${seed}: ${small} decoded characters each grow to ${large}`);
  }
});
