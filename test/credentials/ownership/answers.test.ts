import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TokenType } from '../../../src/credentials/detector/token-hit.ts';
import {
  explainedBySignOn,
  type Known,
  type ListedCredential,
  type OwnableToken,
  type Ownership,
  ownershipOf,
} from '../../../src/credentials/ownership.ts';
import { account, ana, iss, leaver, nobody, oid, plain } from './world.ts';

/** A token by what is known of it alone. */
const aToken = (more: Partial<OwnableToken['hit']> = {}, alike?: readonly number[]): OwnableToken => ({
  hit: {
    ...{ type: 'github-classic', holder: 'personal', checksum: 'valid', sha256: 'a'.repeat(64), lastFour: 'wxyz' },
    ...more,
  },
  ...(alike === undefined
    ? { lastEight: 'stuvwxyz' }
    : { alike: alike.map((credentialId) => ({ organisation: 'acme', credentialId, same: true })) }),
});
const credential = (credentialId: number, login: string, more: Partial<ListedCredential> = {}): ListedCredential => ({
  ...{ organisation: 'acme', credentialId, login, tokenLastEight: 'stuvwxyz' },
  ...more,
});
const own = credential(7, 'amoreau', { ownerId: account.id });
const knowing = (credentials: readonly ListedCredential[], more: Partial<Known['leaver']> = {}): Known => ({
  ...{ ...nobody, leaver: { ...leaver, ...more }, credentials },
});
const NO_PROOF = 'its format is a person’s, and nothing proves whose it is';
const LISTED = 'single sign-on of acme lists it as the leaver’s credential 7';
const OTHERS = 'single sign-on of acme lists it as credential 8 of bwalter';
const other = credential(8, 'bwalter');

const ANSWERS: readonly (readonly [what: string, token: OwnableToken, known: Known, answer: Ownership])[] = [
  [
    'the leaver’s object id, whatever is listed',
    aToken({ type: 'jwt', claims: { oid, iss } }),
    knowing([other]),
    { owner: 'leaver', proof: 'object-id', reasons: ['it names the leaver’s object id'] },
  ],
  [
    'another’s object id',
    aToken({ type: 'jwt', claims: { oid: ana.oid, iss } }),
    knowing([own]),
    { owner: 'someone-else', whom: `the object ${ana.oid}`, reasons: [`it names the object id ${ana.oid}`] },
  ],
  [
    'a listed one of a proved account',
    aToken(),
    knowing([credential(1, 'x', { tokenLastEight: '0000wxyz' }), own, { ...own, credentialId: 9 }]),
    { owner: 'leaver', proof: 'sign-on-list', reasons: [LISTED], listed: [own, { ...own, credentialId: 9 }] },
  ],
  [
    'a listed one that was compared before',
    aToken({}, [7]),
    knowing([{ ...own, organisation: 'globex' }, own, credential(8, 'bwalter')]),
    { owner: 'leaver', proof: 'sign-on-list', reasons: [LISTED], listed: [own] },
  ],
  [
    'one that was compared before to another organisation’s',
    aToken({}, [7]),
    knowing([{ ...own, organisation: 'globex' }]),
    { owner: 'unknown', pointsToLeaver: false, reasons: [NO_PROOF] },
  ],
  [
    'a listed one beside another’s',
    aToken(),
    knowing([own, other]),
    { owner: 'likely', reasons: [LISTED, 'bwalter has a credential that ends alike'] },
  ],
  [
    'a listed one of an account that is not proved',
    aToken(),
    knowing([own], { github: [{ ...account, confidence: 'likely' }] }),
    { owner: 'likely', reasons: [LISTED, 'it is not proved that the account amoreau is the leaver’s'] },
  ],
  [
    'another login’s, where one account of the leaver is proved',
    aToken(),
    knowing([other], { github: [{ ...account, id: 5, confidence: 'weak' }, account] }),
    { owner: 'someone-else', whom: 'bwalter', reasons: [OTHERS] },
  ],
  [
    'another login’s, where no account of the leaver is proved',
    aToken(),
    knowing([other], { github: [{ ...account, confidence: 'likely' }] }),
    {
      ...{ owner: 'unknown', pointsToLeaver: true },
      reasons: [OTHERS, 'no account of the leaver is proved, so that this one may be theirs'],
    },
  ],
  [
    'another login’s that is proved to be a colleague’s',
    aToken(),
    knowing([other], { othersAccounts: [{ vendor: 'github', id: '9', login: 'BWalter', whose: 'It is Bo’s.' }] }),
    { owner: 'someone-else', whom: 'bwalter', reasons: [OTHERS, 'It is Bo’s.'] },
  ],
  [
    'another login’s in capitals that is proved to be a colleague’s',
    aToken(),
    knowing([credential(8, 'BWALTER')], {
      othersAccounts: [{ vendor: 'github', id: '9', login: 'bwalter', whose: 'It is Bo’s.' }],
    }),
    { owner: 'someone-else', whom: 'BWALTER', reasons: [OTHERS.replace('bwalter', 'BWALTER'), 'It is Bo’s.'] },
  ],
  [
    'another login’s that carries the leaver’s name',
    aToken(),
    knowing([credential(8, 'alex-moreau')], { othersAccounts: [] }),
    {
      owner: 'likely',
      reasons: [
        'single sign-on of acme lists it as credential 8 of alex-moreau',
        'the login alex-moreau is named after the leaver',
      ],
    },
  ],
  [
    'a token of a service, which no list of people tells of',
    aToken({ holder: 'service' }),
    knowing([own]),
    { owner: 'service', inLeaversHands: false, reasons: ['it acts as no person'] },
  ],
  [
    'a token of another vendor that ends alike',
    aToken({ type: 'gitlab' }),
    knowing([own]),
    { owner: 'unknown', pointsToLeaver: false, reasons: [NO_PROOF] },
  ],
  [
    'a token of anybody’s',
    aToken({ type: 'npm', holder: 'unknown' }),
    knowing([own]),
    {
      ...{ owner: 'unknown', pointsToLeaver: false },
      reasons: ['its format says nothing of its holder, and nothing proves whose it is'],
    },
  ],
];
for (const [what, token, known, answer] of ANSWERS) {
  test(`${what}: ${answer.owner}`, () => assert.deepEqual(ownershipOf(token, plain, known), answer));
}

