import { defineStep, NO_FACTS } from '../define-step.ts';
import { blankVariable } from './remedies/blank-variable.ts';
import { cancelInvitation } from './remedies/cancel-invitation.ts';
import { cancelRepositoryInvitation } from './remedies/cancel-repository-invitation.ts';
import { deleteAccessPolicy } from './remedies/delete-access-policy.ts';
import { deleteVariable } from './remedies/delete-variable.ts';
import { denyTokenRequest } from './remedies/deny-token-request.ts';
import { disableAgent } from './remedies/disable-agent.ts';
import { disableServiceConnection } from './remedies/disable-service-connection.ts';
import { disableServiceHook } from './remedies/disable-service-hook.ts';
import { disableWorkflow } from './remedies/disable-workflow.ts';
import { handOverSchedule } from './remedies/hand-over-schedule.ts';
import { removeAgent } from './remedies/remove-agent.ts';
import { removeDeployKey } from './remedies/remove-deploy-key.ts';
import { removeEntitlement } from './remedies/remove-entitlement.ts';
import { removeMembership } from './remedies/remove-membership.ts';
import { removeOutsideCollaborator } from './remedies/remove-outside-collaborator.ts';
import { removeRunner } from './remedies/remove-runner.ts';
import { revokeDevOpsToken } from './remedies/revoke-devops-token.ts';
import { revokeFineGrainedToken } from './remedies/revoke-fine-grained-token.ts';
import { revokeFoundToken } from './remedies/revoke-found-token.ts';
import { revokeSsoCredential } from './remedies/revoke-sso-credential.ts';
import { joinMachines } from './rules/machines/join-machines.ts';
import { mayBeRevoked } from './rules/may-be-revoked.ts';
import { tokenItself } from './rules/token-itself.ts';
import { gatherUnowned } from './rules/unowned-tokens.ts';
import { CI_SOURCES } from './sources/index.ts';

export const runnerCredentials = defineStep({
  name: 'runner-credentials',
  title: 'Runner credentials',
  phase: 'discover',
  needsAccounts: true,
  filings: 'added',
  tells: 'exposure',
  sources: CI_SOURCES,
  remedies: [
    revokeFineGrainedToken,
    revokeSsoCredential,
    revokeFoundToken,
    denyTokenRequest,
    cancelInvitation,
    removeMembership,
    removeOutsideCollaborator,
    deleteVariable,
    blankVariable,
    disableWorkflow,
    handOverSchedule,
    removeRunner,
    removeDeployKey,
    cancelRepositoryInvitation,
    disableAgent,
    removeAgent,
    revokeDevOpsToken,
    deleteAccessPolicy,
    disableServiceConnection,
    disableServiceHook,
    removeEntitlement,
  ],
  acts: [],
  facts: NO_FACTS,
  verdict: 'none',
  readBacks: 'none',
  confirms: 'nothing',
  refutes: 'nothing',
  gathers: (findings) => mayBeRevoked(gatherUnowned(joinMachines(findings))),
  lives: tokenItself,
  page: 'tables-only',
});
