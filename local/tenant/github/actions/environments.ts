import { notFound, page } from '../answers.ts';
import { canonicalOf, repositoryRoute, type Site } from '../site.ts';
import type { Environment } from '../state/state-actions.ts';
import type { Repository } from '../state/state-repository.ts';

/** Environments of a repository, with whoever has to approve what is deployed there. */
export function routeEnvironments(site: Site): void {
  const { core, shapes, state } = site;
  const shapeOf = (row: Repository, { id, name, reviewers = [], branchPolicy }: Environment): object => ({
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
    deployment_branch_policy:
      branchPolicy === undefined
        ? null
        : { protected_branches: branchPolicy === 'protected', custom_branch_policies: branchPolicy !== 'protected' },
  });

  const policies = '/environments/:environment/deployment-branch-policies';
  repositoryRoute(site, 'GET', policies, ['actions', 'read'], (c, repository) => {
    const environment = repository.environments.get(c.req.param('environment') ?? '');
    const { branchPolicy } = environment ?? {};
    if (environment === undefined || branchPolicy === undefined) return notFound(c);
    const names = branchPolicy === 'protected' ? [] : branchPolicy;
    const rows = names.map((name, index) => ({ id: index + 1, node_id: `DBP_${index + 1}`, name, type: 'branch' }));
    return page(c, rows, { key: 'branch_policies' });
  });
  repositoryRoute(site, 'GET', '/environments', ['actions', 'read'], (c, repository) =>
    page(
      c,
      repository.environments.all().map((environment) => shapeOf(repository, environment)),
      { key: 'environments', canonical: canonicalOf(repository, '/environments') },
    ),
  );
}
