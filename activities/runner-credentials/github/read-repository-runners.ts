import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { RunnerRegistration } from '../../../src/connectors/github/audit-log.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { runnerFinding } from '../../../src/steps/runner-credentials/rules/github/runner-finding.ts';
import { comparedWith } from '../compared-with.ts';
import { withoutAccount } from './no-account-coverage.ts';
import type { BatchedRepository } from './repository-batch.ts';
import type { Scanned } from './scanned.ts';

/**
 * Runners that belong to a repository; the organisation's list does not have them. Every repository is asked, whatever
 * the organisation's policy says: it is about who may register new ones, and nothing documents that it ends those of
 * before (docs.github.com/rest/actions/permissions).
 */
export async function readRepositoryRunners(
  client: GitHubOrganisation,
  repositories: readonly Pick<BatchedRepository, 'name'>[],
  leaver: Leaver,
  registered: readonly RunnerRegistration[],
): Promise<Scanned> {
  const { name: organisation, apiEndpoint } = client;
  const lists = await Promise.all(
    repositories.map(async ({ name: repository }) => {
      const place = { organisation, repository };
      const { items, failure } = await client.listRunners(place);
      return {
        failure,
        findings: items.flatMap((runner) => runnerFinding(runner, place, { leaver, registered }, apiEndpoint) ?? []),
      };
    }),
  );
  const failures = lists.flatMap(({ failure }) => failure ?? []);
  const answered = lists.length - failures.length;
  const looked = { asked: lists.length, count: answered, unit: 'repositories' };
  const source = `github/repository-runners:${organisation}`;
  return {
    findings: lists.flatMap(({ findings }) => findings),
    failures,
    coverage: [comparedWith(leaver, 'runner', withoutAccount(coverageOf(source, looked, failures), leaver))],
  };
}
