import { counted } from '../../../../cases/words/wording.ts';
import type { RunnerPlace } from '../../../../connectors/github/actions/runners.ts';
import type { WorkflowRun } from '../../../../connectors/github/actions/runs.ts';
import type { RepositoryPlace } from '../../../../connectors/github/actions/workflows.ts';
import type { GitHubOrganisation } from '../../../../connectors/github/index.ts';
import { mapBounded } from '../../../../connectors/map-bounded.ts';
import type { VendorFailure } from '../../../../connectors/result.ts';

/** So many repositories are asked what runs in them: GitHub has no list of the jobs of a runner. */
const MOST_REPOSITORIES = 300;
const IN_FLIGHT = 10;

/** What was cancelled, and why more may go on: a run that was refused, a repository that could not be asked. */
export interface CancelledRuns {
  readonly cancelled: number;
  readonly refused: readonly VendorFailure[];
}

/**
 * Cancels the runs that have a job on a runner now, whole: GitHub cancels no single job. Runners of the organisation take
 * jobs of any repository, so that those with the latest changes are asked first. What could not be asked or cancelled is
 * told, however much else was: only the runner itself says whether a job is left on it.
 */
export async function cancelJobsOn(
  there: GitHubOrganisation,
  { organisation, repository }: RunnerPlace,
  runnerId: number,
): Promise<CancelledRuns> {
  const { places, unasked } =
    repository === undefined
      ? await repositoriesOf(there, organisation)
      : { places: [{ organisation, repository }], unasked: [] };
  const perPlace = await mapBounded(places, IN_FLIGHT, (place) => cancelIn(there, place, runnerId));
  return together([...perPlace.flat(), { cancelled: 0, refused: unasked }]);
}

/** All refusals as one, by the first that a person has to mend; the others are counted. */
export function refusedTogether(refused: readonly VendorFailure[]): VendorFailure | undefined {
  const worst = refused.find(({ kind }) => kind === 'denied') ?? refused[0];
  if (worst === undefined) return undefined;
  const more = refused.length - 1;
  const others =
    more === 0
      ? ''
      : ` ${counted(more, 'other question or cancellation', 'other questions or cancellations')} failed as well.`;
  return { ...worst, message: `${worst.message}${others} The runner still works, so that it was not removed.` };
}

function together(parts: readonly CancelledRuns[]): CancelledRuns {
  return {
    cancelled: parts.reduce((sum, each) => sum + each.cancelled, 0),
    refused: parts.flatMap(({ refused }) => refused),
  };
}

async function repositoriesOf(
  there: GitHubOrganisation,
  organisation: string,
): Promise<{ readonly places: readonly RepositoryPlace[]; readonly unasked: readonly VendorFailure[] }> {
  const { items, failure } = await there.listOrganisationRepositories();
  const open = items
    .filter(({ archived }) => !archived)
    .toSorted((one, other) => (one.changedAt > other.changedAt ? -1 : 1));
  const places = open.slice(0, MOST_REPOSITORIES).map(({ name: repository }) => ({ organisation, repository }));
  const rest = open.length - places.length;
  const message = `What runs in ${counted(rest, 'repository', 'repositories')} of ${organisation} was not asked: the ${MOST_REPOSITORIES} with the latest changes were.`;
  const unread: readonly VendorFailure[] = rest === 0 ? [] : [{ kind: 'incomplete', status: 200, message }];
  return { places, unasked: failure === undefined ? unread : [failure, ...unread] };
}

async function cancelIn(
  there: GitHubOrganisation,
  place: RepositoryPlace,
  runnerId: number,
): Promise<readonly CancelledRuns[]> {
  const { items: runs, failure } = await there.runsInProgress(place);
  const answers = await Promise.all(runs.map((run) => cancelIfOn(there, place, run, runnerId)));
  return [...answers, { cancelled: 0, refused: failure === undefined ? [] : [failure] }];
}

async function cancelIfOn(
  there: GitHubOrganisation,
  place: RepositoryPlace,
  { id }: WorkflowRun,
  runnerId: number,
): Promise<CancelledRuns> {
  const { items: jobs, failure } = await there.jobsOfRun(place, id);
  const on = jobs.some((job) => job.runnerId === runnerId && job.status !== 'completed');
  if (!on) return { cancelled: 0, refused: failure === undefined ? [] : [failure] };
  const cancelled = await there.cancelRun(place, id);
  return cancelled.ok ? { cancelled: 1, refused: [] } : { cancelled: 0, refused: [cancelled.failure] };
}
