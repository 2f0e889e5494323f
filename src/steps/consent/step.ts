import { defineStep, NO_FACTS } from '../define-step.ts';
import { deleteAppRoleAssignment } from './remedies/delete-app-role-assignment.ts';
import { deleteDelegatedGrant } from './remedies/delete-delegated-grant.ts';
import { deleteWorkloadRole } from './remedies/delete-workload-role.ts';
import { removeApplicationOwner } from './remedies/remove-application-owner.ts';
import { removeClientSecret } from './remedies/remove-client-secret.ts';
import { suspendSubscriptionKey } from './remedies/suspend-subscription-key.ts';
import { CONSENT_SOURCES } from './sources.ts';

export const consent = defineStep({
  name: 'consent',
  title: 'Consent',
  phase: 'discover',
  filings: 'added',
  tells: 'exposure',
  sources: CONSENT_SOURCES,
  remedies: [
    deleteDelegatedGrant,
    deleteAppRoleAssignment,
    deleteWorkloadRole,
    removeApplicationOwner,
    removeClientSecret,
    suspendSubscriptionKey,
  ],
  acts: [],
  facts: NO_FACTS,
  verdict: 'none',
  readBacks: 'none',
  confirms: 'nothing',
  refutes: 'nothing',
  gathers: 'nothing',
  lives: 'each',
  page: 'tables-only',
});
