import { page } from './answers.ts';
import { canonicalOf, repositoryRoute, type Site } from './site.ts';
import type { Environment, Repository } from './state.ts';

/** Environments of a repository, with whoever has to approve what is deployed there. */
export function routeEnvironments(site: Site): void {
  const { core, shapes, state } = site;
  const shapeOf = (row: Repository, { id, name, reviewers = [] }: Environment): object => ({
    id,
    node_id: `EN_${id}`,
    name,
    url: `${core.origin('github')}/repos/${row.owner}/${row.name}/environments/${encodeURIComponent(name)}`,
    html_url: `https://github.localhost/${row.owner}/${row.name}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: '2024-03-04T09:30:00Z',
    updated_at: '2024-03-04T09:30:00Z',
    protection_rules: [
      { id: id * 10, node_id: `GA_${id * 10}`, type: 'wait_timer', wait_timer: 5 },
      ...(reviewers.length === 0
        ? []
        : [
            {
              id: id * 10 + 1,
              node_id: `GA_${id * 10 + 1}`,
              type: 'required_reviewers',
              prevent_self_review: false,
              reviewers: reviewers.flatMap((each) => {
                const user = state.users.get(String(each));
                return user === undefined ? [] : [{ type: 'User', reviewer: shapes.simpleUser(user) }];
              }),
            },
          ]),
    ],
    deployment_branch_policy: null,
  });

  repositoryRoute(site, 'GET', '/environments', ['actions', 'read'], (c, repository) =>
    page(
      c,
      repository.environments.all().map((environment) => shapeOf(repository, environment)),
      { key: 'environments', canonical: canonicalOf(repository, '/environments') },
    ),
  );
}
