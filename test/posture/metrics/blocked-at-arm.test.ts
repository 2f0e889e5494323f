import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { refusal, scanned } from '../../../local/tenant/arm/alerts/activity-log.ts';
import { assignPolicy, MCP_SUBNET } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import type { ArmEvent } from '../../../local/tenant/arm/state.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { blockedAtArm } from '../../../src/posture/metrics/blocked-at-arm.ts';
import { blocked } from '../../../src/posture/readings/calls/blocked.ts';
import { enterBlocked, readFrom } from '../../../src/posture/runs/blocked-ledger.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { measuredNow } from '../support/checked.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { throttled } from '../support/throttled.ts';

const DAY_MS = 86_400_000;
const arm = seedArm(seedContext());
const app = await startApp({ vendors: (core) => [makeArm(core, arm)], storage: true });
after(() => app.stop());
const { platform } = WORLD.subscriptions;
const SUB = `/subscriptions/${platform}`;
const settings = { SUBSCRIPTION_IDS: [platform] };
const LEDGER = `posture/blocked/${platform.toLowerCase()}.json`;

let assignment: string;
beforeEach(async () => {
  arm.policyObjects.clear();
  arm.events.length = 0;
  arm.eventPageSize = 200;
  ({ assignment } = assignPolicy(arm, 'mcp-managed-identity', { effect: 'Deny' }));
  // As before the first run: the whole time is read anew.
  await app.context.vendors.storage.changeDocument(LEDGER, () =>
    JSON.stringify({ since: daysAgo(200).toISOString(), until: daysAgo(100).toISOString(), blocked: [] }),
  );
});

function daysAgo(days: number, minutes = 0): Date {
  return new Date(Math.floor(Date.now() / DAY_MS - days) * DAY_MS + (720 + minutes) * 60_000);
}
function refused(
  n: number,
  more: Partial<ArmEvent> = {},
  by: Parameters<typeof refusal>[1] = [{ assignment }],
): ArmEvent {
  const resourceId = `${SUB}/resourceGroups/rg/providers/Microsoft.ContainerInstance/containerGroups/aci-${n}`;
  const event = { subscriptionId: platform, at: daysAgo(1), caller: 'dev@northwind.example', resourceId };
  return { ...refusal({ ...event, correlationId: `c0000000-0000-4000-8000-00000000000${n}` }, by), ...more };
}
const measured = (changed: object = settings) => measuredNow(app, blockedAtArm, changed);
const told = async () => {
  const { state, value, terms } = await measured();
  return [state, value, terms.blocked];
};

test('a caller, a resource and a day are one attempt; a correlation id and a resource are one request', async () => {
  const one = refused(1);
  arm.events.push(
    // A validation and the request itself, in other cases.
    one,
    { ...one, at: new Date(one.at.getTime() + 1_000), resourceId: one.resourceId.toUpperCase() },
    // The pipeline tries again.
    refused(2, { resourceId: one.resourceId, caller: 'DEV@northwind.example' }),
    refused(3, { resourceId: one.resourceId, at: daysAgo(3) }),
    refused(4, { caller: 'other@northwind.example' }),
  );
  assert.deepEqual(await told(), ['exact', 3, 4]);
  assert.equal(
    (await measured()).arithmetic,
    '3 attempts, 4 requests that were refused, in thirty days by 1 assignment',
  );
});

test('neither what a scan says, nor what others refused, nor what failed by itself, nor what is long ago counts', async () => {
  const other = `${SUB}/providers/Microsoft.Authorization/policyAssignments/other`;
  arm.events.push(
    scanned(refused(1)),
    { ...scanned(refused(2)), operation: 'Microsoft.Authorization/policies/deny/action', status: 'Failed' },
    refused(3, {}, [{ assignment: other }]),
    refused(4, { operation: 'Microsoft.ContainerInstance/containerGroups/write' }),
    refused(5, { at: daysAgo(40) }),
    refused(6, { provider: 'Microsoft.Storage' }),
  );
  assert.deepEqual(await told(), ['exact', 0, 0]);
});

test('of an initiative only its policy that is ours counts, on the second page as well', async () => {
  arm.eventPageSize = 1;
  assignPolicy(arm, 'mcp-approved-subnet', { effect: 'Deny', approvedSubnetIds: [MCP_SUBNET] });
  const upper = [{ assignment: assignment.toUpperCase(), reference: 'Identity' }];
  arm.events.push(refused(1), refused(2, { at: daysAgo(3) }, upper), refused(3, { at: daysAgo(4) }));
  assert.deepEqual(await told(), ['exact', 3, 3]);
});

test('without an assignment there is nothing to count, and not none', async () => {
  arm.policyObjects.clear();
  arm.events.push(refused(1));
  assert.deepEqual(await told(), ['not-applicable', undefined, 0]);
  assert.equal((await measured({ SUBSCRIPTION_IDS: [] })).state, 'unknown');
});

test('what is kept counts although the log has forgotten it, and what is read in part is at least so much', async () => {
  arm.events.push(refused(1, { at: daysAgo(20) }));
  assert.deepEqual(await told(), ['exact', 1, 1]);
  arm.events.length = 0;
  arm.events.push(refused(2));
  assert.deepEqual(await told(), ['exact', 2, 2]);
  await throttled(app, /eventtypes/, async () => assert.deepEqual(await told(), ['at-least', 2, 2]));
  arm.events.push(refused(3, { properties: { isComplianceCheck: 'False', policies: 'not JSON' } }));
  assert.deepEqual(await told(), ['at-least', 2, 2]);
});

withoutEach(app, [blocked], async (action) => {
  const { state, gaps } = await measured();
  assert.deepEqual([state, gaps[0]?.missingPermission], ['unknown', action]);
});

test('the log is read from two days before, and from 89 days ago at most; of a hole nobody knows', () => {
  const to = new Date('2026-11-30T04:00:00.000Z');
  const ledger = { since: '2026-01-01T00:00:00.000Z', until: '2026-11-29T04:00:00.000Z', blocked: [] };
  assert.equal(readFrom(ledger, to).toISOString(), '2026-11-27T04:00:00.000Z');
  assert.equal(readFrom(undefined, to).toISOString(), '2026-09-02T04:00:00.000Z');
  const old = { ...ledger, until: '2026-06-01T04:00:00.000Z' };
  const from = readFrom(old, to);
  assert.equal(enterBlocked(old, { from, to, blocked: [], whole: true })?.since, from.toISOString());
  assert.deepEqual(enterBlocked(ledger, { from, to, blocked: [], whole: false }), ledger);
  assert.equal(enterBlocked(undefined, { from, to, blocked: [], whole: false }), undefined);
});
