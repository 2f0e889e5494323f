import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { answer, page, problem } from './answers.ts';
import { guard } from './guard.ts';
import type { DevOpsState, User } from './state.ts';

const WANTED = { scope: 'vso.graph', preview: true } as const;

/** `vssps.dev.azure.com/{organisation}/_apis/graph`: who the organisation knows. */
export function directoryRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.get('/:organisation/_apis/graph/users', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const types = c.req.query('subjectTypes')?.split(',');
    const users = state.users.where(({ origin }) => types === undefined || types.includes(origin));
    return page(state, new URL(c.req.url), users, (user) => userShape(user, core));
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
    domain: core.tenantId,
    principalName: user.principalName,
    mailAddress: user.mailAddress,
    origin: user.origin,
    originId: user.originId,
    displayName: user.displayName,
    url: `${core.origin('devopsGraph')}/_apis/Graph/Users/${user.descriptor}`,
    descriptor: user.descriptor,
  };
}
