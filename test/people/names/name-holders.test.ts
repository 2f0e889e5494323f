import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Exclusivity, nameEvidence } from '../../../src/people/names/name-holders.ts';
import type { Oid } from '../../../src/people/oid.ts';

const OTHER = '0e000000-0000-4000-8000-000000000002' as Oid;
const ALONE: Exclusivity = { others: [], unread: [] };
const codes = (exclusivity: Exclusivity | undefined, more: Parameters<typeof nameEvidence>[4] = {}): string =>
  nameEvidence('ann@corp.example', 'github/saml', 'It is called', exclusivity, more)
    .map(({ code, what }) => `${code} ${what}`)
    .join(' / ');

test('a name that was nobody else’s, and about which all were asked, is strong', () => {
  assert.equal(codes(ALONE), 'S1 It is called ann@corp.example, a name of the person.');
  assert.equal(codes(ALONE, { strong: 'S2' }), 'S2 It is called ann@corp.example, a name of the person.');
});

test('a name is weak where nobody was asked, somebody could not be, or there is a doubt', () => {
  assert.match(codes(undefined), /^W1 .*, but nobody was asked who else holds it\.$/);
  assert.match(codes({ others: [], unread: ['no audit'] }), /^W1 .*, but no audit\.$/);
  assert.match(codes({ others: [], unread: ['no audit'] }, { doubt: 'a doubt' }), /^W1 .*, but a doubt; no audit\.$/);
  assert.match(codes(ALONE, { doubt: 'a doubt' }), /^W1 .*, but a doubt\.$/);
});

test('each other holder makes it worth less, with their id where one is known', () => {
  const told = codes({ others: [{ oid: OTHER, when: 'now' }, { when: 'deleted' }], unread: [] });
  assert.match(told, /^S1 /);
  assert.match(told, new RegExp(`Y3 ann@corp.example belongs to somebody else as well \\(${OTHER}\\)\\.`));
  assert.match(told, /Y3 ann@corp.example belonged to somebody else who was deleted\.$/);
});
