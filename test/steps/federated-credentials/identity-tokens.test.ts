import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCaseId } from '../../../src/cases/ids.ts';
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

const USED: readonly (readonly [string, Partial<IdentityUse>, RegExp])[] = [
  ['another trust', { otherTrusts: ['of-ana', 'of-ben'] }, /sign-in by of-ana, of-ben/],
  ['a role on the gateway', { roles: 1 }, /1 app role on the gateway/],
  ['calls by anybody', { calls: 12 }, /12 calls of MCP tools/],
  ['roles that nobody could read', { roles: 'not-read' }, /app roles on the gateway that could not be read/],
  ['calls that nobody could read', { calls: 'not-read' }, /calls that could not be read/],
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
