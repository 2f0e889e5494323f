import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RemedyCall } from '../../../../../src/cases/remedies/remedy.ts';
import type { RemedyDefinition } from '../../../../../src/steps/define-remedy.ts';
import { blankVariable } from '../../../../../src/steps/runner-credentials/remedies/github/blank-variable.ts';
import { cancelInvitation } from '../../../../../src/steps/runner-credentials/remedies/github/cancel-invitation.ts';
import { cancelRepositoryInvitation } from '../../../../../src/steps/runner-credentials/remedies/github/cancel-repository-invitation.ts';
import { deleteVariable } from '../../../../../src/steps/runner-credentials/remedies/github/delete-variable.ts';
import { denyTokenRequest } from '../../../../../src/steps/runner-credentials/remedies/github/deny-token-request.ts';
import { disableWorkflow } from '../../../../../src/steps/runner-credentials/remedies/github/disable-workflow.ts';
import { handOverSchedule } from '../../../../../src/steps/runner-credentials/remedies/github/hand-over-schedule.ts';
import { removeDeployKey } from '../../../../../src/steps/runner-credentials/remedies/github/remove-deploy-key.ts';
import { removeMembership } from '../../../../../src/steps/runner-credentials/remedies/github/remove-membership.ts';
import { removeOutsideCollaborator } from '../../../../../src/steps/runner-credentials/remedies/github/remove-outside-collaborator.ts';
import { removeRunner } from '../../../../../src/steps/runner-credentials/remedies/github/remove-runner.ts';

/** Questions and acts that ten remedies of a kind take at the least: a list is read twice for all, a target for each. */
const TAKES: readonly (readonly [remedy: unknown, calls: number, writes: number])[] = [
  [blankVariable, 30, 10],
  [deleteVariable, 30, 10],
  [cancelInvitation, 12, 10],
  [cancelRepositoryInvitation, 30, 10],
  [denyTokenRequest, 12, 10],
  [disableWorkflow, 40, 10],
  [handOverSchedule, 90, 30],
  [removeDeployKey, 30, 10],
  [removeMembership, 50, 10],
  [removeOutsideCollaborator, 22, 10],
  [removeRunner, 30, 10],
];
for (const [remedy, calls, writes] of TAKES) {
  const { kind, leastCalls } = remedy as RemedyDefinition;
  test(`ten of ${kind} ask GitHub ${calls} times, and change something ${writes} times`, () => {
    const ten = Array.from({ length: 10 }, (): RemedyCall => ({ kind, expected: {} }));
    assert.deepEqual(leastCalls(ten), [{ vendor: 'github', calls, writes }]);
  });
}
