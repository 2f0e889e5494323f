import type { OrchestrationContext, Task } from 'durable-functions';
import { listRepositories } from '../activities/runner-credentials/github/list-repositories.ts';
import { scanOrganisation } from '../activities/runner-credentials/github/scan-organisation.ts';
import { scanRepositories } from '../activities/runner-credentials/github/scan-repositories.ts';
import type { CaseId } from '../src/cases/ids.ts';
import type { CasePolicy } from '../src/cases/policy.ts';
import type { StepParts } from '../src/cases/step-part.ts';
import type { Leaver } from '../src/people/leaver.ts';
import { callSettled, collectParts, prepare } from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';

/** One organisation's runner credentials, in batches of repositories, a window of batches in flight. */
export const scanGitHubOrganisation = defineOrchestration(
  'scanGitHubOrganisation',
  function* (
    context: OrchestrationContext,
    {
      caseId,
      leaver,
      organisation,
      policy,
    }: { caseId: CaseId; leaver: Leaver; organisation: string; policy: CasePolicy },
  ): Generator<Task, StepParts, unknown> {
    const about = { caseId, leaver, organisation };
    const [listed] = yield* callSettled(context, [prepare(listRepositories, { caseId, organisation })], policy);
    const batches = listed?.ok ? listed.value.batches : [];
    const list = listed?.ok ? { ok: true as const, value: listed.value.part } : listed;
    const scanned = yield* callSettled(
      context,
      [prepare(scanOrganisation, about), ...batches.map((batch) => prepare(scanRepositories, { ...about, batch }))],
      policy,
    );
    return collectParts([list, ...scanned].map((settled) => ['runner-credentials', settled]));
  },
);
