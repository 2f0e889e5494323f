import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainsFrom, type TrustingPrincipal } from '../../../src/steps/federated-credentials/rules/trust-chain.ts';

const TENANT = '5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10';
const OWN = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const oidOf = (name: string): string => `0e000000-0000-4000-8000-0000000000${name}`;
const [X, A, B, C] = ['e1', 'a1', 'b1', 'c1'].map(oidOf) as [string, string, string, string];

const trusts = (oid: string, subject: string, issuer = OWN): TrustingPrincipal<string> => ({
  oid,
  parent: oid,
  credentials: [{ name: `of-${subject}`, issuer, subject }],
});
const reached = (...trusting: TrustingPrincipal<string>[]): string[] =>
  chainsFrom([X], trusting, TENANT).map(({ oid, from }) => `${from} ${oid}`);

test('who trusts a principal is had by it, and so on, each once, and a circle ends', () => {
  assert.deepEqual(reached(trusts(A, X), trusts(B, A.toUpperCase()), trusts(C, B), trusts(X, C)), [
    `${X} ${A}`,
    `${A} ${B}`,
    `${B} ${C}`,
  ]);
});

test('both issuers of the tenant count, and those of another tenant, or others of it, do not', () => {
  assert.deepEqual(reached(trusts(A, X, `https://sts.windows.net/${TENANT}/`)), [`${X} ${A}`]);
  assert.deepEqual(reached(trusts(A, X, OWN.replace(TENANT, oidOf('00'))), trusts(B, C)), []);
});

test('a pattern that covers the principal, and one that nobody understands, let it in', () => {
  const says = (oid: string, expression: string): TrustingPrincipal<string> => ({
    oid,
    parent: oid,
    credentials: [{ name: 'flexible', issuer: OWN, expression }],
  });
  assert.deepEqual(
    reached(
      says(A, `claims['sub'] matches '${X.slice(0, 8)}*'`),
      says(B, 'what?'),
      says(C, `claims['sub'] eq '${B}x'`),
    ),
    [`${X} ${A}`, `${X} ${B}`],
  );
});
