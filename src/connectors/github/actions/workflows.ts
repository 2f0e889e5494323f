import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { failed, ok, type VendorResult } from '../../result.ts';
import { act, answerOf, ask, etagOf } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import { type Asked, shapeFailure } from '../call/failure.ts';
import { list } from '../call/list.ts';

export interface RepositoryPlace {
  readonly organisation: string;
  readonly repository: string;
}

export interface Workflow {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  /** `active`, or one of several kinds of disabled. */
  readonly state: string;
}

/** A run that a schedule started, and as whom. */
export interface ScheduledRun {
  readonly workflowId: number;
  /** The account whose standing decides over the schedule; null for a deleted one. */
  readonly actor: { readonly id: number; readonly login: string } | null;
  /** ISO instant. */
  readonly createdAt: string;
  /** The commit that it ran, of the default branch. */
  readonly headSha: string;
}

const WorkflowShape = z.object({ id: z.number(), name: z.string(), path: z.string(), state: z.string() });
const RunShape = z
  .object({
    workflow_id: z.number(),
    actor: z.object({ id: z.number(), login: z.string() }).nullish(),
    created_at: z.string(),
    head_sha: z.string(),
  })
  .transform(
    (run): ScheduledRun => ({
      workflowId: run.workflow_id,
      actor: run.actor ?? null,
      createdAt: run.created_at,
      headSha: run.head_sha,
    }),
  );

/** A workflow by its id, or by the name of its file: GitHub takes either. */
export function getWorkflow(
  client: GitHubClient,
  place: RepositoryPlace,
  workflowId: number | string,
): Promise<VendorResult<Workflow>> {
  return ask(client, askedOf(place, `workflow ${workflowId}`, 'read'), WorkflowShape, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}', {
      ...parametersOf(place),
      workflow_id: workflowId,
    }),
  );
}

/** Stops the schedule. Reversible; the person who enables it again becomes its actor. */
export function disableWorkflowOf(
  client: GitHubClient,
  place: RepositoryPlace,
  workflowId: number,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  return act(client, askedOf(place, `workflow ${workflowId}`, 'write'), (octokit) =>
    octokit.request('PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable', {
      ...parametersOf(place),
      workflow_id: workflowId,
    }),
  );
}

/** Lets it run again: a schedule of it then runs as the App. */
export function enableWorkflowOf(
  client: GitHubClient,
  place: RepositoryPlace,
  workflowId: number,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  return act(client, askedOf(place, `workflow ${workflowId}`, 'write'), (octokit) =>
    octokit.request('PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable', {
      ...parametersOf(place),
      workflow_id: workflowId,
    }),
  );
}

/** Every workflow of a repository, also those whose file cannot be read. */
export function listWorkflows(client: GitHubClient, place: RepositoryPlace): Promise<Listing<Workflow>> {
  return list(client, askedOf(place, 'workflows', 'read'), {
    path: '/repos/{owner}/{repo}/actions/workflows',
    parameters: parametersOf(place),
    key: 'workflows',
    id: 'id',
    item: WorkflowShape,
  });
}

/** The latest scheduled run, as it was asked for: none where the workflow never ran, or unchanged since `unless`. */
export type LatestScheduledRun =
  | { readonly unchanged: true; readonly etag: string }
  | { readonly unchanged?: false; readonly run: ScheduledRun | undefined; readonly etag?: string };

/**
 * The latest run that the workflow's schedule started: its actor is whom the schedule ran as. One workflow is asked,
 * by its id or the name of its file: a search over all of them ends at 1,000 runs.
 * Source: docs.github.com/rest/actions/workflow-runs.
 */
export async function latestScheduledRun(
  client: GitHubClient,
  place: RepositoryPlace,
  workflowId: number | string,
): Promise<VendorResult<ScheduledRun | undefined>> {
  const answer = await scheduledRunUnless(client, place, workflowId, undefined);
  if (!answer.ok) return answer;
  return answer.value.unchanged === true
    ? failed(shapeFailure(runAsked(place, workflowId), 304))
    : ok(answer.value.run);
}

/** The same where it may be unchanged since the answer with the ETag `unless`. */
export async function scheduledRunUnless(
  client: GitHubClient,
  place: RepositoryPlace,
  workflowId: number | string,
  unless: string | undefined,
): Promise<VendorResult<LatestScheduledRun>> {
  const shape = z
    .object({ total_count: z.number().nullish(), workflow_runs: z.array(z.unknown()) })
    // Runs that are counted and not shown are no workflow that never ran.
    .refine(({ total_count, workflow_runs }) => workflow_runs.length > 0 || (total_count ?? 0) === 0)
    .refine(({ workflow_runs: [run] }) => run === undefined || RunShape.safeParse(run).success)
    .transform(({ workflow_runs: [run] }) => RunShape.safeParse(run).data);
  const asked = runAsked(place, workflowId);
  const answer = await answerOf(client, asked, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
      ...parametersOf(place),
      workflow_id: workflowId,
      event: 'schedule',
      per_page: 1,
      ...(unless === undefined ? {} : { headers: { 'if-none-match': unless } }),
    }),
  );
  if (!answer.ok) return answer;
  if (answer.value.status === 304 && unless !== undefined) return ok({ unchanged: true, etag: unless });
  const parsed = shape.safeParse(answer.value.data);
  if (!parsed.success) return failed(shapeFailure(asked, answer.value.status));
  const etag = etagOf(answer.value);
  return ok({ run: parsed.data, ...(etag === undefined ? {} : { etag }) });
}

function runAsked(place: RepositoryPlace, workflowId: number | string): Asked {
  return askedOf(place, `latest scheduled run of workflow ${workflowId}`, 'read');
}

/** A file's text by its git object id, for what GraphQL truncates. */
export async function readBlob(
  client: GitHubClient,
  place: RepositoryPlace,
  sha: string,
): Promise<VendorResult<string>> {
  const asked: Asked = { ...askedOf(place, 'a workflow file', 'read'), permission: 'contents=read' };
  const shape = z
    .object({ content: z.string(), encoding: z.literal('base64') })
    .transform(({ content }) => Buffer.from(content, 'base64').toString('utf8'));
  return ask(client, asked, shape, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { ...parametersOf(place), file_sha: sha }),
  );
}

function parametersOf({ organisation, repository }: RepositoryPlace): { owner: string; repo: string } {
  return { owner: organisation, repo: repository };
}

function askedOf({ organisation, repository }: RepositoryPlace, what: string, level: 'read' | 'write'): Asked {
  return { what, where: `${organisation}/${repository}`, permission: `actions=${level}`, repository: true };
}
