import assert from 'node:assert/strict';
import { type CrashedCase, changesIn, told } from './crash-case.ts';

/**
 * Fails where a case whose app was killed left anything else than an undisturbed one: in the tenant, in the report,
 * in the evidence, or in what the vendors were told to change.
 */
export function assertSameAsCalm(crashed: CrashedCase, calm: CrashedCase): void {
  assert.deepEqual(told(crashed), told(calm));
  assert.equal(crashed.report.outcome, calm.report.outcome);
  assert.deepEqual(files(crashed), files(calm));
  assert.deepEqual(lasting(crashed), lasting(calm));
  const { issues, messages } = crashed.tenant;
  assert.deepEqual(
    issues.map(({ title }) => title),
    calm.tenant.issues.map(({ title }) => title),
  );
  // A webhook knows no idempotency key: a message whose receipt was lost is sent again.
  assert.ok(messages === 1 || messages === 2, `${messages} messages`);
  // An issue that was opened before the kill is found again and brought up to date instead of opened anew.
  const changes = changesIn(crashed).filter((change) => !/PATCH .*\/issues\//.test(change));
  assert.deepEqual(changes, changesIn(calm));
}

/** The tenant without what differs from start to start: tokens, and ids and times of assignments. */
function lasting({ tenant }: CrashedCase): object {
  const { issues: _, messages: __, variables: ___, workflows: ____, assignments, ...same } = tenant;
  return { ...same, assignments: assignments.map(({ principalId, appRoleId }) => `${principalId} ${appRoleId}`) };
}

/** The evidence without ids that contain digests of tokens and without keys, of which each vault has its own; how often a step filed its results may differ. */
function files({ evidence }: CrashedCase): string[] {
  return evidence
    .filter((name) => !name.includes('/steps/'))
    .map((name) => name.replace(/\/R-\w+/, '/R').replace(/\/keys\/.+/, '/keys/'))
    .sort();
}
