import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { disableWorkflow } from '../../remedies/disable-workflow.ts';
import { webUrl } from './web-url.ts';

/** A workflow whose schedule runs as the leaver. */
export interface LeaversSchedule {
  readonly organisation: string;
  readonly repository: string;
  readonly workflowId: number;
  readonly path: string;
  /** Its path as GitHub's list of workflows has it. */
  readonly filedAs: string;
  readonly crons: readonly string[];
  readonly actor: { readonly id: number; readonly login: string };
  /** ISO instant of the latest scheduled run. */
  readonly lastRunAt: string;
}

/**
 * GitHub asks for the standing of the actor's account, not for membership: removing somebody from the organisation
 * does not end their schedules. Source: docs.github.com/actions, "Events that trigger workflows", schedule.
 */
export function scheduleFinding(schedule: LeaversSchedule, apiEndpoint: string): Finding {
  const { organisation, repository, workflowId, path, crons, actor, lastRunAt } = schedule;
  const kind = 'schedule-runs-as-leaver';
  const id = findingId('runner-credentials', kind, `${organisation}/${repository}/workflows/${workflowId}`);
  const file = path.split('/').at(-1) ?? path;
  return {
    id,
    step: 'runner-credentials',
    kind,
    title: `The schedule of ${file} in ${organisation}/${repository} runs as ${actor.login}`,
    resource: {
      system: 'github',
      type: 'workflow',
      id: `${organisation}/${repository}/workflows/${workflowId}`,
      name: path,
      url: webUrl(apiEndpoint, `/${organisation}/${repository}/actions/workflows/${file}`),
    },
    severity: 'high',
    status: 'awaiting-decision',
    reason:
      'Its latest scheduled run had the leaver as actor, and leaving the organisation does not stop that. Somebody has ' +
      'to take the schedule over (disable and enable the workflow, or change its cron line) or let it end.',
    evidence: { crons: [...crons], lastRunAt, actor: actor.login, actorId: actor.id },
    remedy: remedyOf(
      disableWorkflow,
      id,
      {
        kind: 'disable-workflow',
        organisation,
        repository,
        workflowId,
        path,
        expected: { path: schedule.filedAs, runsAs: actor.id },
      },
      undefined,
    ),
  };
}
