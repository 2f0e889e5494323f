import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { type IdentityUse, identityTokens } from '../../../src/steps/federated-credentials/rules/identity-tokens.ts';

const oid = '0e000000-0000-4000-8000-0000000000e1' as Oid;
const caseId = makeCaseId('0e000000-0000-4000-8000-000000000001' as Oid, 1);
const NOW = new Date('2026-11-28T09:00:00.000Z');
const ALONE: IdentityUse = {
  parent: 'an-identity',
  oid,
  name: 'id-sync',
  cut: ['nightly'],
  otherTrusts: [],
  roles: 0,
  calls: 0,
  isProtected: false,
  isRefusable: true,
  tokenMinutes: 1_440,
};

test('an identity that nothing else uses is denied by itself, and leaves no residual', () => {
  const { status, remedy, residual } = identityTokens(caseId, ALONE, NOW);
  assert.deepEqual([status, remedy?.risk, residual], ['planned', 'safe', undefined]);
  assert.deepEqual(remedy?.call, {
    kind: 'deny-identity',
    caseId,
    oid,
    name: 'id-sync',
    minutes: 1_450,
    expected: { oid },
  });
});

test('the finding says who keeps a token, for how long, and what else uses the identity', () => {
  const { remedy: _, ...told } = identityTokens(caseId, { ...ALONE, cut: ['a', 'b'], roles: 2, calls: 3 }, NOW);
  assert.deepEqual(told, {
    id: findingId('federated-credentials', 'identity-tokens', oid),
    step: 'federated-credentials',
    kind: 'identity-tokens',
    title: 'Tokens of id-sync live on when the trust in the leaver is cut',
    resource: { system: 'entra', type: 'servicePrincipal', id: oid, name: 'id-sync' },
    severity: 'medium',
    status: 'awaiting-decision',
    reason:
      'Whoever signed in as id-sync by a or b before they are removed keeps a token for up to 24 hours. To refuse the identity at the gateway would stop what else uses it, or may: 2 app roles on the gateway; 3 calls of MCP tools in the last 90 days.',
    evidence: {
      parent: 'an-identity',
      cut: ['a', 'b'],
      otherTrusts: [],
      roles: 2,
      calls: 3,
      tokenMinutes: 1_440,
    },
    residual: {
      until: '2026-11-29T09:10:00.000Z',
      why: 'Entra may honour the trust for 10 minutes more, and a token then lives up to 24 hours, unless the gateway refuses the identity.',
    },
  });
  const alone = identityTokens(caseId, ALONE, NOW);
  assert.equal(
    alone.reason,
    'Whoever signed in as id-sync by nightly before it is removed keeps a token for up to 24 hours. Nothing else uses the identity, so that the gateway refuses it until they have ended.',
  );
  const unread = identityTokens(caseId, { ...ALONE, roles: 'not-read', calls: 'not-read' }, NOW).evidence;
  assert.deepEqual([unread.roles, unread.calls], [null, null]);
});

test('an identity that is had by another’s tokens keeps its own from the last of those on', () => {
  const through = { name: 'id-first', credential: 'of-first', minutes: 1_450 };
  const use = { ...ALONE, cut: [], through, calls: 1, tokenMinutes: 60 };
  const { reason, evidence, residual, remedy } = identityTokens(caseId, use, NOW);
  assert.match(
    reason,
    /^Whoever signed in as id-first before the leaver’s trust there is cut can sign in as id-sync by of-first for up to 24 hours and 10 minutes, and then keeps a token for up to 60 minutes\. /,
  );
  assert.equal(evidence.through, 'id-first');
  assert.equal(remedy?.call.minutes, 1_510);
  assert.deepEqual(residual, {
    until: '2026-11-29T10:10:00.000Z',
    why: 'A token that was had by one of id-first lives up to 25 hours and 10 minutes from the cut, unless the gateway refuses the identity.',
  });
});

const USED: readonly (readonly [string, Partial<IdentityUse>, RegExp])[] = [
  ['another trust', { otherTrusts: ['of-ana', 'of-ben'] }, /sign-in by of-ana, of-ben/],
  ['a role on the gateway', { roles: 1 }, /1 app role on the gateway/],
  ['calls by anybody', { calls: 12 }, /12 calls of MCP tools/],
  ['roles that nobody could read', { roles: 'not-read' }, /app roles on the gateway that could not be read/],
  ['calls that nobody could read', { calls: 'not-read' }, /calls that could not be read/],
  [
    'days that the log does not prove',
    { calls: 'not-read', unprovenDays: 2 },
    /calls on 2 days of which the log proves/,
  ],
  ['the word of the firm', { isProtected: true }, /PROTECTED_OIDS/],
];
for (const [what, use, says] of USED) {
  test(`with ${what}, denying waits for a person, who is told what would stop; until then the tokens have an end`, () => {
    const finding = identityTokens(caseId, { ...ALONE, ...use }, NOW);
    assert.deepEqual([finding.status, finding.remedy?.risk], ['awaiting-decision', 'disruptive']);
    assert.match(finding.reason, says);
    assert.equal(finding.residual?.until, '2026-11-29T09:10:00.000Z');
  });
}

test('where no gateway could refuse it, nothing is proposed, and the tokens are access that ends by itself', () => {
  const { status, remedy, residual, reason } = identityTokens(caseId, { ...ALONE, isRefusable: false }, NOW);
  assert.deepEqual([status, remedy], ['nothing-to-do', undefined]);
  assert.equal(residual?.until, '2026-11-29T09:10:00.000Z');
  assert.match(reason, /No gateway is there that could refuse the identity/);
});
