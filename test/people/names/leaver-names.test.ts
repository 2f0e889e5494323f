import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaverNames, namedAfter } from '../../../src/people/names/leaver-names.ts';
import { fc } from '../../support/properties.ts';

const names = leaverNames({
  userPrincipalName: 'alex.moreau@corp.example',
  mail: 'a.moreau@corp.example',
  github: [{ login: 'amoreau_nwc', id: 1, source: 'github', confidence: 'proved' }],
});

test('a person is known by UPN, mail and GitHub login, with and without the short code of a managed account', () => {
  assert.deepEqual([...names].sort(), ['a.moreau', 'alex.moreau', 'amoreau', 'amoreau_nwc']);
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
