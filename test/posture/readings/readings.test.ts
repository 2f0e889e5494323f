import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { alerts } from '../../../src/posture/readings/calls/alerts.ts';
import { canary } from '../../../src/posture/readings/calls/canary.ts';
import { conditionalAccess } from '../../../src/posture/readings/conditional-access.ts';
import { gatewayApps } from '../../../src/posture/readings/gateway/gateway-apps.ts';
import { leavers } from '../../../src/posture/readings/leavers.ts';
import { pinnedSubjects } from '../../../src/posture/readings/pipelines/pinned-subjects.ts';
import { pipelineTokens } from '../../../src/posture/readings/pipelines/pipeline-tokens.ts';
import { workflowSecrets } from '../../../src/posture/readings/pipelines/workflow-secrets.ts';
import { policies } from '../../../src/posture/readings/policies.ts';
import { isDeclared } from '../support/declared-reading.ts';

const AT = '2026-11-23T04:10:00.000Z';
const OID = '0e000000-0000-4000-8000-000000000001' as Oid;

test('policies of Conditional Access: of none read nobody knows whether there are others', () => {
  const policy = {
    ...{ id: 'p', name: 'Keep out', state: 'enabled', blocks: true, everybody: true, apps: ['all'], exceptApps: [] },
    ...{ narrowedBy: [], notUnderstood: [], exceptUsers: [], exceptGroups: [], exceptRoles: [], exceptGuests: false },
  };
  const { exceptGuests: _, ...withoutGuests } = policy;
  isDeclared(conditionalAccess, { whole: true, policies: [policy] }, [
    { whole: undefined },
    { policies: [withoutGuests] },
    { policies: [{ ...policy, blocks: 'block' }] },
  ]);
  assert.equal(conditionalAccess.nothing.whole, false);
});

test('leavers: with nothing read the ledger is of no day, so that nobody is said to be cut off', () => {
  const one = {
    ...{ caseId: makeCaseId(OID, 1), mode: 'apply' as const, state: 'filed' as const, openedAt: AT, filedAt: AT },
    ...{ containedAt: AT, contained: true, steps: [{ step: 'consent', outcome: 'clear' as const }] },
  };
  const leaver = { oid: OID, leftAt: AT, hadAccess: true, cases: [one] };
  isDeclared(leavers, { daysKept: 90, leavers: [leaver] }, [
    { daysKept: -1 },
    { leavers: [{ ...leaver, oid: 'alex' }] },
    { leavers: [{ ...leaver, leftAt: 'yesterday' }] },
    { leavers: [{ ...leaver, cases: [{ ...one, steps: [{ step: 'consent', outcome: 'fine' }] }] }] },
  ]);
  assert.equal(leavers.nothing.daysKept, 0);
  assert.deepEqual(leavers.permissions, [], 'it is the app’s own ledger');
});

test('policies of Azure: an effect that nobody can tell is absent, and an exemption may be for good', () => {
  const rule = {
    ...{ assignment: 'a', scope: 's', definition: 'd', hash: 'h', released: true, bears: ['subnet' as const] },
    ...{ mode: 'Default', notScopes: [], overrides: [], resourceSelectors: [[{ kind: 'resourceType', in: ['x'] }]] },
    ...{ exemptions: [{ id: 'e', resourceSelectors: [] }], otherVersions: false, enrolled: 0 },
  };
  const subscription = { id: '/subscriptions/1', complete: true, assignments: 1, rules: [rule], unread: [] };
  isDeclared(policies, { subscriptions: [subscription] }, [
    { subscriptions: [{ ...subscription, complete: undefined }] },
    { subscriptions: [{ ...subscription, rules: [{ ...rule, bears: ['tags'] }] }] },
    { subscriptions: [{ ...subscription, rules: [{ ...rule, effect: undefined }] }] },
  ]);
});

test('what is costly is read once a week, and all else whenever it is asked for', () => {
  const weekly = [pipelineTokens, pinnedSubjects, workflowSecrets, leavers, policies].map((each) => each.weekly);
  assert.deepEqual(weekly, [true, true, true, undefined, undefined]);
});

test('with nothing read no list is whole, and no canary is set up', () => {
  const { rules, groups, processing } = alerts.nothing;
  assert.deepEqual(
    [rules, groups, processing].map(({ complete }) => complete),
    [false, false, false],
  );
  assert.deepEqual([gatewayApps.nothing.whole, canary.nothing.setUp], [false, false]);
});
