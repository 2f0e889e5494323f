import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FINDING_STATUSES, FindingSchema, isClosed, SEVERITIES } from '../../src/cases/finding.ts';

const FINDING = {
  ...{ id: 'F-0123456789ab', step: 'consent', kind: 'delegated-grant', title: 'A consent', severity: 'high' },
  ...{ status: 'planned', reason: 'It lets them in.', evidence: { scopes: ['mcp.tools.read'], lastFour: 'x3f9' } },
  resource: { system: 'entra', type: 'oauth2PermissionGrant', id: 'g-1' },
};

test('a finding is closed where it was done or there was nothing to do, and by no other word', () => {
  assert.deepEqual(
    FINDING_STATUSES.filter((status) => isClosed({ status })),
    ['done', 'nothing-to-do'],
  );
});

test('severities go from the most to the least severe', () => {
  assert.deepEqual(SEVERITIES, ['critical', 'high', 'medium', 'low', 'info']);
});

test('a finding is read as it was written, and with anything else not at all', () => {
  assert.deepEqual(FindingSchema.parse(FINDING), FINDING);
  const wrong: readonly (readonly [string, object])[] = [
    ['a member that nobody declared', { token: 'ghp_x' }],
    ['an id that is none', { id: 'R-0123456789ab' }],
    ['a status that is none', { status: 'closed' }],
    ['evidence that is no plain fact', { evidence: { token: { value: 'x' } } }],
    ['an incident that is denied', { incident: false }],
    ['a residual without its end', { residual: { why: 'Tokens live on.' } }],
  ];
  for (const [what, more] of wrong) assert.ok(!FindingSchema.safeParse({ ...FINDING, ...more }).success, what);
});
