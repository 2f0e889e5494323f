import { notFound, page } from '../answers.ts';
import { canonicalOf, organisationRoute, repositoryRoute, type Site } from '../site.ts';

/**
 * Names of Actions secrets of organisations, repositories and environments. Nobody is told a value. What Dependabot and
 * Codespaces keep is listed elsewhere, by permissions that no App of the firm has, and is not simulated.
 */
export function routeSecrets(site: Site): void {
  const { shapes } = site;
  const path = '/actions/secrets';
  organisationRoute(site, 'GET', path, ['organization_secrets', 'read'], (c, organisation) =>
    page(
      c,
      organisation.secrets.all().map((each) => shapes.organisationSecret(organisation, each)),
      { key: 'secrets', canonical: canonicalOf(organisation, path) },
    ),
  );
  repositoryRoute(site, 'GET', path, ['secrets', 'read'], (c, repository) =>
    page(c, repository.secrets.all().map(shapes.secret), { key: 'secrets', canonical: canonicalOf(repository, path) }),
  );
  repositoryRoute(site, 'GET', '/environments/:environment/secrets', ['environments', 'read'], (c, repository) => {
    const environment = repository.environments.get(c.req.param('environment') ?? '');
    if (environment === undefined) return notFound(c);
    const canonical = canonicalOf(repository, `/environments/${encodeURIComponent(environment.name)}/secrets`);
    return page(c, environment.secrets.all().map(shapes.secret), { key: 'secrets', canonical });
  });
}
