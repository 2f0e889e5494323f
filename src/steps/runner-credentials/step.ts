import { defineStep, NO_FACTS } from '../define-step.ts';
import { disableAgent } from './remedies/azure-devops/disable-agent.ts';
import { disableServiceConnection } from './remedies/azure-devops/disable-service-connection.ts';
import { disableServiceHook } from './remedies/azure-devops/disable-service-hook.ts';
import { removeAgent } from './remedies/azure-devops/remove-agent.ts';
import { removeEntitlement } from './remedies/azure-devops/remove-entitlement.ts';
import { revokeDevOpsToken } from './remedies/azure-devops/revoke-devops-token.ts';
import { deleteAccessPolicy } from './remedies/delete-access-policy.ts';
import { blankVariable } from './remedies/github/blank-variable.ts';
import { cancelInvitation } from './remedies/github/cancel-invitation.ts';
import { cancelRepositoryInvitation } from './remedies/github/cancel-repository-invitation.ts';
import { deleteVariable } from './remedies/github/delete-variable.ts';
import { denyTokenRequest } from './remedies/github/deny-token-request.ts';
import { disableWorkflow } from './remedies/github/disable-workflow.ts';
import { handOverSchedule } from './remedies/github/hand-over-schedule.ts';
import { removeDeployKey } from './remedies/github/remove-deploy-key.ts';
import { removeMembership } from './remedies/github/remove-membership.ts';
import { removeOutsideCollaborator } from './remedies/github/remove-outside-collaborator.ts';
import { removeRunner } from './remedies/github/remove-runner.ts';
import { revokeFineGrainedToken } from './remedies/tokens/revoke-fine-grained-token.ts';
import { revokeFoundToken } from './remedies/tokens/revoke-found-token.ts';
import { revokeSsoCredential } from './remedies/tokens/revoke-sso-credential.ts';
import { joinMachines } from './rules/machines/join-machines.ts';
import { mayBeRevoked } from './rules/may-be-revoked.ts';
import { tokenItself } from './rules/tokens/token-itself.ts';
import { gatherUnowned } from './rules/tokens/unowned-tokens.ts';
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
