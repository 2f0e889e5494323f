import * as z from 'zod';
import type { Listing } from '../listing.ts';
import { ok, type VendorResult } from '../result.ts';
import { ask } from './ask.ts';
import type { GitHubClient } from './client.ts';
import type { Asked } from './failure.ts';
import { list } from './list.ts';
import type { RepositoryPlace } from './workflows.ts';

/** Which branches may deploy to an environment. */
interface GuardedEnvironment {
  readonly name: string;
  readonly branches: 'any' | 'protected' | 'named';
}

const Environment = z
  .object({
    name: z.string(),
    deployment_branch_policy: z
      .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
      .nullish(),
  })
  .transform(({ name, deployment_branch_policy: policy }): GuardedEnvironment => {
    if (policy?.protected_branches === true) return { name, branches: 'protected' };
    return { name, branches: policy?.custom_branch_policies === true ? 'named' : 'any' };
  });

/** The environments of a repository with what may deploy there. Source: docs.github.com/rest/deployments/environments */
export function listGuardedEnvironments(
  client: GitHubClient,
  place: RepositoryPlace,
): Promise<Listing<GuardedEnvironment>> {
  return list(client, askedOf(place, 'environments', 'actions=read'), {
    path: '/repos/{owner}/{repo}/environments',
    parameters: { owner: place.organisation, repo: place.repository },
    key: 'environments',
    id: 'name',
    item: Environment,
  });
}

/** A branch or a tag, or a pattern of them, that may deploy to an environment. */
const Deploying = z.object({ id: z.int(), name: z.string(), type: z.string().nullish() });
type DeployingRef = z.output<typeof Deploying>;

/** The branches and tags that an environment names. Source: docs.github.com/rest/deployments/branch-policies */
export function listDeploymentBranches(
  client: GitHubClient,
  place: RepositoryPlace,
  environment: string,
): Promise<Listing<DeployingRef>> {
  return list(client, askedOf(place, `branches of ${environment}`, 'actions=read'), {
    path: '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
    parameters: { owner: place.organisation, repo: place.repository, environment_name: environment },
    key: 'branch_policies',
    id: 'id',
    item: Deploying,
  });
}

/** The rules on one page; no branch has as many. */
const MOST_RULES = 100;

/**
 * The kinds of rules that active rulesets put on a branch; those that are only evaluated are not told.
 * Source: docs.github.com/rest/repos/rules, "Get rules for a branch"
 */
export async function branchRules(
  client: GitHubClient,
  place: RepositoryPlace,
  branch: string,
): Promise<VendorResult<readonly string[]>> {
  const shape = z.array(z.object({ type: z.string() }).transform(({ type }) => type));
  return ask(client, askedOf(place, `rules of branch ${branch}`, 'metadata=read'), shape, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
      ...{ owner: place.organisation, repo: place.repository, branch, per_page: MOST_RULES },
    }),
  );
}

/** The older kind of protection of a branch; undefined where it has none. */
interface BranchProtection {
  /** Whether whoever may write can push without anybody’s review. */
  readonly openToWriters: boolean;
}

const Protection = z
  .object({
    required_pull_request_reviews: z.unknown().optional(),
    restrictions: z.unknown().optional(),
    lock_branch: z.object({ enabled: z.boolean().optional() }).nullish(),
  })
  .transform(
    ({ required_pull_request_reviews: reviews, restrictions, lock_branch: lock }): BranchProtection => ({
      openToWriters: !reviews && !restrictions && lock?.enabled !== true,
    }),
  );

/** How a branch is protected besides rulesets. Source: docs.github.com/rest/branches/branch-protection */
export async function branchProtection(
  client: GitHubClient,
  place: RepositoryPlace,
  branch: string,
): Promise<VendorResult<BranchProtection | undefined>> {
  const asked = askedOf(place, `protection of branch ${branch}`, 'administration=read');
  const answer = await ask(client, asked, Protection, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/branches/{branch}/protection', {
      ...{ owner: place.organisation, repo: place.repository, branch },
    }),
  );
  // “Branch not protected”; a repository that is not there was told before.
  return answer.ok || answer.failure.kind !== 'not-found' ? answer : ok(undefined);
}

/**
 * The branches that protection or a ruleset guards, whatever it asks for.
 * Source: docs.github.com/rest/branches/branches, "List branches"
 */
export function listProtectedBranches(
  client: GitHubClient,
  place: RepositoryPlace,
): Promise<Listing<{ readonly name: string }>> {
  return list(client, askedOf(place, 'protected branches', 'contents=read'), {
    path: '/repos/{owner}/{repo}/branches',
    parameters: { owner: place.organisation, repo: place.repository, protected: 'true' },
    id: 'name',
    item: z.object({ name: z.string() }),
  });
}

function askedOf({ organisation, repository }: RepositoryPlace, what: string, permission: string): Asked {
  return { what, where: `${organisation}/${repository}`, permission, repository: true };
}
