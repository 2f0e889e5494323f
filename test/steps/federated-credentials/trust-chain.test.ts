import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chainsFrom,
  type TrustingPrincipal,
  trustsTenant,
} from '../../../src/steps/federated-credentials/rules/trust-chain.ts';

const TENANT = '5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10';
const OWN = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const oidOf = (name: string): string => `0e000000-0000-4000-8000-0000000000${name}`;
const [X, A, B, C, D] = ['e1', 'a1', 'b1', 'c1', 'd1'].map(oidOf) as [string, string, string, string, string];

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

test('the tenant is the same in any case, and a trust without a subject lets everybody in', () => {
  const open = (oid: string, subject?: string): TrustingPrincipal<string> => ({
    oid,
    parent: `parent of ${oid}`,
    credentials: [
      { name: 'another', issuer: OWN, subject: C },
      { name: 'open', issuer: OWN, ...(subject === undefined ? {} : { subject }) },
    ],
  });
  assert.deepEqual(chainsFrom([X], [open(A), open(B, ` ${X} `)], TENANT.toUpperCase()), [
    { oid: A, parent: `parent of ${A}`, credential: 'open', from: X },
    { oid: B, parent: `parent of ${B}`, credential: 'open', from: X },
  ]);
  assert.ok(trustsTenant({ issuer: OWN }, TENANT.toUpperCase()));
  assert.ok(!trustsTenant({ issuer: `https://westeurope.oic.prod-aks.azure.com/${TENANT}/x` }, TENANT));
  assert.deepEqual(chainsFrom([], [open(A)], TENANT), []);
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
      says(D, `claims['sub'] eq '${X}' and claims['aud'] eq 'y'`),
      says(oidOf('d2'), `claims['sub'] matches '*' and claims['sub'] eq 'x'`),
    ),
    [`${X} ${A}`, `${X} ${B}`, `${X} ${D}`],
  );
});
