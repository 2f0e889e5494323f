import type { GitHubOrganisation } from '../../../connectors/github/index.ts';
import type { RunnerPlace } from '../../../connectors/github/runners.ts';
import type { WorkflowRun } from '../../../connectors/github/runs.ts';
import type { RepositoryPlace } from '../../../connectors/github/workflows.ts';
import { mapBounded } from '../../../connectors/map-bounded.ts';
import { failed, ok, type VendorResult } from '../../../connectors/result.ts';

/** So many repositories are asked what runs in them: GitHub has no list of the jobs of a runner. */
const MOST_REPOSITORIES = 300;
const IN_FLIGHT = 10;

/**
 * Cancels the runs that have a job on a runner now, whole: GitHub cancels no single job. Runners of the organisation take
 * jobs of any repository, so that those with the latest changes are asked first.
 */
export async function cancelJobsOn(
  there: GitHubOrganisation,
  { organisation, repository }: RunnerPlace,
  runnerId: number,
): Promise<VendorResult<number>> {
  const places =
    repository === undefined ? await repositoriesOf(there, organisation) : ok([{ organisation, repository }]);
  if (!places.ok) return places;
  const perPlace = await mapBounded(places.value, IN_FLIGHT, (place) => cancelIn(there, place, runnerId));
  const cancelled = perPlace.reduce((sum, each) => sum + (each.ok ? each.value : 0), 0);
  const refused = perPlace.find((each) => !each.ok);
  return cancelled === 0 && refused !== undefined ? refused : ok(cancelled);
}

async function repositoriesOf(
  there: GitHubOrganisation,
  organisation: string,
): Promise<VendorResult<readonly RepositoryPlace[]>> {
  const { items, failure } = await there.listOrganisationRepositories();
  if (items.length === 0 && failure !== undefined) return failed(failure);
  const latest = items
    .filter(({ archived }) => !archived)
    .toSorted((one, other) => (one.changedAt < other.changedAt ? 1 : -1))
    .slice(0, MOST_REPOSITORIES);
  return ok(latest.map(({ name: repository }) => ({ organisation, repository })));
}

async function cancelIn(
  there: GitHubOrganisation,
  place: RepositoryPlace,
  runnerId: number,
): Promise<VendorResult<number>> {
  const { items: runs, failure } = await there.runsInProgress(place);
  if (runs.length === 0 && failure !== undefined) return failed(failure);
  const answers = await Promise.all(runs.map((run) => cancelIfOn(there, place, run, runnerId)));
  const refused = answers.find((each) => !each.ok);
  return refused ?? ok(answers.reduce((sum, each) => sum + (each.ok && each.value ? 1 : 0), 0));
}

async function cancelIfOn(
  there: GitHubOrganisation,
  place: RepositoryPlace,
  { id }: WorkflowRun,
  runnerId: number,
): Promise<VendorResult<boolean>> {
  const { items: jobs, failure } = await there.jobsOfRun(place, id);
  const on = jobs.some((job) => job.runnerId === runnerId && job.status !== 'completed');
  if (!on) return failure === undefined ? ok(false) : failed(failure);
  const cancelled = await there.cancelRun(place, id);
  return cancelled.ok ? ok(true) : cancelled;
}
