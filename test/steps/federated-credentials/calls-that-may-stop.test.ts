import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { callsThatMayStop } from '../../../src/steps/federated-credentials/rules/calls-that-may-stop.ts';
import { type IdentityUse, identityTokens } from '../../../src/steps/federated-credentials/rules/identity-tokens.ts';

const oid = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(oid !== undefined);
const USE: IdentityUse = {
  oid,
  name: 'id-sync',
  parent: '/identities/id-sync',
  cut: ['laptop'],
  otherTrusts: [],
  roles: 0,
  calls: 12,
  isProtected: false,
  isRefusable: true,
  tokenMinutes: 60,
};
const tokensOf = (use: Partial<IdentityUse> = {}) =>
  identityTokens(makeCaseId(oid, 1), { ...USE, ...use }, new Date('2026-11-28T12:00:00.000Z'));

test('calls of the identity from which a credential is taken may stop, and the log does not say which', () => {
  const finding = tokensOf();
  assert.deepEqual(callsThatMayStop(USE.parent, 'laptop', [finding]), [
    { what: '12 calls of MCP tools in the last 90 days as id-sync', finding: finding.id, perhaps: true },
  ]);
});

test('an identity without a name is told by its object id', () => {
  const { resource, ...finding } = tokensOf();
  const { name: _, ...nameless } = resource;
  const [told] = callsThatMayStop(USE.parent, 'laptop', [{ ...finding, resource: nameless }]);
  assert.equal(told?.what, `12 calls of MCP tools in the last 90 days as ${oid}`);
});

test('calls that nobody could read are told as that', () => {
  const [told] = callsThatMayStop(USE.parent, 'laptop', [tokensOf({ calls: 'not-read' })]);
  assert.match(told?.what ?? '', /could not be read/);
});

test('an identity that calls nothing, another credential, and another identity of the same name have no part in it', () => {
  assert.deepEqual(callsThatMayStop(USE.parent, 'laptop', [tokensOf({ calls: 0 })]), []);
  assert.deepEqual(callsThatMayStop(USE.parent, 'desktop', [tokensOf()]), []);
  assert.deepEqual(callsThatMayStop('/other/id-sync', 'laptop', [tokensOf()]), []);
});
