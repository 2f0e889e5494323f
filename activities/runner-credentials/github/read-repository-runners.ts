import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { runnerFinding } from '../../../src/steps/runner-credentials/rules/github/runner-finding.ts';
import type { BatchedRepository } from './repository-batch.ts';
import type { Scanned } from './scanned.ts';

/** Runners that belong to a repository; the organisation's list does not have them. */
export async function readRepositoryRunners(
  client: GitHubOrganisation,
  repositories: readonly BatchedRepository[],
  leaver: Leaver,
): Promise<Scanned> {
  const { name: organisation, apiEndpoint } = client;
  const lists = await Promise.all(
    repositories
      .filter(({ mayHaveRunners }) => mayHaveRunners)
      .map(async ({ name: repository }) => {
        const place = { organisation, repository };
        const { items, failure } = await client.listRunners(place);
        return {
          failure,
          findings: items.flatMap((runner) => runnerFinding(runner, place, leaver, apiEndpoint) ?? []),
        };
      }),
  );
  const failures = lists.flatMap(({ failure }) => failure ?? []);
  const answered = lists.length - failures.length;
  const source = `github/repository-runners:${organisation}`;
  return {
    findings: lists.flatMap(({ findings }) => findings),
    failures,
    coverage: [coverageOf(source, { asked: lists.length, count: answered, unit: 'repositories' }, failures)],
  };
}
