import type { Finding } from '../../../../../cases/finding.ts';
import { findingId } from '../../../../../cases/stable-id.ts';
import { remedyOf } from '../../../../define-remedy.ts';
import { disableWorkflow } from '../../../remedies/github/disable-workflow.ts';
import { handOverSchedule } from '../../../remedies/github/hand-over-schedule.ts';
import { webUrl } from '../web-url.ts';
import { equivalentCron } from './equivalent-cron.ts';
import type { CronChange, LatestRun, NextActor } from './next-actor.ts';

/** What is told of a schedule: the finding, and where there is another way to close it than its remedy, that one too. */
export function scheduleFindings(schedule: LeaversSchedule, apiEndpoint: string): readonly Finding[] {
  const finding = scheduleFinding(schedule, apiEndpoint);
  const instead = handOverFinding(schedule, finding);
  if (instead === undefined) return [finding];
  const both =
    'There are two ways, and a person chooses one: disable the workflow, which ends the schedule, or have somebody take it over by a pull request, and then nothing stops.';
  return [{ ...finding, reason: `${finding.reason} ${both}` }, instead];
}

/**
 * That somebody may take the schedule over instead of ending it: a way to close the finding of the schedule, and closed
 * with it. Only of one that ran as the leaver and whose lines can be written in another form: then its next run tells.
 */
function handOverFinding(schedule: LeaversSchedule, of: Finding): Finding | undefined {
  const { organisation, repository, workflowId, path, crons, next, run } = schedule;
  const runsAs = run?.actor?.id;
  const proposed = crons.flatMap((cron) => equivalentCron(cron) ?? []);
  if (next.verdict !== 'leaver' || next.basis !== 'run' || runsAs === undefined) return undefined;
  if (proposed.length === 0 || proposed.length < crons.length) return undefined;
  const kind = 'schedule-can-be-handed-over';
  const id = findingId('runner-credentials', kind, `${organisation}/${repository}/workflows/${workflowId}`);
  return {
    id,
    step: 'runner-credentials',
    kind,
    title: `Instead of ending it, somebody can take over the schedule of ${fileOf(path)} in ${organisation}/${repository}`,
    resource: of.resource,
    severity: 'info',
    status: 'nothing-to-do',
    closedWith: of.id,
    reason:
      'Whoever commits to its cron line last is its actor. A pull request writes the line in another form of the same ' +
      'meaning; who merges it, or commits to its branch, answers for the schedule, and the next run tells whether GitHub took it so. ' +
      'The other way is to disable the workflow, which ends the schedule: a person chooses one of both.',
    evidence: { crons: [...crons], proposed },
    remedy: remedyOf(
      handOverSchedule,
      id,
      {
        kind: 'hand-over-schedule',
        organisation,
        repository,
        workflowId,
        path,
        crons: [...crons],
        expected: { path: schedule.filedAs, runsAs },
      },
      undefined,
    ),
  };
}

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A workflow whose schedule runs as the leaver, or may. */
export interface LeaversSchedule {
  readonly organisation: string;
  readonly repository: string;
  readonly workflowId: number;
  readonly path: string;
  /** Its path as GitHub's list of workflows has it. */
  readonly filedAs: string;
  readonly crons: readonly string[];
  readonly next: Exclude<NextActor, { readonly verdict: 'somebody-else' | 'unknown' }>;
  /** Absent where it never ran. */
  readonly run?: LatestRun;
  readonly change?: CronChange;
}

/**
 * GitHub asks for the standing of the actor's account, not for membership: removing somebody from the organisation
 * does not end their schedules. Source: docs.github.com/actions, "Events that trigger workflows", schedule.
 */
function scheduleFinding(schedule: LeaversSchedule, apiEndpoint: string): Finding {
  const { organisation, repository, workflowId, path, crons, next, run, change } = schedule;
  const sure = next.verdict === 'leaver';
  const kind = sure ? 'schedule-runs-as-leaver' : 'schedule-may-run-as-leaver';
  const id = findingId('runner-credentials', kind, `${organisation}/${repository}/workflows/${workflowId}`);
  const file = fileOf(path);
  const where = `The schedule of ${file} in ${organisation}/${repository}`;
  const common = {
    id,
    step: 'runner-credentials',
    kind,
    resource: {
      system: 'github',
      type: 'workflow',
      id: `${organisation}/${repository}/workflows/${workflowId}`,
      name: path,
      url: webUrl(apiEndpoint, `/${organisation}/${repository}/actions/workflows/${encodeURIComponent(file)}`),
    },
    evidence: {
      crons: [...crons],
      lastRunAt: run?.createdAt ?? null,
      actor: run?.actor?.login ?? null,
      actorId: run?.actor?.id ?? null,
      changedAt: change?.at ?? null,
      changedBy: [...new Set(change?.by.flatMap(({ account, email }) => account?.login ?? email ?? []))],
    },
  } as const;
  if (next.verdict === 'maybe') {
    return {
      ...common,
      title: `${where} may run as the leaver`,
      severity: 'medium',
      status: 'manual-action',
      reason: `Nothing proves whose account it runs as, but ${next.why}. Look at its latest runs and at who changed its cron line.`,
    };
  }
  if (next.verdict === 'handed-over') {
    return {
      ...common,
      title: `${where} ran as ${next.login} last, and ${next.to} has changed it since`,
      severity: 'low',
      status: 'manual-action',
      reason:
        'Whoever changes the cron line becomes its actor. Look whether its next run has another actor than the leaver.',
    };
  }
  const since = change === undefined ? '' : `, on ${change.at.slice(0, 10)}`;
  const because =
    next.basis === 'run'
      ? 'Its latest scheduled run had the leaver as actor'
      : `The leaver changed its cron line last${since}, and it has not run since; whoever does that is its actor`;
  return {
    ...common,
    title: `${where} ${next.basis === 'run' ? 'runs' : 'will run'} as ${next.login}`,
    severity: 'high',
    status: 'awaiting-decision',
    reason:
      `${because}, and leaving the organisation does not stop that. Somebody has ` +
      'to take the schedule over (disable and enable the workflow, or change its cron line) or let it end.',
    remedy: remedyOf(
      disableWorkflow,
      id,
      {
        kind: 'disable-workflow',
        organisation,
        repository,
        workflowId,
        path,
        expected: { path: schedule.filedAs, runsAs: run?.actor?.id ?? null },
      },
      undefined,
    ),
  };
}
