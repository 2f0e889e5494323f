import { notFound, page } from './answers.ts';
import { canonicalOf, organisationRoute, type Site } from './site.ts';

/** The organisation's audit log, newest first, by `actor:`, `action:` (an action or a whole category) and `created:>=` of a phrase. */
export function routeAuditLog(site: Site): void {
  const { state, shapes } = site;
  const path = '/audit-log';
  organisationRoute(site, 'GET', path, ['organization_administration', 'read'], (c, organisation) => {
    if (organisation.auditLog === null) return notFound(c);
    const phrase = c.req.query('phrase') ?? '';
    const wanted = (key: string): string | undefined => new RegExp(`\\b${key}:(\\S+)`).exec(phrase)?.[1]?.toLowerCase();
    const since = Date.parse(/\bcreated:>=(\S+)/.exec(phrase)?.[1] ?? '');
    const [actor, action] = [wanted('actor'), wanted('action')];
    const shown = organisation.auditLog
      .filter(({ at }) => Number.isNaN(since) || at.getTime() >= since)
      .filter((event) => action === undefined || event.action === action || event.action.startsWith(`${action}.`))
      .filter(({ actorId }) => actor === undefined || state.users.get(String(actorId))?.login.toLowerCase() === actor)
      .toSorted((one, other) => other.at.getTime() - one.at.getTime());
    return page(
      c,
      shown.map((event) => shapes.auditEvent(organisation, event)),
      { canonical: canonicalOf(organisation, path) },
    );
  });
}
