import * as z from 'zod';
import type { VendorResult } from '../../result.ts';
import { act, ask } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { list, type TaggedListing } from '../call/list.ts';

/** Where a self-hosted runner is registered. */
export interface RunnerPlace {
  readonly organisation: string;
  readonly repository?: string;
}

/** A self-hosted runner. GitHub names no owner, no registrar and no time of registration. */
export interface SelfHostedRunner {
  readonly id: number;
  readonly name: string;
  readonly os: string;
  readonly status: string;
  readonly busy: boolean;
  /** It takes one job and goes; undefined where GitHub does not say. */
  readonly ephemeral?: boolean | undefined;
  /** Number of its group; undefined where GitHub does not say. */
  readonly runner_group_id?: number | undefined;
  readonly labels: readonly { readonly name: string; readonly type?: string | undefined }[];
}

/** A row of any list of runners. */
export const RunnerSchema = z.object({
  id: z.number(),
  name: z.string(),
  // What a machine is doing says nothing about whose it is: an odd value there costs no runner.
  os: z.string().catch('unknown'),
  status: z.string().catch('unknown'),
  busy: z.boolean().catch(false),
  ephemeral: z.boolean().optional().catch(undefined),
  runner_group_id: z.number().optional().catch(undefined),
  labels: z.array(z.object({ name: z.string(), type: z.string().optional() })),
});

/** The runners of a place; `unless` is the ETag of an earlier reading. */
export function listRunners(
  client: GitHubClient,
  place: RunnerPlace,
  unless?: string,
): Promise<TaggedListing<SelfHostedRunner>> {
  const { path, parameters } = locate(place);
  return list(client, askedOf(place, 'self-hosted runners', 'read'), {
    path,
    parameters,
    key: 'runners',
    id: 'id',
    item: RunnerSchema,
    unless,
  });
}

/** Asks for one runner of the organisation, to see whether a reading gets through; what comes back does not matter. */
export function tryReading(client: GitHubClient): Promise<VendorResult<unknown>> {
  const place = { organisation: client.installation.organisation };
  const { path, parameters } = locate(place);
  return ask(client, askedOf(place, 'self-hosted runners', 'read'), z.unknown(), (octokit) =>
    octokit.request(`GET ${path}`, { ...parameters, per_page: 1 }),
  );
}

export function getRunner(
  client: GitHubClient,
  place: RunnerPlace,
  runnerId: number,
): Promise<VendorResult<SelfHostedRunner>> {
  const { path, parameters } = locate(place);
  return ask(client, askedOf(place, `runner ${runnerId}`, 'read'), RunnerSchema, (octokit) =>
    octokit.request(`GET ${path}/{runner_id}`, { ...parameters, runner_id: runnerId }),
  );
}

/** GitHub refuses (422) while the runner works; that passes. */
export async function deleteRunner(
  client: GitHubClient,
  place: RunnerPlace,
  runnerId: number,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const { path, parameters } = locate(place);
  const removed = await act(client, askedOf(place, `runner ${runnerId}`, 'write'), (octokit) =>
    octokit.request(`DELETE ${path}/{runner_id}`, { ...parameters, runner_id: runnerId }),
  );
  if (removed.ok || removed.failure.status !== 422) return removed;
  const message = `${removed.failure.message} The runner works on a job; cancel it, or wait until it ends.`;
  return { ok: false, failure: { kind: 'conflict', status: 422, retryable: true, message } };
}

function locate({ organisation, repository }: RunnerPlace): { path: string; parameters: Record<string, string> } {
  return repository === undefined
    ? { path: '/orgs/{org}/actions/runners', parameters: { org: organisation } }
    : { path: '/repos/{owner}/{repo}/actions/runners', parameters: { owner: organisation, repo: repository } };
}

function askedOf({ organisation, repository }: RunnerPlace, what: string, level: 'read' | 'write'): Asked {
  return repository === undefined
    ? { what, where: organisation, permission: `organization_self_hosted_runners=${level}` }
    : { what, where: `${organisation}/${repository}`, permission: `administration=${level}`, repository: true };
}
