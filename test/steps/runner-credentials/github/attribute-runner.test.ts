import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { attributeRunner } from '../../../../src/steps/runner-credentials/rules/github/attribute-runner.ts';

const LEAVER = {
  displayName: 'Alex Moreau',
  userPrincipalName: 'alex.moreau@northwind-capital.example',
  github: [{ login: 'amoreau', id: 1, source: 'test', confidence: 'proved' as const }],
};
const verdict = (name: string, ...customLabels: string[]) => attributeRunner({ name, customLabels }, LEAVER).verdict;

const CASES: readonly (readonly [verdict: string, name: string, ...labels: string[]])[] = [
  ['leaver', 'laptop-amoreau', 'amoreau'],
  ['leaver', 'AMoreau-MacBook', 'amoreau'],
  ['leaver', 'alex-moreau-mbp', 'laptop-amoreau'],
  ['maybe', 'laptop-amoreau'],
  ['maybe', 'build-07', 'amoreau'],
  ['maybe', 'laptop-amoreau-silva', 'amoreau-silva'],
  ['maybe', 'alex-desktop', 'alex'],
  ['maybe', 'moreau-cluster', 'moreau', 'alexander', 'moreau-2'],
  ['unrelated', 'build-01', 'gpu'],
  ['unrelated', 'camoreau', 'amoreaux'],
  ['unrelated', 'alexandria-01'],
  ['unrelated', ''],
];
for (const [expected, name, ...labels] of CASES) {
  test(`${name || 'no name'}${labels.map((label) => ` [${label}]`).join('')} is ${expected}`, () => {
    assert.equal(verdict(name, ...labels), expected);
  });
}

test('a managed account’s short code and a sign-in name of one word still raise the question', () => {
  const named = { name: 'laptop-amoreau', customLabels: [] };
  const userPrincipalName = 'amoreau@northwind-capital.example';
  const managed = { login: 'amoreau_nwc', id: 1, source: 'test', confidence: 'proved' as const };
  for (const github of [[managed], []]) {
    assert.equal(attributeRunner(named, { ...LEAVER, userPrincipalName, github }).verdict, 'maybe');
  }
  // However often one word stands there.
  const labelled = { name: 'laptop-amoreau', customLabels: ['amoreau', 'amoreau-2'] };
  assert.equal(attributeRunner(labelled, { ...LEAVER, userPrincipalName, github: [] }).verdict, 'maybe');
});

test('no single sign takes a runner away, whatever its name', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      assert.notEqual(verdict(name), 'leaver');
    }),
  );
});

test('names that merely begin with the login never take a runner away', () => {
  const more = fc.stringMatching(/^[b-y]{3,10}$/).filter((word) => !PLAIN_WORDS.has(word));
  fc.assert(
    fc.property(more, more, (one, other) => {
      assert.notEqual(verdict(`laptop-amoreau-${one}`, `amoreau-${other}`), 'leaver');
      assert.equal(verdict(`amoreau${one}`, `${other}amoreau`), 'unrelated');
    }),
  );
});

/** Words of machines that the rule knows, as far as they could be generated here. */
const PLAIN_WORDS = new Set(
  'box build desktop dell home host imp mini runner server studio test vm win work linux ubuntu self my pc ci office notebook'.split(
    ' ',
  ),
);
