import * as z from 'zod';
import { RunnerSchema } from '../../../../src/connectors/github/actions/runners.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import { runnerFinding } from '../../../../src/steps/runner-credentials/rules/github/runners/runner-finding.ts';
import { comparedWith } from '../../compared-with.ts';
import { withoutAccount } from '../log/no-account-coverage.ts';
import type { BatchedRepository } from '../repositories/repository-batch.ts';
import { defineRepositorySource, type SourceRead } from './repository-source.ts';
import { latestJobs } from './runner-jobs.ts';

const RunnersSchema = z.strictObject({
  runners: z.array(RunnerSchema),
  /** On which of them the latest jobs ran, and whose runs these were of. */
  jobs: z.array(z.strictObject({ runnerId: z.number(), actorId: z.nullable(z.number()), jobs: z.number() })),
  /** Accounts that were made administrators of the repository directly, by number. */
  admins: z.array(z.number()),
});
type RunnersFact = Immutable<z.output<typeof RunnersSchema>>;

const NONE: RunnersFact = { runners: [], jobs: [], admins: [] };

/**
 * Runners that belong to a repository; the organisation's list does not have them. Every repository is asked, whatever
 * the organisation's policy says: it is about who may register new ones, and nothing documents that it ends those of
 * before (docs.github.com/rest/actions/permissions). One that has some is asked besides whose jobs ran there and who administers it,
 * which tells whose a machine may be that nobody's name is on.
 */
export const repositoryRunners = defineRepositorySource({
  what: 'repository-runners',
  unit: 'repositories',
  fact: RunnersSchema as z.ZodType<RunnersFact>,
  read: ({ client, repositories }, before) =>
    Promise.all(repositories.map((known) => readRunners(client, known, before(known)))),
  judge: (known, { organisation, leaver, registered, apiEndpoint }) => ({
    findings: known.flatMap(({ repository: { name: repository }, fact: { runners, jobs, admins } }) => {
      const ofRunners = Map.groupBy(jobs, ({ runnerId }) => runnerId);
      return runners.flatMap((runner) => {
        const place = { organisation, repository };
        return runnerFinding(runner, place, { leaver, registered, jobs: ofRunners, admins }, apiEndpoint) ?? [];
      });
    }),
  }),
  noted: (line, leaver) => comparedWith(leaver, 'runner', withoutAccount(line, leaver)),
});

async function readRunners(
  client: GitHubOrganisation,
  { name: repository, archived }: BatchedRepository,
  earlier: SourceRead<RunnersFact> | undefined,
): Promise<SourceRead<RunnersFact>> {
  const place = { organisation: client.name, repository };
  const before = earlier?.fact ?? NONE;
  const { items, failure, etag, unchanged } = await client.listRunners(place, earlier?.etags?.['']);
  const runners = unchanged === true ? before.runners : items;
  const tags = etag === undefined ? {} : { '': etag };
  if (runners.length === 0 || archived) {
    const failures = failure === undefined ? [] : [failure];
    return { fact: { ...NONE, runners }, asked: 1, count: 1 - failures.length, failures, etags: tags };
  }
  const [ran, admins] = await Promise.all([
    latestJobs(client, place, before.jobs, earlier?.etags?.runs),
    client.directAdmins(place, earlier?.etags?.admins),
  ]);
  const failures = [failure, ran.failure, admins.failure].flatMap((each) => each ?? []);
  return {
    fact: {
      runners,
      jobs: [...ran.jobs],
      admins: admins.unchanged === true ? before.admins : admins.items.map(({ id }) => id),
    },
    asked: 1,
    count: failures.length === 0 ? 1 : 0,
    failures,
    etags: {
      ...tags,
      ...(ran.etag === undefined ? {} : { runs: ran.etag }),
      ...(admins.etag === undefined ? {} : { admins: admins.etag }),
    },
  };
}
