import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type About, type Discovered, DiscoveredSchema, UnitSchema, unit } from '../../src/cases/discovery.ts';

const PART: Discovered = {
  ...{ step: 'consent', findings: 0, coverage: 'complete' as const },
  ref: { container: 'work', name: 'x.json', sha256: 'a'.repeat(64), bytes: 1 },
};
const about = { name: 'stepConsent', handler: async (_: About & { readonly page: number }) => PART };

test('a unit names its activity, and what that needs besides the leaver', () => {
  const made = unit(about, { page: 2 });
  assert.deepEqual(made, { activity: 'stepConsent', input: { page: 2 } });
  assert.deepEqual(UnitSchema.parse(made), made);
});

test('a unit may answer with units that could be known only now, and hand facts on', () => {
  const more = { ...PART, more: [unit(about, { page: 3 })], handsOn: { apps: ['a'] } };
  assert.deepEqual(DiscoveredSchema.parse(more), more);
  assert.ok(!DiscoveredSchema.safeParse({ ...PART, more: [{ activity: 'stepConsent' }] }).success);
  assert.ok(!DiscoveredSchema.safeParse({ ...PART, token: 'x' }).success, 'nothing else travels through history');
});
