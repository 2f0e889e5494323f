import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PLANTED_KINDS } from '../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { tokensIn, whoseToken } from '../../src/credentials/whose-token.ts';
import { parseOid } from '../../src/people/oid.ts';

const mint = makeTokenMint();
const oid = parseOid(WORLD.leaver.oid);
const other = parseOid('00000000-0000-4000-8000-000000000001');
if (oid === undefined || other === undefined) throw new Error('the ids are no GUIDs');
const leaver = { oid, userPrincipalName: WORLD.leaver.userPrincipalName };
const [token] = tokensIn(`TOKEN=${mint.mint('github-classic')}`);
const [bearer] = tokensIn(mint.mint('jwt'));
const [service] = tokensIn(mint.mint('github-installation'));
if (token === undefined || bearer === undefined || service === undefined) throw new Error('the detector found nothing');

test('a token whose last eight characters single sign-on lists for the leaver is the leaver’s', () => {
  const known = [{ credentialId: 7, tokenLastEight: token.lastEight }];
  assert.equal(whoseToken(token, leaver, known).owner, 'leaver');
});

test('without that, a person’s token is nobody’s that we could name', () => {
  assert.equal(
    whoseToken(token, leaver, [{ credentialId: 7, tokenLastEight: 'ABCDEFGH' }, { credentialId: 8 }]).owner,
    'unknown',
  );
});

test('the last eight characters prove nothing about another vendor’s token', () => {
  const [foreign] = tokensIn(mint.mint('azure-devops'));
  assert.ok(foreign);
  assert.equal(whoseToken(foreign, leaver, [{ credentialId: 7, tokenLastEight: foreign.lastEight }]).owner, 'unknown');
});

test('claims that name the leaver prove it, and claims that name another disprove it', () => {
  assert.equal(whoseToken(bearer, leaver, []).owner, 'leaver');
  assert.equal(whoseToken(bearer, { ...leaver, oid: other }, []).owner, 'somebody-else');
});

test('an app’s token is a service’s', () => {
  assert.equal(whoseToken(service, leaver, []).owner, 'service');
});

test('what is known of a found token never holds the token', () => {
  for (const kind of PLANTED_KINDS) {
    const value = mint.mint(kind);
    const found = tokensIn(`before ${value} after`);
    assert.equal(found.length, 1, kind);
    assert.equal(JSON.stringify(found).includes(value), false);
    assert.equal(found[0]?.lastEight, value.slice(-8));
  }
});
