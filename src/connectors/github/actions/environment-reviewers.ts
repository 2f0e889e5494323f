import * as z from 'zod';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { list, type TaggedListing } from '../call/list.ts';
import type { RepositoryPlace } from './workflows.ts';

/** Whom an environment asks before something is deployed there, by the number of the account; teams are left out. */
export const ReviewedEnvironmentSchema = z.strictObject({ environment: z.string(), reviewers: z.array(z.int()) });
export type ReviewedEnvironment = z.output<typeof ReviewedEnvironmentSchema>;

const Reviewer = z.object({ type: z.string(), reviewer: z.object({ id: z.int() }) });
const Row = z
  .object({
    name: z.string(),
    protection_rules: z.array(z.object({ type: z.string(), reviewers: z.array(Reviewer).optional() })).optional(),
  })
  .transform(
    ({ name, protection_rules: rules = [] }): ReviewedEnvironment => ({
      environment: name,
      reviewers: rules.flatMap(({ reviewers = [] }) =>
        reviewers.flatMap(({ type, reviewer }) => (type === 'User' ? [reviewer.id] : [])),
      ),
    }),
  );

/**
 * The environments of a repository with their reviewers; `unless` is the ETag of an earlier reading.
 * Source: docs.github.com/rest/deployments/environments, "List environments"
 */
export function listReviewedEnvironments(
  client: GitHubClient,
  { organisation, repository }: RepositoryPlace,
  unless?: string,
): Promise<TaggedListing<ReviewedEnvironment>> {
  const where = `${organisation}/${repository}`;
  const asked: Asked = { what: 'environments', where, permission: 'actions=read', repository: true };
  return list(client, asked, {
    path: '/repos/{owner}/{repo}/environments',
    parameters: { owner: organisation, repo: repository },
    key: 'environments',
    id: 'name',
    item: Row,
    unless,
  });
}
