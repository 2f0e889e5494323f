import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { answer, list, page, problem } from './answers.ts';
import { guard } from './guard.ts';
import type { DevOpsState } from './state/state.ts';
import type { User } from './state/state-people.ts';

const WANTED = { scope: 'vso.graph', versions: ['7.1-preview.1'] } as const;

/** `vssps.dev.azure.com/{organisation}/_apis/graph`: who the organisation knows. */
export function directoryRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.get('/:organisation/_apis/graph/users', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const types = c.req.query('subjectTypes')?.split(',');
    const users = state.users.where(
      ({ origin, originId }) =>
        (types === undefined || types.includes(origin)) && !state.behaviour.leftOut.list.has(originId),
    );
    return page(state, new URL(c.req.url), users, (user) => userShape(user, core));
  });

  app.post('/:organisation/_apis/graph/subjectquery', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const body: { readonly query?: unknown; readonly subjectKind?: unknown } = await c.req.json().catch(() => ({}));
    if (typeof body.query !== 'string' || body.query === '') {
      return problem(state, 400, 'VssPropertyValidationException', 'A query is required.');
    }
    const wanted = body.query.toLowerCase();
    const found = state.users.where(
      (user) =>
        [user.principalName, user.mailAddress, user.displayName].some((name) =>
          name.toLowerCase().startsWith(wanted),
        ) && !state.behaviour.leftOut.search.has(user.originId),
    );
    return list(
      state,
      found.slice(0, 100).map((user) => userShape(user, core)),
    );
  });

  app.get('/:organisation/_apis/graph/storagekeys/:descriptor', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const user = state.users.get(c.req.param('descriptor'));
    return user === undefined ? noSubject(state) : answer(state, { value: user.storageKey });
  });
}

export function noSubject(state: DevOpsState): Response {
  return problem(state, 404, 'GraphSubjectNotFoundException', 'VS403283: The graph subject could not be found.');
}

function userShape(user: User, core: TenantCore): unknown {
  return {
    subjectKind: 'user',
    metaType: 'member',
    domain: user.domain ?? core.tenantId,
    principalName: user.principalName,
    mailAddress: user.mailAddress,
    origin: user.origin,
    originId: user.originId,
    displayName: user.displayName,
    url: `${core.origin('devopsGraph')}/_apis/Graph/Users/${user.descriptor}`,
    descriptor: user.descriptor,
  };
}
