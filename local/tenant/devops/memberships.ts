import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { answer, list, noContent, problem } from './answers.ts';
import { noSubject } from './directory.ts';
import { guard } from './guard.ts';
import type { DevOpsState } from './state/state.ts';

const WANTED = { scope: 'vso.graph', versions: ['7.1-preview.1'] } as const;

/** The groups of an account, and whether it is a member at all. */
export function membershipRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.get('/:organisation/_apis/graph/memberships/:descriptor', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const user = state.users.get(c.req.param('descriptor'));
    if (user === undefined) return noSubject(state);
    const groups = state.groups.where(({ members }) => members.includes(user.descriptor));
    return list(
      state,
      groups.map(({ descriptor }) => ({ containerDescriptor: descriptor, memberDescriptor: user.descriptor })),
    );
  });

  app.get('/:organisation/_apis/graph/membershipstates/:descriptor', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const user = state.users.get(c.req.param('descriptor'));
    return user === undefined ? noSubject(state) : answer(state, { active: user.active !== false });
  });

  app.post('/:organisation/_apis/graph/subjectlookup', async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const body: { readonly lookupKeys?: readonly { readonly descriptor: string }[] } = await c.req.json();
    const value = (body.lookupKeys ?? []).map(({ descriptor }) => {
      const group = state.groups.get(descriptor);
      if (group === undefined) return [descriptor, null];
      const { principalName, displayName, origin } = group;
      return [descriptor, { subjectKind: 'group', principalName, displayName, origin, descriptor }];
    });
    return answer(state, { value: Object.fromEntries(value) });
  });
}

/** `vsaex.dev.azure.com`: who has a licence. */
export function entitlementRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.delete('/:organisation/_apis/userentitlements/:id', async (c) => {
    const refused = await guard(core, state, c.req.raw, { scope: 'vso.memberentitlementmanagement_write' });
    if (refused !== undefined) return refused;
    const [user] = state.users.where(({ storageKey }) => storageKey.toLowerCase() === c.req.param('id'));
    if (user === undefined) return problem(state, 404, 'MemberNotFoundException', 'There is no such member.');
    user.active = false;
    return noContent(state);
  });
}
