import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { VendorResult } from '../result.ts';
import { act, ask, list } from './ask.ts';
import type { GitHubClient } from './client.ts';
import type { Asked } from './failure.ts';

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
  readonly labels: readonly { readonly name: string; readonly type?: string | undefined }[];
}

const Runner = z.object({
  id: z.number(),
  name: z.string(),
  os: z.string(),
  status: z.string(),
  busy: z.boolean(),
  labels: z.array(z.object({ name: z.string(), type: z.string().optional() })),
});

export function listRunners(client: GitHubClient, place: RunnerPlace): Promise<Listing<SelfHostedRunner>> {
  const { path, parameters } = locate(place);
  return list(client, askedOf(place, 'self-hosted runners', 'read'), {
    path,
    parameters,
    key: 'runners',
    item: Runner,
  });
}

export function getRunner(
  client: GitHubClient,
  place: RunnerPlace,
  runnerId: number,
): Promise<VendorResult<SelfHostedRunner>> {
  const { path, parameters } = locate(place);
  return ask(client, askedOf(place, `runner ${runnerId}`, 'read'), Runner, (octokit) =>
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

/** Which repositories may have runners of their own. `ids` is set for `selected`. */
export interface RepositoryRunnerPolicy {
  readonly enabled: 'all' | 'selected' | 'none';
  readonly ids: ReadonlySet<number>;
}

const Policy = z.object({ enabled_repositories: z.enum(['all', 'selected', 'none']) });

/** Saves asking every repository for runners it cannot have. */
export async function repositoryRunnerPolicy(
  client: GitHubClient,
): Promise<{ readonly ok: true; readonly policy: RepositoryRunnerPolicy } | { readonly ok: false }> {
  const org = client.installation.organisation;
  const asked: Asked = {
    what: 'the policy for self-hosted runners',
    where: org,
    permission: 'organization_administration=read',
  };
  const path = '/orgs/{org}/actions/permissions/self-hosted-runners';
  const policy = await ask(client, asked, Policy, (octokit) => octokit.request(`GET ${path}`, { org }));
  if (!policy.ok) return { ok: false };
  const enabled = policy.value.enabled_repositories;
  if (enabled !== 'selected') return { ok: true, policy: { enabled, ids: new Set() } };
  const selected = await list(client, asked, {
    path: `${path}/repositories`,
    parameters: { org },
    key: 'repositories',
    item: z.object({ id: z.number() }),
  });
  if (selected.failure !== undefined) return { ok: false };
  return { ok: true, policy: { enabled, ids: new Set(selected.items.map(({ id }) => id)) } };
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
