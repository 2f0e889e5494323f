import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { shownOwners } from '../applications/owners.ts';
import {
  advancedRefusal,
  type GraphContext,
  type GraphEnv,
  graphError,
  isAdvanced,
  notFound,
  page,
  parseAlternatives,
  parseFilter,
  refusalOf,
  unsupportedQuery,
} from '../reply.ts';
import type { EntraState } from '../state/state.ts';
import type { GroupRow } from '../state/state-people.ts';

/** Groups and who is in them. */
export function registerGroups(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  const refusal = (c: GraphContext): Response | undefined =>
    refusalOf(core, c, ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All']);
  const shown = ({ id, displayName, visibility }: GroupRow): object => ({
    id,
    displayName,
    securityEnabled: true,
    visibility: visibility ?? null,
  });

  app.get('/groups', (c) => {
    const refused = refusal(c);
    if (refused !== undefined) return refused;
    const one = parseFilter(c.req.query('$filter') ?? '');
    if (one?.field === 'mail' && one.operator === 'eq') {
      const rows = state.groups.where(({ mail }) => mail?.toLowerCase() === one.value.toLowerCase());
      return page(core, c, 'groups', rows.map(shown), state.switches);
    }
    const filter = parseAlternatives(c.req.query('$filter') ?? '');
    if (filter?.field !== 'id') return unsupportedQuery(c, 'Groups are listed by id here.');
    const rows = state.groups.where(({ id }) => filter.values.includes(id.toLowerCase()));
    return page(core, c, 'groups', rows.map(shown), state.switches);
  });
  app.get('/groups/:id', (c) => {
    const refused = refusal(c);
    if (refused !== undefined) return refused;
    const group = state.groups.get(c.req.param('id'));
    return group === undefined ? notFound(c, c.req.param('id')) : c.json(shown(group));
  });
  app.post('/users/:id/checkMemberGroups', async (c) => {
    const refused = refusal(c) ?? refusalOf(core, c, ['User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All']);
    if (refused !== undefined) return refused;
    const id = c.req.param('id').toLowerCase();
    if (state.users.get(id) === undefined) return notFound(c, id);
    const { groupIds } = (await c.req.json()) as { groupIds: readonly string[] };
    if (groupIds.length > 20) {
      return graphError(c, 400, 'Request_BadRequest', 'The request has more groups than are allowed: 20.');
    }
    // Groups within groups count; whether somebody is in a group that hides its members is not told.
    const holds = (group: GroupRow, seen: readonly string[]): boolean =>
      group.memberIds.has(id) ||
      [...group.memberIds].some((member) => {
        const inner = seen.includes(member) ? undefined : state.groups.get(member);
        return inner !== undefined && holds(inner, [...seen, member]);
      });
    const value = groupIds.filter((groupId) => {
      const group = state.groups.get(groupId);
      return group !== undefined && group.visibility !== 'HiddenMembership' && holds(group, [groupId]);
    });
    return c.json({ value });
  });
  app.get('/groups/:id/owners', (c) => {
    const refused = refusal(c);
    if (refused !== undefined) return refused;
    const group = state.groups.get(c.req.param('id'));
    if (group === undefined) return notFound(c, c.req.param('id'));
    // Service principals are left out: learn.microsoft.com/graph/api/group-list-owners
    return page(core, c, 'directoryObjects', shownOwners(state, group.ownerIds), state.switches);
  });
  app.get('/groups/:id/transitiveMembers/microsoft.graph.user', (c) => {
    const refused = refusal(c);
    if (refused !== undefined) return refused;
    if (!isAdvanced(c)) return unsupportedQuery(c, 'A cast needs an advanced query.');
    const group = state.groups.get(c.req.param('id'));
    if (group === undefined) return notFound(c, c.req.param('id'));
    const hidden = group.visibility === 'HiddenMembership' && refusalOf(core, c, ['Member.Read.Hidden']) !== undefined;
    const within = (row: GroupRow, seen: readonly string[]): string[] =>
      [...row.memberIds].flatMap((id) => {
        const inner = seen.includes(id) ? undefined : state.groups.get(id);
        return inner === undefined ? [id] : within(inner, [...seen, id]);
      });
    const people = hidden ? [] : within(group, [group.id]).filter((id) => state.users.get(id) !== undefined);
    return page(
      core,
      c,
      'users',
      [...new Set(people)].map((id) => ({ id })),
      state.switches,
    );
  });
  app.get('/groups/:id/members', (c) => {
    const refused = refusal(c);
    if (refused !== undefined) return refused;
    const group = state.groups.get(c.req.param('id'));
    if (group === undefined) return notFound(c, c.req.param('id'));
    // Graph's pages do not say whether it answers with nothing or with a refusal; nothing is the one that can deceive.
    const hidden = group.visibility === 'HiddenMembership' && refusalOf(core, c, ['Member.Read.Hidden']) !== undefined;
    const side = isAdvanced(c) ? 'advanced' : 'resource';
    const filter = c.req.query('$filter');
    const wanted = filter === undefined ? undefined : parseFilter(filter);
    if (filter !== undefined && (wanted?.field !== 'id' || wanted.operator !== 'eq' || side === 'resource')) {
      return unsupportedQuery(c, 'Unsupported or invalid query filter clause specified.');
    }
    const refusedQuery = advancedRefusal(c, state.switches);
    if (refusedQuery !== undefined) return refusedQuery;
    const members = [...(hidden ? [] : group.memberIds)].filter(
      (id) =>
        // Deleted users are no members; service principals, those of managed identities among them, are.
        state.deletedUsers.get(id) === undefined &&
        !state.switches.leftOut[side].has(id) &&
        (wanted === undefined || wanted.value === id),
    );
    return page(
      core,
      c,
      'directoryObjects',
      members.map((id) => ({
        '@odata.type': `#microsoft.graph.${state.users.get(id) === undefined ? 'servicePrincipal' : 'user'}`,
        id,
      })),
      state.switches,
    );
  });
}
