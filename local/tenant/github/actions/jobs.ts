import { notFound, page } from '../answers.ts';
import { canonicalOf, repositoryRoute, type Site } from '../site.ts';
import type { Run, RunJob } from '../state/state-actions.ts';
import type { Repository } from '../state/state-repository.ts';

/** Without another attempt, its own. */
function jobsOf(run: Run, attempt: number): readonly RunJob[] {
  return (run.jobs ?? []).filter((job) => (job.attempt ?? 1) === attempt);
}

/** Jobs of runs, with the runner that each is on, and how a run is cancelled. */
export function routeJobs(site: Site): void {
  const { shapes, state } = site;
  const path = '/actions/runs/:run';
  const find = (repository: Repository, id: string | undefined): Run | undefined =>
    repository.runs.find((run) => String(run.id) === id);

  repositoryRoute(site, 'GET', `${path}/jobs`, ['actions', 'read'], (c, repository) => {
    const run = find(repository, c.req.param('run'));
    if (run === undefined) return notFound(c);
    return page(
      c,
      jobsOf(run, run.attempt ?? 1).map((job) => shapes.job(repository, run, job)),
      { key: 'jobs', canonical: canonicalOf(repository, `/actions/runs/${run.id}/jobs`) },
    );
  });
  repositoryRoute(site, 'GET', `${path}/attempts/:attempt/jobs`, ['actions', 'read'], (c, repository) => {
    const run = find(repository, c.req.param('run'));
    const attempt = Number(c.req.param('attempt'));
    if (run === undefined || !(attempt >= 1 && attempt <= (run.attempt ?? 1))) return notFound(c);
    const canonical = canonicalOf(repository, `/actions/runs/${run.id}/attempts/${attempt}/jobs`);
    const jobs = jobsOf(run, attempt).map((job) => shapes.job(repository, run, job));
    return page(c, jobs, { key: 'jobs', canonical });
  });
  repositoryRoute(site, 'POST', `${path}/cancel`, ['actions', 'write'], (c, repository) => {
    const run = find(repository, c.req.param('run'));
    if (run === undefined) return notFound(c);
    if (run.status === undefined || run.status === 'completed') {
      return c.json({ message: 'Cannot cancel a workflow run that is completed.' }, 409);
    }
    // A machine that does not heed goes on with its job, whatever the run says.
    const heeded = (run.jobs ?? []).filter(
      (job) => job.status === 'in_progress' && !state.deafRunners.has(job.runnerId),
    );
    for (const job of heeded) free(repository, job);
    run.status = (run.jobs ?? []).some(({ status }) => status === 'in_progress') ? 'in_progress' : 'completed';
    return c.json({}, 202);
  });

  const worksOn = (runnerId: number): boolean =>
    state.repositories
      .all()
      .flatMap(({ runs }) => runs.flatMap(({ jobs }) => jobs ?? []))
      .some((job) => job.runnerId === runnerId && job.status === 'in_progress');

  function free(repository: Repository, job: RunJob): void {
    job.status = 'completed';
    const own = repository.runners.get(String(job.runnerId));
    const shared = state.organisations.get(repository.owner)?.runners.get(String(job.runnerId));
    const runner = own ?? shared;
    if (runner !== undefined) runner.busy = worksOn(job.runnerId);
  }
}
