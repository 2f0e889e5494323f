import type { RepositoryPlace } from '../../../../src/connectors/github/actions/workflows.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';

/** How many of a repository's latest runs are asked for their jobs: each costs a call. */
const RUNS = 10;

/** Jobs that one runner had of runs of one account. */
export interface RunnerJobs {
  readonly runnerId: number;
  /** Null for a deleted account. */
  readonly actorId: number | null;
  readonly jobs: number;
}

export interface JobsRead {
  readonly jobs: readonly RunnerJobs[];
  readonly failure?: VendorFailure;
  readonly etag?: string;
}

/**
 * On which runners the latest jobs of a repository ran, and whose runs they were of. Whose one counts as is the run's
 * actor, as whom its workflow ran: re-runs keep it. `before` is what was known at the ETag `unless`.
 */
export async function latestJobs(
  client: GitHubOrganisation,
  place: RepositoryPlace,
  before: readonly RunnerJobs[] = [],
  unless?: string,
): Promise<JobsRead> {
  const latest = await client.latestRuns(place, RUNS, unless);
  if (!latest.ok) return { jobs: [], failure: latest.failure };
  if (latest.value.unchanged === true) return { jobs: before, ...(unless === undefined ? {} : { etag: unless }) };
  const { runs, etag } = latest.value;
  const perRun = await Promise.all(
    runs.map(async ({ id, actorId }) => ({ actorId, listed: await client.jobsOfRun(place, id) })),
  );
  const on = perRun.flatMap(({ actorId, listed }) =>
    listed.items.flatMap(({ runnerId }) => (runnerId === undefined ? [] : [{ runnerId, actorId }])),
  );
  const counted = [...Map.groupBy(on, ({ runnerId, actorId }) => `${runnerId} ${actorId}`).values()];
  const failure = perRun.flatMap(({ listed }) => listed.failure ?? [])[0];
  return {
    jobs: counted.flatMap((same) => same.slice(0, 1).map((each) => ({ ...each, jobs: same.length }))),
    ...(failure === undefined ? (etag === undefined ? {} : { etag }) : { failure }),
  };
}
