import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import { act, answerOf, etagOf } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import { type Asked, shapeFailure } from '../call/failure.ts';
import { list, type TaggedListing } from '../call/list.ts';
import type { RepositoryPlace } from './workflows.ts';

/** A run of a workflow, and whose it is: re-runs keep the rights of `actor`. Null for a deleted account. */
export interface WorkflowRun {
  readonly id: number;
  readonly actorId: number | null;
}

/** A job of a run; the runner is 0 or missing until one has taken it. */
export interface RunJob {
  readonly id: number;
  readonly status: string;
  readonly runnerId?: number;
  readonly runnerName?: string;
  readonly runnerGroupId?: number;
  /** Its check run, which the token of the job names as well. */
  readonly checkRunId?: string;
}

const Run = z
  .object({ id: z.number(), actor: z.object({ id: z.number() }).nullish() })
  .transform(({ id, actor }): WorkflowRun => ({ id, actorId: actor?.id ?? null }));
const Job = z
  .object({
    ...{ id: z.number(), status: z.string(), runner_id: z.number().nullish() },
    ...{
      runner_name: z.string().nullish(),
      runner_group_id: z.number().nullish(),
      check_run_url: z.string().nullish(),
    },
  })
  .transform(({ id, status, runner_id: runnerId, ...more }): RunJob => {
    const checkRunId = /\/check-runs\/(\d+)$/.exec(more.check_run_url ?? '')?.[1];
    return {
      ...{ id, status, ...(runnerId ? { runnerId } : {}) },
      ...(more.runner_name ? { runnerName: more.runner_name } : {}),
      ...(more.runner_group_id ? { runnerGroupId: more.runner_group_id } : {}),
      ...(checkRunId === undefined ? {} : { checkRunId }),
    };
  });

/** The runs of a repository that are under way. Source: docs.github.com/rest/actions/workflow-runs. */
export function runsInProgress(client: GitHubClient, place: RepositoryPlace): Promise<Listing<WorkflowRun>> {
  return list(client, askedOf(place, 'runs under way', 'read'), {
    path: '/repos/{owner}/{repo}/actions/runs',
    parameters: { ...parametersOf(place), status: 'in_progress' },
    key: 'workflow_runs',
    id: 'id',
    item: Run,
  });
}

/** The latest runs that ended, or that nothing is new since the answer with the ETag `unless`. */
export type LatestRuns =
  | { readonly unchanged: true }
  | { readonly unchanged?: false; readonly runs: readonly WorkflowRun[]; readonly etag?: string };

/** The latest runs of a repository that ended, one page of `count`. */
export async function latestRuns(
  client: GitHubClient,
  place: RepositoryPlace,
  count: number,
  unless?: string,
): Promise<VendorResult<LatestRuns>> {
  const asked = askedOf(place, 'latest runs', 'read');
  const answer = await answerOf(client, asked, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/actions/runs', {
      ...parametersOf(place),
      status: 'completed',
      per_page: count,
      ...(unless === undefined ? {} : { headers: { 'if-none-match': unless } }),
    }),
  );
  if (!answer.ok) return answer;
  if (answer.value.status === 304) return ok({ unchanged: true });
  const parsed = z.object({ workflow_runs: z.array(Run) }).safeParse(answer.value.data);
  if (!parsed.success) return { ok: false, failure: shapeFailure(asked, answer.value.status) };
  const etag = etagOf(answer.value);
  return ok({ runs: parsed.data.workflow_runs, ...(etag === undefined ? {} : { etag }) });
}

/** The jobs of the latest attempt of a run. Source: docs.github.com/rest/actions/workflow-jobs. */
export function jobsOfRun(client: GitHubClient, place: RepositoryPlace, runId: number): Promise<Listing<RunJob>> {
  return list(client, askedOf(place, `jobs of run ${runId}`, 'read'), {
    path: '/repos/{owner}/{repo}/actions/runs/{run_id}/jobs',
    parameters: { ...parametersOf(place), run_id: runId },
    key: 'jobs',
    id: 'id',
    item: Job,
  });
}

/** The jobs of one attempt of a run, which a re-run leaves as they were. */
export function jobsOfAttempt(
  client: GitHubClient,
  place: RepositoryPlace,
  { runId, attempt }: { readonly runId: string; readonly attempt: string },
): Promise<Listing<RunJob>> {
  return list(client, askedOf(place, `jobs of run ${runId}, attempt ${attempt}`, 'read'), {
    path: '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
    parameters: { ...parametersOf(place), run_id: runId, attempt_number: attempt },
    key: 'jobs',
    id: 'id',
    item: Job,
  });
}

/** Cancels a run with all of its jobs. One that is over already (409) is what was wanted. */
export async function cancelRun(
  client: GitHubClient,
  place: RepositoryPlace,
  runId: number,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const cancelled = await act(client, askedOf(place, `run ${runId}`, 'write'), (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel', {
      ...parametersOf(place),
      run_id: runId,
    }),
  );
  return !cancelled.ok && cancelled.failure.status === 409 ? ok({ effect: 'done' }) : cancelled;
}

/**
 * Who was made an administrator of a repository directly: owners of the organisation and teams are not among them.
 * Source: docs.github.com/rest/collaborators/collaborators, "List repository collaborators".
 */
export function directAdmins(
  client: GitHubClient,
  { organisation, repository }: RepositoryPlace,
  unless?: string,
): Promise<TaggedListing<{ readonly id: number }>> {
  const where = `${organisation}/${repository}`;
  const asked: Asked = { what: 'administrators', where, permission: 'metadata=read', repository: true };
  return list(client, asked, {
    path: '/repos/{owner}/{repo}/collaborators',
    parameters: { owner: organisation, repo: repository, affiliation: 'direct', permission: 'admin' },
    id: 'id',
    item: z.object({ id: z.number() }),
    unless,
  });
}

function parametersOf({ organisation, repository }: RepositoryPlace): { owner: string; repo: string } {
  return { owner: organisation, repo: repository };
}

function askedOf({ organisation, repository }: RepositoryPlace, what: string, level: 'read' | 'write'): Asked {
  return { what, where: `${organisation}/${repository}`, permission: `actions=${level}`, repository: true };
}
