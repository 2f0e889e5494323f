import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import type { Ownership } from '../../../src/credentials/ownership.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { ssoCredentialFindingId } from '../../../src/steps/runner-credentials/rules/github/tokens/credential-findings.ts';
import { namedFinding } from '../../../src/steps/runner-credentials/rules/tokens/named-place-finding.ts';
import {
  commonOf,
  openFinding,
  overFinding,
} from '../../../src/steps/runner-credentials/rules/tokens/one-token-finding.ts';
import { judgeTokens } from '../../../src/steps/runner-credentials/rules/tokens/token-findings.ts';
import { tokenItself } from '../../../src/steps/runner-credentials/rules/tokens/token-itself.ts';
import {
  isMalformed,
  judged,
  pointsToLeaver,
} from '../../../src/steps/runner-credentials/rules/tokens/token-judgement.ts';
import type { OwnedToken, TokenPlace } from '../../../src/steps/runner-credentials/rules/tokens/token-place.ts';
import { gatherUnowned, unownedFinding } from '../../../src/steps/runner-credentials/rules/tokens/unowned-tokens.ts';
import { END, LEAVERS, LIKELY, POINTING, place, REVOCABLE, remedy, token, UNKNOWN } from './tokens-world.ts';

const OID = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(OID !== undefined);
const known = {
  leaver: {
    oid: OID,
    displayName: 'Alex Moreau',
    userPrincipalName: 'alex.moreau@corp.example',
    github: [],
    devops: [],
  },
  tenantId: '5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10',
  credentials: [],
};

const DELETION = { remedy: remedy('delete-variable'), words: 'A person decides to delete it.' };

const LISTED: Ownership = { ...LEAVERS, proof: 'sign-on-list', listed: [{ organisation: 'acme', credentialId: 7 }] };

const ANOTHERS: Ownership = { owner: 'someone-else', whom: 'ana', reasons: ['it names ana'] };
const SERVICE: Ownership = { owner: 'service', inLeaversHands: false, reasons: ['it acts as no person'] };
const HELD: Ownership = { ...SERVICE, inLeaversHands: true };

const JUDGED: readonly (readonly [Ownership, title: string, severity: string, closed: boolean])[] = [
  [LEAVERS, 'The leaver’s token', 'critical', false],
  [LIKELY, 'A token that is likely the leaver’s', 'high', false],
  [UNKNOWN, 'A token whose owner cannot be told', 'medium', false],
  [POINTING, 'A token whose owner cannot be told', 'medium', false],
  [HELD, 'A service’s token that the leaver could read', 'high', false],
  [SERVICE, 'A service’s token', 'info', true],
  [ANOTHERS, 'A token of ana', 'info', true],
];
for (const [ownership, title, severity, closed] of JUDGED) {
  test(`${title} is ${severity}, and ${closed ? 'nobody’s to do' : 'open'}`, () => {
    const judgement = judged(ownership, {});
    assert.deepEqual([judgement.title, judgement.severity, judgement.closed === true], [title, severity, closed]);
    const finding = openFinding(place({ ...REVOCABLE, deletion: DELETION }), token(ownership, {}, END));
    assert.equal(finding.severity, severity);
    assert.equal(finding.status === 'nothing-to-do', closed);
    assert.equal(finding.title, `${title} (github-classic) stands in variable TOKEN of acme/api`);
    if (closed) assert.deepEqual([finding.remedy, finding.residual], [undefined, undefined]);
  });
}

test('who acts by a token is whoever runs a job there, unless its place says another', () => {
  assert.equal(judged(LEAVERS, {}).reason, 'Whoever runs a job there acts as the leaver: it names them.');
  assert.match(judged(LEAVERS, { usedBy: 'The server' }).reason, /^The server acts as the leaver/);
});

test('a wrong checksum is no token, unless it is proved to be the leaver’s', () => {
  assert.ok(isMalformed(token(UNKNOWN, { checksum: 'wrong' })));
  assert.ok(isMalformed(token(LIKELY, { checksum: 'wrong' })));
  assert.ok(!isMalformed(token(LEAVERS, { checksum: 'wrong' })));
  assert.ok(!isMalformed(token(UNKNOWN, { checksum: 'none' })));
  assert.deepEqual([POINTING, UNKNOWN, LIKELY, LEAVERS].map(pointsToLeaver), [true, false, false, false]);
});

/** What ends a token: the remedy's kind, and the status without one. */
const ENDED: readonly (readonly [what: string, where: Partial<TokenPlace>, token: OwnedToken, ends: string])[] = [
  ['theirs, listed and in a variable', { ...REVOCABLE, deletion: DELETION }, token(LISTED), 'delete-variable'],
  ['theirs and in a variable', { ...REVOCABLE, deletion: DELETION }, token(LEAVERS), 'revoke-found-token'],
  ['theirs, and nobody revokes it', { deletion: DELETION }, token(LEAVERS), 'delete-variable'],
  ['theirs, and nothing takes it away', {}, token(LEAVERS), 'manual-action'],
  ['theirs, in a file', { status: 'needs-code-change' }, token(LEAVERS), 'needs-code-change'],
  ['likely theirs', { ...REVOCABLE, deletion: DELETION }, token(LIKELY), 'revoke-found-token'],
  ['likely theirs, and nobody revokes it', { deletion: DELETION }, token(LIKELY), 'manual-action'],
  ['of nobody known', { ...REVOCABLE, deletion: DELETION }, token(UNKNOWN), 'manual-action'],
  ['of nobody known, with a sign', { ...REVOCABLE, deletion: DELETION }, token(POINTING), 'manual-action'],
  ['a service’s', { ...REVOCABLE, deletion: DELETION }, token(HELD, { holder: 'service' }), 'manual-action'],
  ['of a service’s format', REVOCABLE, token(LIKELY, { holder: 'service' }), 'manual-action'],
  ['never issued', REVOCABLE, token(LEAVERS, { checksum: 'wrong' }), 'manual-action'],
];
for (const [what, where, of, ends] of ENDED) {
  test(`a token that is ${what}: ${ends}`, () => {
    const { status, remedy: offered } = openFinding(place(where), of);
    assert.equal(offered?.call.kind ?? status, ends);
    assert.equal(offered !== undefined, status === 'awaiting-decision', 'whatever is offered waits for a person');
  });
}

