import type { Collection } from '../../core/collection.ts';
import { notFound, page, VARIABLES } from '../answers.ts';
import type { GitHubContext } from '../context.ts';
import { canonicalOf, organisationRoute, repositoryRoute, type Site } from '../site.ts';
import type { Environment, Variable } from '../state/state-actions.ts';
import type { Repository } from '../state/state-repository.ts';

/** Actions variables of organisations, repositories and environments: their values are readable. */
export function routeVariables(site: Site): void {
  const { shapes } = site;

  const one = (c: GitHubContext, variables: Collection<Variable>, shape: (variable: Variable) => object) => {
    const variable = variables.get(c.req.param('name') ?? '');
    return variable === undefined ? notFound(c) : c.json(shape(variable));
  };
  const remove = (c: GitHubContext, variables: Collection<Variable>) =>
    variables.delete(c.req.param('name') ?? '') ? c.body(null, 204) : notFound(c);
  const change = async (c: GitHubContext, variables: Collection<Variable>): Promise<Response> => {
    const variable = variables.get(c.req.param('name') ?? '');
    if (variable === undefined) return notFound(c);
    const { value } = (await c.req.json().catch(() => ({}))) as { value?: unknown };
    if (typeof value === 'string') variable.value = value;
    return c.body(null, 204);
  };
  const environment = (
    c: GitHubContext,
    repository: Repository,
    answer: (found: Environment) => Response | Promise<Response>,
  ): Response | Promise<Response> => {
    const found = repository.environments.get(c.req.param('environment') ?? '');
    return found === undefined ? notFound(c) : answer(found);
  };

  const path = '/actions/variables';
  organisationRoute(site, 'GET', path, ['organization_actions_variables', 'read'], (c, organisation) =>
    page(c, organisation.variables.all().map(shapes.organisationVariable), {
      size: VARIABLES,
      key: 'variables',
      canonical: canonicalOf(organisation, path),
    }),
  );
  organisationRoute(site, 'GET', `${path}/:name`, ['organization_actions_variables', 'read'], (c, organisation) =>
    one(c, organisation.variables, shapes.organisationVariable),
  );
  organisationRoute(site, 'DELETE', `${path}/:name`, ['organization_actions_variables', 'write'], (c, organisation) =>
    remove(c, organisation.variables),
  );
  organisationRoute(site, 'PATCH', `${path}/:name`, ['organization_actions_variables', 'write'], (c, organisation) =>
    change(c, organisation.variables),
  );

  repositoryRoute(site, 'GET', path, ['actions_variables', 'read'], (c, repository) =>
    page(c, repository.variables.all().map(shapes.variable), {
      size: VARIABLES,
      key: 'variables',
      canonical: canonicalOf(repository, path),
    }),
  );
  repositoryRoute(site, 'GET', `${path}/:name`, ['actions_variables', 'read'], (c, repository) =>
    one(c, repository.variables, shapes.variable),
  );
  repositoryRoute(site, 'DELETE', `${path}/:name`, ['actions_variables', 'write'], (c, repository) =>
    remove(c, repository.variables),
  );
  repositoryRoute(site, 'PATCH', `${path}/:name`, ['actions_variables', 'write'], (c, repository) =>
    change(c, repository.variables),
  );

  const inEnvironment = '/environments/:environment/variables';
  repositoryRoute(site, 'GET', inEnvironment, ['environments', 'read'], (c, repository) =>
    environment(c, repository, (found) =>
      page(c, found.variables.all().map(shapes.variable), {
        size: VARIABLES,
        key: 'variables',
        canonical: canonicalOf(repository, `/environments/${encodeURIComponent(found.name)}/variables`),
      }),
    ),
  );
  repositoryRoute(site, 'GET', `${inEnvironment}/:name`, ['environments', 'read'], (c, repository) =>
    environment(c, repository, (found) => one(c, found.variables, shapes.variable)),
  );
  repositoryRoute(site, 'DELETE', `${inEnvironment}/:name`, ['environments', 'write'], (c, repository) =>
    environment(c, repository, (found) => remove(c, found.variables)),
  );
  repositoryRoute(site, 'PATCH', `${inEnvironment}/:name`, ['environments', 'write'], (c, repository) =>
    environment(c, repository, (found) => change(c, found.variables)),
  );
}
