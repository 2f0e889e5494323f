import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { RepositoryPlace } from '../actions/workflows.ts';
import { ask } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { list } from '../call/list.ts';

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

/** How far something keeps one person from changing a branch alone. */
interface Guarding {
  /** `unapproved`: it asks for pull requests, and nobody has to approve them. */
  readonly guards: 'yes' | 'no' | 'unapproved' | 'unsure';
  /** What it asks for, lets through, or leaves open. */
  readonly says: string;
}

const UNAPPROVED: Guarding = { guards: 'unapproved', says: 'pull requests that nobody has to approve' };

const Rule = z
  .object({
    type: z.string(),
    parameters: z
      .object({
        required_approving_review_count: z.int().nullish(),
        require_code_owner_review: z.boolean().nullish(),
        required_reviewers: z.array(z.unknown()).nullish(),
      })
      .nullish(),
  })
  .transform(({ type, parameters }): Guarding => {
    // Nobody may push but who may bypass the ruleset.
    if (type === 'update') return { guards: 'yes', says: type };
    if (type !== 'pull_request') return { guards: 'no', says: type };
    const count = parameters?.required_approving_review_count ?? undefined;
    if (count !== undefined && count > 0) return { guards: 'yes', says: type };
    if (count === undefined) return { guards: 'unsure', says: 'pull requests, and does not tell how many approvals' };
    const some = parameters?.require_code_owner_review === true || (parameters?.required_reviewers ?? []).length > 0;
    return some ? { guards: 'unsure', says: 'the approval of reviewers of some files alone' } : UNAPPROVED;
  });

/**
 * What active rulesets ask for on a branch; those that are only evaluated are not told, and who may bypass one is told to
 * those alone who may change it. Source: docs.github.com/rest/repos/rules, "Get rules for a branch"
 */
export async function branchRules(
  client: GitHubClient,
  place: RepositoryPlace,
  branch: string,
): Promise<VendorResult<readonly Guarding[]>> {
  const shape = z.array(Rule);
  return ask(client, askedOf(place, `rules of branch ${branch}`, 'metadata=read'), shape, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
      ...{ owner: place.organisation, repo: place.repository, branch, per_page: MOST_RULES },
    }),
  );
}

const Named = z
  .object({
    users: z.array(z.object({ login: z.string() })).nullish(),
    teams: z.array(z.object({ slug: z.string() })).nullish(),
  })
  .nullish()
  // An app is no person; what lets one in is judged where its key is.
  .transform((named) => [
    ...(named?.users ?? []).map(({ login }) => login),
    ...(named?.teams ?? []).map(({ slug }) => `team ${slug}`),
  ]);

const Protection = z
  .object({
    required_pull_request_reviews: z
      .object({
        required_approving_review_count: z.int().nullish(),
        require_code_owner_reviews: z.boolean().nullish(),
        bypass_pull_request_allowances: Named,
      })
      .nullish(),
    restrictions: z.unknown().optional(),
    enforce_admins: z.object({ enabled: z.boolean() }).nullish(),
    lock_branch: z.object({ enabled: z.boolean().optional() }).nullish(),
  })
  .transform(
    ({ required_pull_request_reviews: reviews, restrictions, lock_branch: lock, enforce_admins }): Guarding => {
      const admins = enforce_admins?.enabled === true ? '' : ', which administrators may pass by';
      if (lock?.enabled === true) return { guards: 'yes', says: `a lock${admins}` };
      // Not told in older versions of GitHub Enterprise Server, where one is the least.
      if (reviews && (reviews.required_approving_review_count ?? 1) > 0) {
        const past = reviews.bypass_pull_request_allowances;
        return past.length === 0
          ? { guards: 'yes', says: `a review${admins}` }
          : { guards: 'unsure', says: `a review, which ${past.join(', ')} may pass by alone` };
      }
      if (reviews?.require_code_owner_reviews === true) {
        return { guards: 'unsure', says: 'the approval of the owners of some files alone' };
      }
      if (!restrictions) return reviews ? UNAPPROVED : { guards: 'no', says: 'no review' };
      const named = Named.safeParse(restrictions);
      if (named.success && named.data.length === 0) return { guards: 'yes', says: `that no person pushes${admins}` };
      return {
        guards: 'unsure',
        says: `no review of what ${named.data?.join(', ') ?? 'those named there'} may push alone`,
      };
    },
  );

/** What the older kind of protection asks for; undefined where there is none. Source: docs.github.com/rest/branches/branch-protection */
export async function branchProtection(
  client: GitHubClient,
  place: RepositoryPlace,
  branch: string,
): Promise<VendorResult<Guarding | undefined>> {
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
