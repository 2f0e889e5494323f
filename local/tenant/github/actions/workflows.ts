import { notFound, page, tooLarge } from '../answers.ts';
import type { GitHubContext } from '../context.ts';
import { sha } from '../shapes/node-ids.ts';
import { canonicalOf, repositoryRoute, type Site } from '../site.ts';
import type { Workflow } from '../state/state-actions.ts';
import type { Repository } from '../state/state-repository.ts';

/** GitHub returns no more than this many runs of one search, however many there are. */
const MAX_RUNS = 1_000;

/** Workflows, their runs, and the texts that GraphQL truncates. */
export function routeWorkflows(site: Site): void {
  const { shapes, state } = site;

  const find = (c: GitHubContext, repository: Repository): Workflow | undefined => {
    const wanted = c.req.param('workflow') ?? '';
    return (
      repository.workflows.get(wanted) ?? repository.workflows.all().find(({ path }) => path.endsWith(`/${wanted}`))
    );
  };
  const runs = (c: GitHubContext, repository: Repository, canonical: string, workflow?: Workflow) => {
    const { actor, event, status } = c.req.query();
    const found = repository.runs
      .filter((run) => workflow === undefined || run.workflowId === workflow.id)
      .filter((run) => event === undefined || run.event === event)
      .filter((run) => status === undefined || (run.status ?? 'completed') === status)
      .filter((run) => actor === undefined || sameLogin(state.users.get(String(run.actorId))?.login, actor))
      .toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
      .slice(0, MAX_RUNS);
    return page(
      c,
      found.map((run) => shapes.run(repository, run)),
      { key: 'workflow_runs', canonical },
    );
  };

  const path = '/actions/workflows';
  repositoryRoute(site, 'GET', path, ['actions', 'read'], (c, repository) =>
    page(
      c,
      repository.workflows.all().map((workflow) => shapes.workflow(repository, workflow)),
      { key: 'workflows', canonical: canonicalOf(repository, path) },
    ),
  );
  repositoryRoute(site, 'GET', `${path}/:workflow`, ['actions', 'read'], (c, repository) => {
    const workflow = find(c, repository);
    return workflow === undefined ? notFound(c) : c.json(shapes.workflow(repository, workflow));
  });
  repositoryRoute(site, 'PUT', `${path}/:workflow/disable`, ['actions', 'write'], (c, repository) => {
    const workflow = find(c, repository);
    if (workflow === undefined) return notFound(c);
    workflow.state = 'disabled_manually';
    return c.body(null, 204);
  });
  repositoryRoute(site, 'PUT', `${path}/:workflow/enable`, ['actions', 'write'], (c, repository) => {
    const workflow = find(c, repository);
    if (workflow === undefined) return notFound(c);
    workflow.state = 'active';
    return c.body(null, 204);
  });
  repositoryRoute(site, 'GET', `${path}/:workflow/runs`, ['actions', 'read'], (c, repository) => {
    const workflow = find(c, repository);
    if (workflow === undefined) return notFound(c);
    return runs(c, repository, canonicalOf(repository, `${path}/${workflow.id}/runs`), workflow);
  });
  repositoryRoute(site, 'GET', '/actions/runs', ['actions', 'read'], (c, repository) =>
    runs(c, repository, canonicalOf(repository, '/actions/runs')),
  );
  repositoryRoute(site, 'GET', '/collaborators', ['metadata', 'read'], (c, repository) =>
    page(
      c,
      [...repository.admins].flatMap((id) => {
        const user = state.users.get(String(id));
        return user === undefined ? [] : [shapes.collaborator(user)];
      }),
      { canonical: canonicalOf(repository, '/collaborators') },
    ),
  );
  repositoryRoute(site, 'GET', '/git/blobs/:sha', ['contents', 'read'], (c, repository) => {
    const text = [...repository.files.values()].find((content) => sha(content) === c.req.param('sha'));
    if (text === undefined) return notFound(c);
    return Buffer.byteLength(text) > state.limits.largestBlob ? tooLarge(c) : c.json(shapes.blob(repository, text));
  });
}

function sameLogin(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
