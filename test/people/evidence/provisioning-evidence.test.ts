import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  managedLoginEvidence,
  type ProvisioningWrite,
  provisioningEvidence,
} from '../../../src/people/evidence/provisioning-evidence.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const write = (more: Partial<ProvisioningWrite> = {}): ProvisioningWrite => ({
  oid: oid(1),
  targetId: 'Row-1',
  made: false,
  toGitHub: true,
  at: '2026-03-01T00:00:00Z',
  ...more,
});
const codes = (...writes: readonly ProvisioningWrite[]): string =>
  provisioningEvidence(oid(1), { guid: 'row-1' }, writes)
    .map(({ code }) => code)
    .join(' ');

test('that provisioning made the row for the person is proof, that it wrote to one that was there is strong', () => {
  assert.equal(codes(write({ made: true })), 'P3');
  assert.equal(codes(write()), 'S3');
  assert.equal(codes(write(), write({ made: true, at: '2026-04-01T00:00:00Z' })), 'P3');
});

test('what it wrote for others, or elsewhere, says nothing of the person', () => {
  assert.equal(codes(), '');
  assert.equal(codes(write({ oid: oid(2), made: true })), '');
  assert.equal(codes(write({ targetId: 'row-2', made: true })), '');
  assert.equal(provisioningEvidence(oid(1), { guid: 'ROW-1' }, [write()]).length, 1, 'a GUID has no case');
});

test('a row that was written for two people has two truths, each other one told once', () => {
  assert.equal(codes(write({ made: true }), write({ oid: oid(2) }), write({ oid: oid(2) })), 'P3 X1');
  assert.equal(codes(write(), write({ oid: oid(2), targetId: 'row-2' })), 'S3');
});

test('a managed login is joined to its user by what GitHub makes of the name', () => {
  const found = (login: string, more: Partial<ProvisioningWrite>) =>
    managedLoginEvidence(oid(1), login, [write(more)])
      .map(({ code }) => code)
      .join(' ');
  const alex = { targetName: 'Alex.Moreau@corp.example' };
  assert.equal(found('Alex-Moreau_acme', alex), 'S3');
  assert.equal(found('alex-moreau_acme', { targetName: '.alex..moreau-@corp.example' }), 'S3');
  assert.equal(found('alex-moreau', alex), '');
  assert.equal(found('Alex-Moreau', alex), '');
  assert.equal(found('amoreau_acme', alex), '');
  assert.equal(found('alex-moreau_acme', { ...alex, oid: oid(2) }), '');
  assert.equal(found('alex-moreau_acme', { ...alex, toGitHub: false }), '');
  assert.equal(found('alex-moreau_acme', {}), '');
});