test('signs of the place are told with the answer, and what names somebody else outweighs them', () => {
  const place = { ...plain, onLeaversMachine: true, lastEditedBy: ['aad.leaver'] };
  const [runs, edited] = ['the pipeline runs on the leaver’s machine', 'the leaver edited the pipeline last'];
  const npm = aToken({ type: 'npm', holder: 'unknown' });
  assert.deepEqual(ownershipOf(npm, place, nobody), { owner: 'likely', reasons: [runs, edited] });
  assert.deepEqual(ownershipOf(aToken({ type: 'npm', holder: 'service' }), place, nobody), {
    ...{ owner: 'service', inLeaversHands: true, reasons: ['it acts as no person', runs, edited] },
  });
  const named = { ...plain, variable: 'ALEX_MOREAU_TOKEN', endsLike: 'The credential 7' };
  assert.deepEqual(ownershipOf(aToken({ type: 'npm', holder: 'service' }), named, nobody), {
    ...{ owner: 'service', inLeaversHands: true },
    reasons: ['it acts as no person', 'the variable is named after the leaver'],
  });
  const jwt = aToken({ type: 'jwt', holder: 'unknown', claims: { upn: 'ana@corp.example' } });
  const against = 'its claim upn names ana@corp.example, which is no proof';
  const nothing = 'its format says nothing of its holder, and nothing proves whose it is';
  assert.deepEqual(ownershipOf(jwt, place, nobody), {
    ...{ owner: 'unknown', pointsToLeaver: true, reasons: [nothing, against, runs, edited] },
  });
  assert.deepEqual(ownershipOf(jwt, plain, nobody), {
    ...{ owner: 'unknown', pointsToLeaver: false, reasons: [nothing, against] },
  });
  assert.deepEqual(ownershipOf(npm, { ...plain, lastEditedBy: ['aad.leaver'] }, nobody), {
    ...{ owner: 'unknown', pointsToLeaver: true, reasons: [nothing, edited] },
  });
});

test('lists of single sign-on tell of what people hold at GitHub, if any of it is theirs', () => {
  const hit = (type: TokenType, holder: 'personal' | 'service') => ({ hit: { type, holder } }) as const;
  for (const [found, expected] of [
    [[], false],
    [[hit('github-classic', 'personal')], true],
    [[hit('npm', 'personal'), hit('github-oauth', 'personal')], true],
    [[hit('github-installation', 'service')], false],
    [[hit('npm', 'personal')], false],
  ] as const)
    assert.equal(explainedBySignOn(found), expected, JSON.stringify(found));
});
