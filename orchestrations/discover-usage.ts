import type { OrchestrationContext, Task } from 'durable-functions';
import { auditActivity } from '../activities/activity-audit/audit-activity.ts';
import { discoverFederatedCredentials } from '../activities/federated-credentials/discover-federated-credentials.ts';
import type { CaseId } from '../src/cases/ids.ts';
import type { CasePolicy } from '../src/cases/policy.ts';
import type { StepParts } from '../src/cases/step-part.ts';
import type { Leaver } from '../src/people/leaver.ts';
import { callSettled, collectParts, prepare } from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';

/**
 * Federated credentials first, then the audit: pipeline identities that trust the leaver act without a UPN,
 * so their object ids belong into the query.
 */
export const discoverUsage = defineOrchestration(
  'discoverUsage',
  function* (
    context: OrchestrationContext,
    { caseId, leaver, policy }: { caseId: CaseId; leaver: Leaver; policy: CasePolicy },
  ): Generator<Task, StepParts, unknown> {
    const [credentials] = yield* callSettled(
      context,
      [prepare(discoverFederatedCredentials, { caseId, leaver })],
      policy,
    );
    const relatedPrincipals = credentials?.ok ? credentials.value.relatedPrincipals : [];
    const [audit] = yield* callSettled(
      context,
      [prepare(auditActivity, { caseId, leaver, relatedPrincipals })],
      policy,
    );
    return collectParts([
      ['federated-credentials', credentials],
      ['activity-audit', audit],
    ]);
  },
);
