import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { OffboardingRequest } from '../../../src/cases/case.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { rememberProtectedPeople } from '../../../src/intake/person/protected-groups.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const OUTER = '9a000000-0000-4000-8000-000000000001';
const INNER = '9a000000-0000-4000-8000-000000000002';
const app = await startIntakeApp({ settings: { PROTECTED_GROUPS: OUTER } });
after(() => app.stop());
const { config, directory, administrator } = app;
const vendors = openVendors(config);
const inner = new Set<string>();
directory.groups.add({ id: OUTER, displayName: 'Works council', memberIds: new Set([INNER]) });
directory.groups.add({ id: INNER, displayName: 'Deputies', memberIds: inner });

const open = async (oid: Oid, more: Partial<OffboardingRequest> = {}, settings = config) => {
  const opened = await openCase(
    vendors,
    settings,
    {
      oid,
      trigger: 'hr-queue',
      reason: 'left',
      requestedBy: 'hr',
      requestedAt: new Date().toISOString(),
      mode: 'apply',
      lastDay: '2026-01-31',
      ...more,
    },
    app.start,
  );
  return 'stored' in opened ? { kind: opened.kind, refusal: opened.stored.row.refusal } : { kind: opened.kind };
};
const hire = (isProtected: boolean): Oid => {
  const oid = app.hire();
  if (isProtected) inner.add(oid);
  return oid;
};
const remember = (at = new Date()) => rememberProtectedPeople(vendors, config, at);

test('who is in a protected group, by a group within it, is refused in either mode; who is in none is not', async () => {
  const [council, other] = [hire(true), hire(false)];
  for (const mode of ['apply', 'plan'] as const) {
    const refused = await open(council, { mode });
    assert.deepEqual([refused.kind, /Works council/.test(refused.refusal ?? '')], ['refused', true], mode);
  }
  assert.equal((await open(other)).kind, 'opened');
  assert.deepEqual(app.startsOf(council), []);
});

test('deleted before the groups were ever read: nothing is cut, and a plan may be made', async () => {
  const oid = hire(false);
  await administrator.deleteUser(oid);
  assert.match((await open(oid)).refusal ?? '', /not known/);
  assert.equal((await open(oid, { mode: 'plan' })).kind, 'opened');
});

test('who was in the group when it was read is refused after the deletion, and who was not is offboarded', async () => {
  const [council, other] = [hire(true), hire(false)];
  assert.equal((await remember()).failure, undefined);
  for (const oid of [council, other]) await administrator.deleteUser(oid);
  inner.delete(council);
  await remember();
  assert.match((await open(council)).refusal ?? '', /protected group/);
  assert.equal((await open(other)).kind, 'opened');
});

test('a group that was added to the setting since is not known of whoever was deleted before', async () => {
  const oid = hire(false);
  await administrator.deleteUser(oid);
  const more = { ...config, PROTECTED_GROUPS: [OUTER, INNER] };
  assert.match((await open(oid, {}, more)).refusal ?? '', /not known/);
});

test('an id that is no group, a group that hides its members, a directory that does not answer: nothing is cut', async () => {
  const oid = hire(false);
  const wrong = { ...config, PROTECTED_GROUPS: [OUTER, '9a000000-0000-4000-8000-0000000000ff'] };
  assert.match((await open(oid, {}, wrong)).refusal ?? '', /has no group/);
  const outer = directory.groups.get(OUTER);
  assert.ok(outer !== undefined);
  directory.groups.add({ ...outer, visibility: 'HiddenMembership' });
  assert.match((await open(oid)).refusal ?? '', /hides its members/);
  assert.match((await remember()).failure ?? '', /hides/);
  directory.groups.add(outer);
  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: /checkMemberGroups/,
    effect: { kind: 'answer', status: 503 },
  });
  assert.equal((await open(oid)).kind, 'unreadable');
  lift();
  assert.equal((await open(oid)).kind, 'opened');
});
