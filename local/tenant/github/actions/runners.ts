import type { Collection } from '../../core/collection.ts';
import { invalid, notFound, page } from '../answers.ts';
import type { GitHubContext } from '../context.ts';
import { canonicalOf, organisationRoute, repositoryRoute, type Site } from '../site.ts';
import type { Runner } from '../state/state-actions.ts';

/** Self-hosted runners of organisations and repositories, and where repositories may have their own. */
export function routeRunners(site: Site): void {
  const { shapes, state } = site;

  const list = (c: GitHubContext, runners: Collection<Runner>, canonical: string) => {
    const name = c.req.query('name');
    const shown = runners.where((runner) => name === undefined || runner.name === name);
    return page(c, shown.map(shapes.runner), { key: 'runners', canonical });
  };
  const one = (c: GitHubContext, runners: Collection<Runner>) => {
    const runner = runners.get(c.req.param('runner') ?? '');
    return runner === undefined ? notFound(c) : c.json(shapes.runner(runner));
  };
  const remove = (c: GitHubContext, runners: Collection<Runner>) => {
    const runner = runners.get(c.req.param('runner') ?? '');
    if (runner === undefined) return notFound(c);
    if (runner.busy && !state.removesWorkingRunners)
      return invalid(c, `Runner ${runner.name} is currently running a job and cannot be deleted.`);
    runners.delete(String(runner.id));
    return c.body(null, 204);
  };

  const path = '/actions/runners';
  const own = 'organization_self_hosted_runners';
  organisationRoute(site, 'GET', path, [own, 'read'], (c, organisation) =>
    list(c, organisation.runners, canonicalOf(organisation, path)),
  );
  organisationRoute(site, 'GET', `${path}/:runner`, [own, 'read'], (c, organisation) => one(c, organisation.runners));
  organisationRoute(site, 'DELETE', `${path}/:runner`, [own, 'write'], (c, organisation) =>
    remove(c, organisation.runners),
  );

  repositoryRoute(site, 'GET', path, ['administration', 'read'], (c, repository) =>
    list(c, repository.runners, canonicalOf(repository, path)),
  );
  repositoryRoute(site, 'GET', `${path}/:runner`, ['administration', 'read'], (c, repository) =>
    one(c, repository.runners),
  );
  repositoryRoute(site, 'DELETE', `${path}/:runner`, ['administration', 'write'], (c, repository) =>
    remove(c, repository.runners),
  );

  const groups = '/actions/runner-groups';
  organisationRoute(site, 'GET', groups, [own, 'read'], (c, organisation) =>
    page(
      c,
      organisation.runnerGroups.all().map((group) => shapes.runnerGroup(organisation, group)),
      { key: 'runner_groups', canonical: canonicalOf(organisation, groups) },
    ),
  );
  organisationRoute(site, 'GET', `${groups}/:group/runners`, [own, 'read'], (c, organisation) => {
    const group = organisation.runnerGroups.get(c.req.param('group') ?? '');
    if (group === undefined) return notFound(c);
    const canonical = canonicalOf(organisation, `${groups}/${group.id}/runners`);
    return page(c, group.runners.map(shapes.runner), { key: 'runners', canonical });
  });

  const policy = '/actions/permissions/self-hosted-runners';
  organisationRoute(site, 'GET', policy, ['organization_administration', 'read'], (c, organisation) =>
    c.json({
      enabled_repositories: organisation.repositoryRunners,
      ...(organisation.repositoryRunners === 'selected'
        ? {
            selected_repositories_url: `${site.core.origin('github')}${canonicalOf(organisation, policy)}/repositories`,
          }
        : {}),
    }),
  );
  organisationRoute(site, 'GET', `${policy}/repositories`, ['organization_administration', 'read'], (c, organisation) =>
    page(
      c,
      state.repositories
        .where(({ id, owner }) => owner === organisation.login && organisation.runnerRepositories.has(id))
        .map(shapes.fullRepository),
      { key: 'repositories', canonical: canonicalOf(organisation, `${policy}/repositories`) },
    ),
  );
}