test('a token ends when it says so, and whose it is may be another matter', () => {
  const why = (of: Ownership) => openFinding(place(), token(of, {}, END)).residual;
  assert.deepEqual(why(LEAVERS), { until: '2026-11-23T12:00:00.000Z', why: 'The token ends then.' });
  assert.match(why(LIKELY)?.why ?? '', /nothing proves that it is the leaver’s/);
  assert.equal(openFinding(place(), token(LEAVERS)).residual, undefined);
});

test('one that ended by itself is told and nobody’s to do', () => {
  const { status, severity, reason, remedy: none } = overFinding(place(REVOCABLE), token(LEAVERS, {}, END));
  assert.deepEqual([status, severity, none], ['nothing-to-do', 'info', undefined]);
  assert.match(reason, /^It ended at 2026-11-23T12:00:00\.000Z\./);
});

test('a token is told by its type, digest and last four, and rests on what single sign-on lists', () => {
  const { evidence, restsOn, id } = commonOf(place(), token(LISTED), 'x');
  assert.deepEqual(
    [evidence.tokenType, evidence.sha256, evidence.lastFour, evidence.owner],
    ['github-classic', 'aa', '1234', 'leaver'],
  );
  assert.equal(evidence.proof, 'sign-on-list');
  assert.deepEqual(restsOn, { credentials: [ssoCredentialFindingId('acme', 7)], proved: true });
  assert.notEqual(id, commonOf(place(), token(LISTED, { sha256: 'bb' }), 'x').id);
  assert.equal(commonOf(place(), token(LIKELY), 'x').restsOn, undefined);
});

test('a place that is called like the leaver is a finding, whatever stands in it', () => {
  const named = (variable?: string) =>
    namedFinding(
      place({
        whose: { ...(variable === undefined ? {} : { variable }), container: { what: 'repository', names: [] } },
      }),
      known,
    );
  assert.deepEqual(named('TOKEN'), []);
  assert.deepEqual(named(), []);
  const [finding] = named('ALEX_MOREAU_TOKEN');
  assert.equal(finding?.title, 'ALEX_MOREAU_TOKEN is named after the leaver: variable TOKEN of acme/api');
  assert.deepEqual([finding?.status, finding?.severity, finding?.remedy], ['manual-action', 'medium', undefined]);
  assert.match(named('MOREAU_PAT')[0]?.title ?? '', /^MOREAU_PAT may be named after the leaver/);
});

const unowned = (sha256: string) => ({ type: 'npm' as const, sha256, lastFour: '0000' });
test('tokens of unknown owners are one finding of their place, and of their organisation in a report', () => {
  assert.deepEqual(unownedFinding('acme', place(), []), []);
  const first = unownedFinding('acme', place(), [unowned('aa'), unowned('bb')]);
  const second = unownedFinding('acme', place({ id: 'acme/web#TOKEN' }), [unowned('aa')]);
  const gateway = unownedFinding(
    'apim',
    place({ id: 'nv', resource: { system: 'gateway', type: 'namedValue', id: 'nv' } }),
    [unowned('aa')],
  );
  assert.equal(first[0]?.title, '2 tokens of unknown owners in variable TOKEN of acme/api');
  const gathered = gatherUnowned([...first, ...second, ...first, ...gateway]);
  assert.deepEqual(
    gathered.map(({ title, resource }) => [title, resource.type]),
    [
      ['2 tokens of unknown owners in 2 places of acme', 'organisation'],
      ['1 token of unknown owners in 1 place of apim', 'service'],
    ],
  );
  assert.ok(gathered.every(({ status, severity }) => status === 'manual-action' && severity === 'medium'));
});

test('one token ends once, in however many places it stands', () => {
  const of = (evidence: Finding['evidence']) => tokenItself({ evidence } as Finding);
  assert.deepEqual(of({ sha256: 'a' }), { key: 'a' });
  assert.equal(of({ sha256: 7 }), undefined);
  assert.equal(of({}), undefined);
});

test('a place is judged from what is proved to what nobody knows, each token once', () => {
  const found = (oid: string | undefined, sha256: string) => ({
    hit: {
      ...{ type: 'jwt' as const, holder: 'unknown' as const, checksum: 'none' as const, sha256, lastFour: '0000' },
      claims: {
        iss: `https://login.microsoftonline.com/${known.tenantId}/v2.0`,
        ...(oid === undefined ? {} : { oid }),
      },
    },
    lastEight: sha256.repeat(4),
  });
  const tokens = [found(undefined, 'cc'), found(OID, 'aa'), found(OID, 'aa')];
  const { findings, unowned: nobodys, unproved } = judgeTokens('acme', place(), tokens, known, END);
  assert.deepEqual(
    findings.map(({ kind, evidence }) => `${kind} ${evidence.owner}`),
    ['token-in-variable leaver', 'unowned-tokens unknown'],
  );
  assert.deepEqual([nobodys.map(({ sha256 }) => sha256), unproved], [['cc'], []]);
});
