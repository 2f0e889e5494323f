import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONGEST_NAME, leaverNames, namedAfter, withoutShortCode } from '../../../src/people/names/leaver-names.ts';
import { fc } from '../../support/properties.ts';

const names = leaverNames({
  userPrincipalName: 'alex.moreau@corp.example',
  mail: 'a.moreau@corp.example',
  github: [{ login: 'amoreau_nwc', id: 1, source: 'github', confidence: 'proved' }],
});

test('a person is known by UPN, mail and GitHub login, with and without the short code of a managed account', () => {
  assert.deepEqual([...names].sort(), ['a.moreau', 'alex.moreau', 'amoreau', 'amoreau_nwc']);
});

test('names are compared in lower case, where they are long enough to be somebody’s and no longer than any is', () => {
  const of = (userPrincipalName: string) => [...leaverNames({ userPrincipalName, github: [] })];
  assert.deepEqual(of('Alex.Moreau@corp.example'), ['alex.moreau']);
  assert.deepEqual(of('bo@corp.example'), []);
  assert.deepEqual(of('bob@corp.example'), ['bob']);
  assert.equal(of('x'.repeat(LONGEST_NAME)).length, 1);
  assert.deepEqual(of('x'.repeat(LONGEST_NAME + 1)), []);
});

test('the short code of a managed account is what stands behind the last underscore', () => {
  assert.deepEqual(
    ['alex_moreau_acme', 'amoreau_ACME', 'amoreau_ab', 'amoreau_123456789', 'amoreau'].map(withoutShortCode),
    ['alex_moreau', 'amoreau', 'amoreau_ab', 'amoreau_123456789', 'amoreau'],
  );
});

test('words that are nobody’s name may stand behind one, and a name of no letters is in no text', () => {
  const known = new Set(['amoreau']);
  assert.equal(namedAfter('amoreau 42', known), 'theirs');
  for (const other of ['amoreau x1', 'amoreau 1x']) assert.equal(namedAfter(other, known), 'among-others', other);
  assert.equal(namedAfter('build token', new Set(['---'])), 'no');
});

test('a free text names the person only as a whole word', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{1,8}$/), fc.constantFrom(...names), (more, name) => {
      assert.notEqual(namedAfter(`${more}${name}`, new Set([name])), 'theirs');
      assert.notEqual(namedAfter(`${name}${more}`, new Set([name])), 'theirs');
      assert.equal(namedAfter(`${more}-${name.toUpperCase()}`, new Set([name])), 'theirs');
    }),
  );
});

test('whatever is no letter and no digit ends a name', () => {
  const known = new Set(['amoreau']);
  for (const text of ['amoreau.key', 'id_rsa.amoreau', 'amoreau@laptop', 'amoreau/ci', 'amoreau:pat', 'AMOREAU_TOKEN'])
    assert.notEqual(namedAfter(text, known), 'no', text);
  assert.equal(namedAfter('amoreau.key', known), 'theirs');
});
