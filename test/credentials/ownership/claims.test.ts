import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../../local/tenant/seeds/seed-context.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { explainedBySignOn, type Known, ownershipOf } from '../../../src/credentials/ownership.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import { account, ana, elsewhere, iss, leaver, mint, nobody, plain, tenantId, tokenIn, verdict } from './world.ts';

describe('a claim that names somebody, with a domain or without', () => {
  const here = { ...leaver, onPremises: { samAccountName: 'am0042', domain: 'ad.nordwind.local' } };
  for (const [name, owner] of [
    ['amoreau', 'likely'],
    ['CORP\\amoreau', 'likely'],
    ['AD\\am0042', 'likely'],
    ['a.moreau@corp.example', 'likely'],
    ['OTHERCORP\\amoreau', 'unknown'],
    ['amoreau@other.example', 'unknown'],
    ['live.com#amoreau@mail.example', 'unknown'],
  ] as const) {
    test(`${name}: ${owner}, with a sign towards the leaver`, () => {
      const token = tokenIn(mint.jwt({ iss: 'https://sso.example', unique_name: name }));
      const answer = ownershipOf(token, plain, { ...nobody, leaver: here });
      assert.equal(answer.owner, owner);
      if (answer.owner === 'unknown') assert.equal(answer.pointsToLeaver, true);
    });
  }

  test('names somebody else: it speaks against the leaver', () => {
    const token = tokenIn(mint.jwt({ iss: 'https://sso.example', unique_name: 'CORP\\bokafor' }));
    const answer = ownershipOf(token, plain, nobody);
    assert.ok(answer.owner === 'unknown' && !answer.pointsToLeaver);
  });
});

test('an application’s token that names the leaver is in the leaver’s hands', () => {
  const token = tokenIn(mint.jwt({ idtyp: 'app', upn: 'alex.moreau@corp.example' }));
  const answer = ownershipOf(token, plain, nobody);
  assert.deepEqual([answer.owner, answer.owner === 'service' && answer.inLeaversHands], ['service', true]);
  const other = ownershipOf(tokenIn(mint.jwt({ idtyp: 'app', upn: 'ana@corp.example' })), plain, nobody);
  assert.equal(other.owner === 'service' && other.inLeaversHands, false);
});

test('the last eight characters prove nothing about another vendor’s token', () => {
  const text = mint.mint('azure-devops');
  const credentials = [
    { organisation: 'acme', credentialId: 7, login: 'amoreau-silva', tokenLastEight: text.slice(-8) },
  ];
  assert.equal(verdict(text, plain, { ...nobody, credentials }), 'unknown');
  assert.deepEqual(
    [explainedBySignOn([tokenIn(text)]), explainedBySignOn([tokenIn(mint.mint('github-oauth'))])],
    [false, true],
  );
});

test('a listed token is the leaver’s only as surely as the account is', () => {
  const text = mint.mint('github-classic');
  const credential = { organisation: 'acme', credentialId: 7, login: 'AMoreau', tokenLastEight: text.slice(-8) };
  const own = { ...credential, ownerId: account.id };
  const other = { ...credential, credentialId: 8, login: 'amoreau-silva' };
  const asked = (confidence: GitHubAccount['confidence'], credentials: Known['credentials']) =>
    verdict(text, plain, { ...nobody, leaver: { ...leaver, github: [{ ...account, confidence }] }, credentials });
  assert.equal(asked('proved', [own]), 'leaver');
  assert.equal(asked('likely', [own]), 'likely');
  assert.equal(asked('weak', [own]), 'likely');
  assert.equal(asked('proved', [other, own]), 'likely');
  // The login is the leaver's of before, and by its number the account is somebody who claimed it since.
  assert.notEqual(asked('proved', [credential]), 'leaver');
  assert.equal(asked('proved', [other]), 'someone-else');
});

test('an object id of another tenant, or of none, proves nobody else', () => {
  assert.equal(verdict(mint.jwt({ oid: ana.oid })), 'unknown');
  assert.equal(verdict(mint.jwt({ oid: ana.oid, tid: tenantId, iss: 'https://idp.of-the-leaver.example' })), 'unknown');
  assert.equal(verdict(mint.sas({ skoid: ana.oid, sktid: elsewhere })), 'unknown');
  assert.equal(verdict(mint.jwt({ oid: ana.oid, iss: `https://sts.windows.net/${tenantId}/` })), 'someone-else');
  assert.equal(
    verdict(mint.jwt({ oid: ana.oid, iss: iss.replace(tenantId, elsewhere), email: 'a.moreau@corp.example' })),
    'likely',
  );
});

test('what is known of a found token never holds the token', () => {
  for (const kind of [...PLANTED_KINDS, ...FOREIGN_KINDS]) {
    const value = mint.mint(kind);
    const found = tokenIn(`before ${value} after`);
    assert.equal(JSON.stringify(found).includes(value), false);
    assert.equal(found.lastEight, value.slice(-8));
  }
});

test('what a token says of itself is told without the secrets that somebody wrote into it', () => {
  const inside = mint.mint('github-classic');
  // The one inside is found as well; what is asked here is what the token around it says.
  const around = findTokens(mint.jwt({ email: `${inside}@corp.example` })).find(({ hit }) => hit.type === 'jwt');
  assert.ok(around !== undefined);
  const { reasons } = ownershipOf(around, plain, nobody);
  assert.ok(!reasons.some((reason) => reason.includes(inside.slice(4))));
  assert.ok(reasons.some((reason) => reason.includes('its claim email names')));
  // What is no object id is no proof either.
  assert.equal(verdict(mint.jwt({ oid: 'somebody', iss })), 'unknown');
});
