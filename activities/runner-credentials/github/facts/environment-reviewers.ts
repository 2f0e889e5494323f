import * as z from 'zod';
import {
  type ReviewedEnvironment,
  ReviewedEnvironmentSchema,
} from '../../../../src/connectors/github/actions/environment-reviewers.ts';
import { reviewerFinding } from '../../../../src/steps/runner-credentials/rules/github/reviewer-finding.ts';
import { withoutAccount } from '../log/no-account-coverage.ts';
import { isFailure } from '../scanned.ts';
import type { EnvironmentsRead } from './reading.ts';
import { defineRepositorySource, type SourceRead } from './repository-source.ts';

const ReviewedSchema: z.ZodType<readonly Readonly<ReviewedEnvironment>[]> = z.array(ReviewedEnvironmentSchema);

/** Whether GraphQL says of a repository that it has no environment. What could not be read may have some. */
function hasNone(contents: EnvironmentsRead | undefined): boolean {
  if (contents === undefined || contents.unlisted?.environments !== undefined) return false;
  const { environments } = contents;
  return !isFailure(environments) && environments.length === 0;
}

/** Who has to approve deployments: of each repository that has environments, one list. */
export const environmentReviewers = defineRepositorySource({
  what: 'environment-reviewers',
  unit: 'repositories with environments',
  fact: ReviewedSchema,
  read: async ({ client, repositories, contents }, before) => {
    const known = await contents();
    return Promise.all(
      repositories.map(async (repository): Promise<SourceRead<readonly Readonly<ReviewedEnvironment>[]>> => {
        if (hasNone(known.get(repository.nodeId))) return { fact: [], asked: 0, count: 0, failures: [] };
        const place = { organisation: client.name, repository: repository.name };
        const earlier = before(repository);
        const { items, failure, etag, unchanged } = await client.listReviewedEnvironments(place, earlier?.etags?.['']);
        const failures = failure === undefined ? [] : [failure];
        const fact = unchanged === true ? (earlier?.fact ?? []) : items.filter(({ reviewers }) => reviewers.length > 0);
        const etags = etag === undefined ? {} : { etags: { '': etag } };
        return { fact, asked: 1, count: 1 - failures.length, failures, ...etags };
      }),
    );
  },
  judge: (known, { organisation, apiEndpoint, leaver }) => ({
    findings: known.flatMap(({ repository: { name: repository }, fact }) =>
      fact.flatMap((each) => reviewerFinding(each, { organisation, repository }, leaver, apiEndpoint) ?? []),
    ),
  }),
  noted: (line, leaver) => withoutAccount(line, leaver, 'no reviewer could be told to be them'),
});
