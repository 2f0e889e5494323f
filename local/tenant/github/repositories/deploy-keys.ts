import { invalid, notFound, page } from '../answers.ts';
import { canonicalOf, repositoryRoute, type Site } from '../site.ts';
import type { DeployKey } from '../state/state-credentials.ts';

/** Deploy keys of a repository. GitHub has each public key once, wherever it stands. */
export function routeDeployKeys(site: Site): void {
  const { shapes, state } = site;

  repositoryRoute(site, 'GET', '/keys', ['administration', 'read'], (c, repository) =>
    page(
      c,
      repository.deployKeys.all().map((key) => shapes.deployKey(repository, key)),
      { canonical: canonicalOf(repository, '/keys') },
    ),
  );
  repositoryRoute(site, 'GET', '/keys/:key', ['administration', 'read'], (c, repository) => {
    const key = repository.deployKeys.get(c.req.param('key') ?? '');
    return key === undefined ? notFound(c) : c.json(shapes.deployKey(repository, key));
  });
  repositoryRoute(site, 'DELETE', '/keys/:key', ['administration', 'write'], (c, repository) =>
    repository.deployKeys.delete(c.req.param('key') ?? '') ? c.body(null, 204) : notFound(c),
  );
  repositoryRoute(site, 'POST', '/keys', ['administration', 'write'], async (c, repository) => {
    const body = (await c.req.json().catch(() => ({}))) as { key?: unknown; title?: unknown; read_only?: unknown };
    const everywhere = state.repositories.all().flatMap(({ deployKeys }) => deployKeys.all());
    if (typeof body.key !== 'string' || everywhere.some(({ key }) => key === body.key)) {
      return invalid(c, 'Validation Failed: key is already in use');
    }
    const key: DeployKey = {
      id: 1 + Math.max(repository.id * 1_000, ...everywhere.map(({ id }) => id)),
      key: body.key,
      title: typeof body.title === 'string' ? body.title : '',
      readOnly: body.read_only === true,
      // What an App adds has the App as its author.
      addedBy: `${state.appSlug}[bot]`,
    };
    repository.deployKeys.add(key);
    return c.json(shapes.deployKey(repository, key), 201);
  });
}
