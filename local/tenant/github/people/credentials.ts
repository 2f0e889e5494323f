import { invalid, notFound, page } from '../answers.ts';
import { canonicalOf, organisationRoute, type Site } from '../site.ts';
import type { FineGrainedToken, SsoCredential } from '../state/state-credentials.ts';

/** Fine-grained personal access tokens and single sign-on authorisations: what a person still holds. */
export function routeCredentials(site: Site): void {
  const { shapes, state, core } = site;
  const stands = (row: { revokedFrom?: number }): boolean =>
    row.revokedFrom === undefined || row.revokedFrom > core.now().getTime();
  const loginOf = ({ ownerId, login }: SsoCredential): string =>
    (ownerId === undefined ? undefined : state.users.get(String(ownerId))?.login) ?? login;
  const revokeLater = (token: FineGrainedToken): void => {
    token.revokedFrom ??= core.now().getTime() + state.revocationDelayMs;
  };

  const tokens = '/personal-access-tokens';
  const permission = 'organization_personal_access_tokens';
  organisationRoute(site, 'GET', tokens, [permission, 'read'], (c, organisation) => {
    const owners = c.req.queries('owner[]')?.map((login) => login.toLowerCase());
    const shown = organisation.tokens
      .where(stands)
      .filter(
        ({ ownerId }) =>
          owners === undefined || owners.includes(state.users.get(String(ownerId))?.login.toLowerCase() ?? ''),
      );
    return page(
      c,
      shown.map((token) => shapes.fineGrainedToken(organisation, token)),
      { canonical: canonicalOf(organisation, tokens) },
    );
  });
  organisationRoute(site, 'POST', tokens, [permission, 'write'], async (c, organisation) => {
    const body = (await c.req.json().catch(() => ({}))) as { action?: unknown; pat_ids?: unknown };
    const ids = Array.isArray(body.pat_ids) ? body.pat_ids.map(String) : [];
    if (body.action !== 'revoke' || ids.length === 0) return invalid(c, 'Validation Failed');
    for (const id of ids) {
      const token = organisation.tokens.get(id);
      if (token !== undefined) revokeLater(token);
    }
    return c.json({}, 202);
  });
  organisationRoute(site, 'POST', `${tokens}/:pat`, [permission, 'write'], async (c, organisation) => {
    const token = organisation.tokens.get(c.req.param('pat') ?? '');
    if (token === undefined || !stands(token)) return notFound(c);
    token.revokedFrom = core.now().getTime();
    return c.body(null, 204);
  });

  const credentials = '/credential-authorizations';
  organisationRoute(site, 'GET', credentials, ['organization_administration', 'read'], (c, organisation) => {
    if (organisation.identities === null) return notFound(c);
    const login = c.req.query('login')?.toLowerCase();
    const shown = organisation.credentials
      .where(stands)
      .map((credential) => ({ ...credential, login: loginOf(credential) }))
      .filter((credential) => login === undefined || credential.login.toLowerCase() === login);
    return page(c, shown.map(shapes.credential), { canonical: canonicalOf(organisation, credentials) });
  });
  organisationRoute(
    site,
    'DELETE',
    `${credentials}/:id`,
    ['organization_administration', 'write'],
    (c, organisation) => {
      const credential = organisation.credentials.get(c.req.param('id') ?? '');
      if (credential === undefined || !stands(credential)) return notFound(c);
      credential.revokedFrom = core.now().getTime();
      return c.body(null, 204);
    },
  );
}
