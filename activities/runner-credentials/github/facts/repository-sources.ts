import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { LocatedTokens } from '../../judge-located.ts';
import { ciFiles } from './ci-files.ts';
import { deployKeys } from './deploy-keys.ts';
import { environmentReviewers } from './environment-reviewers.ts';
import type { Reading } from './reading.ts';
import { repositoryInvitations } from './repository-invitations.ts';
import { repositoryRunners } from './repository-runners.ts';
import {
  type FactsBefore,
  type Judging,
  NOTHING_BEFORE,
  type RepositoryFacts,
  type RepositorySource,
} from './repository-source.ts';
import { schedules } from './schedules/schedules.ts';
import { environmentVariables, repositoryVariables } from './variables.ts';
import { workflowFiles } from './workflow-files.ts';
import { workflowUses } from './workflow-uses.ts';

/** What each repository is asked for, in the order of the report. */
export const REPOSITORY_SOURCES: readonly RepositorySource[] = [
  repositoryVariables,
  environmentVariables,
  repositoryRunners,
  deployKeys,
  repositoryInvitations,
  environmentReviewers,
  workflowFiles,
  ciFiles,
  schedules,
  workflowUses,
];

/** Reads what is known of repositories whoever is asked about, all sources at once. */
export async function readRepositoryFacts(
  reading: Reading,
  before: FactsBefore = NOTHING_BEFORE,
): Promise<RepositoryFacts[]> {
  const [heads, read] = await Promise.all([
    reading.heads(),
    Promise.all(
      REPOSITORY_SOURCES.map(async (source) => ({ what: source.what, rows: await source.read(reading, before) })),
    ),
  ]);
  return reading.repositories.map((repository, at) => {
    const rows = read.flatMap(({ what, rows: all }) => {
      const row = all[at];
      return row === undefined ? [] : [[what, { ...row, readAt: reading.at }] as const];
    });
    return factsOf(repository, heads.get(repository.nodeId)?.head, rows);
  });
}

/** One repository, with a row of each source. */
export function factsOf(
  repository: RepositoryFacts['repository'],
  head: string | null | undefined,
  rows: readonly (readonly [string, RepositoryFacts['sources'][string]])[],
): RepositoryFacts {
  return { repository, ...(head === undefined ? {} : { head }), sources: Object.fromEntries(rows) };
}

/** What the facts of repositories say of a leaver; the tokens in `places` are still to be judged. */
export async function judgeRepositoryFacts(facts: readonly RepositoryFacts[], judging: Judging) {
  const judged = await Promise.all(REPOSITORY_SOURCES.map((source) => source.judge(facts, judging)));
  return {
    findings: judged.flatMap(({ findings = [] }) => findings),
    places: judged.flatMap(({ places = [] }): readonly LocatedTokens[] => places),
    uses: judged.flatMap(({ uses = [] }) => uses),
    coverage: judged.map(({ coverage }) => coverage),
    failures: judged.flatMap(({ allFailures }): readonly VendorFailure[] => allFailures),
  };
}
