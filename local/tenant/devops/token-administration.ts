import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { answer, noContent, onePage, problem } from './answers.ts';
import { noSubject } from './directory.ts';
import { guard } from './guard.ts';
import type { DevOpsState } from './state/state.ts';
import type { PersonalToken } from './state/state-people.ts';

const WANTED = { scope: 'vso.tokenadministration', versions: ['7.1'], refusal: 401 } as const;

/** Names of pages are GUIDs; these have the number of the row in their last twelve digits. */
const PAGES = 'c0ffee00-0000-4000-8000-';
const pageOf = (name: string | null): number => (name === null ? 0 : Number.parseInt(name.slice(PAGES.length), 16));

/** `_apis/tokenadmin`: for administrators, over everybody's tokens. The next page is named in the body. */
export function tokenRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.get('/:organisation/_apis/tokenadmin/personalaccesstokens/:descriptor', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const user = state.users.get(c.req.param('descriptor'));
    if (user === undefined) return noSubject(state);
    const isPublic = c.req.query('isPublic')?.toLowerCase() === 'true';
    const url = new URL(c.req.url);
    const mine = state.tokens.where((token) => token.descriptor === user.descriptor && token.isPublic === isPublic);
    const from = pageOf(url.searchParams.get('continuationToken'));
    const { rows, next } = onePage(state, url, mine, from);
    return answer(state, {
      value: rows.map((token) => tokenShape(token, user.storageKey, core, state)),
      continuationToken: next === undefined ? null : `${PAGES}${next.toString(16).padStart(12, '0')}`,
    });
  });

  app.post('/:organisation/_apis/tokenadmin/revocations', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const body: unknown = await c.req.json();
    const isPublic = c.req.query('isPublic')?.toLowerCase() === 'true';
    const ids = Array.isArray(body) ? body.map((entry: { authorizationId?: unknown }) => entry.authorizationId) : [];
    if (ids.length === 0 || !ids.every((id) => typeof id === 'string')) {
      return problem(state, 400, 'VssPropertyValidationException', 'A list of authorization ids is required.');
    }
    for (const id of ids) {
      const token = state.tokens.get(id);
      if (token?.isPublic === isPublic) token.revokedAt ??= core.now();
    }
    return noContent(state);
  });
}

function tokenShape(token: PersonalToken, owner: string, core: TenantCore, state: DevOpsState): unknown {
  const { revokedAt } = token;
  const now = core.now().getTime();
  const revoked = revokedAt !== undefined && now >= revokedAt.getTime() + state.behaviour.revocationDelayMs;
  return {
    clientId: '00000000-0000-0000-0000-000000000000',
    accessId: token.authorizationId,
    userId: token.userId ?? owner,
    authorizationId: token.authorizationId,
    hostAuthorizationId: '00000000-0000-0000-0000-000000000000',
    displayName: token.displayName,
    scope: token.scope,
    // UTC, and without a zone, as in the service's own examples.
    validFrom: token.validFrom.replace(/Z$/, ''),
    validTo: token.validTo.replace(/Z$/, ''),
    isPublic: token.isPublic,
    isValid: !revoked && now < Date.parse(token.validTo),
    source: null,
    targetAccounts: [],
  };
}
