import type { User } from '@microsoft/microsoft-graph-types';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { TenantCore } from '../../core/vendor.ts';
import {
  entity,
  type GraphContext,
  type GraphEnv,
  graphError,
  isAdvanced,
  notFound,
  page,
  parseAlternatives,
  parseAny,
  parseFilter,
  refusalOf,
  unsupportedQuery,
} from '../reply.ts';
import type { EntraState } from '../state/state.ts';
import type { UserRow } from '../state/state-people.ts';

const READ = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const READ_LEAVE_DATE = ['User-LifeCycleInfo.Read.All', 'User-LifeCycleInfo.ReadWrite.All'];
const WRITE = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const DELETE = ['User.DeleteRestore.All', ...WRITE];
const REVOKE = ['User.RevokeSessions.All', ...WRITE];

const AMONG = ['id', 'userPrincipalName', 'mail', 'employeeId'] as const;

const Change = z
  .object({ accountEnabled: z.boolean(), employeeLeaveDateTime: z.iso.datetime().nullable(), displayName: z.string() })
  .partial()
  .strict();

/** Users as `/users` and the deleted items show them. */
export function registerUsers(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  app.get('/users', (c) => {
    const refused = refusalOf(core, c, READ) ?? leaveDateRefusal(core, c);
    if (refused !== undefined) return refused;
    const search = c.req.query('$search');
    if (search !== undefined) {
      // $search is refused without the header (learn.microsoft.com/graph/search-query-parameter).
      if (!isAdvanced(c))
        return unsupportedQuery(
          c,
          'Request with $search query parameter only works with an eventual consistency level.',
        );
      const clauses = [...search.matchAll(/"(\w+):([^"]*)"/g)].map(([, field = '', value = '']) => ({ field, value }));
      if (clauses.length === 0) return unsupportedQuery(c, 'Syntax error in $search.');
      const hits = state.users.where((user) => clauses.some((clause) => isFoundBy(user, clause)));
      return page(core, c, 'users', hits.map(bare), state.switches);
    }
    const filter = c.req.query('$filter');
    if (filter === undefined) return page(core, c, 'users', state.users.all().map(bare), state.switches);
    const parsed = parseFilter(filter);
    if (parsed?.field === 'employeeLeaveDateTime' && parsed.operator !== 'eq' && isAdvanced(c)) {
      const limit = Date.parse(parsed.value);
      const sign = parsed.operator === 'le' ? 1 : -1;
      const hits = state.users.where(
        ({ employeeLeaveDateTime: leave }) => leave !== null && sign * (limit - Date.parse(leave)) >= 0,
      );
      return page(core, c, 'users', hits.map(bare), state.switches);
    }
    const among = parseAlternatives(filter);
    if (among !== undefined && (AMONG as readonly string[]).includes(among.field)) {
      const field = among.field as (typeof AMONG)[number];
      const hits = state.users.where((user) => among.values.includes((user[field] ?? '').toLowerCase()));
      return page(core, c, 'users', hits.map(bare), state.switches);
    }
    const any = parseAny(filter);
    if (any?.field === 'proxyAddresses' || any?.field === 'otherMails') {
      const { field, values } = any;
      const hits = state.users.where((user) => (user[field] ?? []).some((each) => values.includes(each.toLowerCase())));
      return page(core, c, 'users', hits.map(bare), state.switches);
    }
    return unsupportedQuery(
      c,
      `Unsupported or invalid query filter clause specified for property '${parsed?.field ?? ''}'.`,
    );
  });

  app.get('/users/:id', (c) => {
    const refused = refusalOf(core, c, READ) ?? leaveDateRefusal(core, c);
    if (refused !== undefined) return refused;
    const user = findUser(state, c.req.param('id'));
    if (user === undefined) return notFound(c, c.req.param('id'));
    const manager = state.users.get(user.managerId ?? '');
    const expanded = c.req.query('$expand')?.startsWith('manager') && manager !== undefined;
    return entity(core, c, 'users', expanded ? { ...bare(user), manager: managerOf(manager) } : bare(user));
  });

  app.get('/users/:id/manager', (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const manager = state.users.get(findUser(state, c.req.param('id'))?.managerId ?? '');
    return manager === undefined
      ? notFound(c, 'manager')
      : entity(core, c, 'directoryObjects', { '@odata.type': '#microsoft.graph.user', ...bare(manager) });
  });

  app.patch('/users/:id', async (c) => {
    const refused = refusalOf(core, c, WRITE);
    if (refused !== undefined) return refused;
    const user = findUser(state, c.req.param('id'));
    if (user === undefined) return notFound(c, c.req.param('id'));
    const change = Change.safeParse(await c.req.json().catch(() => undefined));
    if (!change.success) return graphError(c, 400, 'Request_BadRequest', 'Invalid value specified for a property.');
    Object.assign(user, change.data);
    core.events.publish({ changeType: 'updated', userId: user.id });
    return c.body(null, 204);
  });

  app.delete('/users/:id', (c) => {
    const refused = refusalOf(core, c, DELETE);
    if (refused !== undefined) return refused;
    const user = findUser(state, c.req.param('id'));
    if (user === undefined) return notFound(c, c.req.param('id'));
    softDelete(core, state, user);
    return c.body(null, 204);
  });

  app.post('/users/:id/revokeSignInSessions', (c) => {
    const refused = refusalOf(core, c, REVOKE);
    if (refused !== undefined) return refused;
    const user = findUser(state, c.req.param('id'));
    if (user === undefined) return notFound(c, c.req.param('id'));
    user.signInSessionsValidFromDateTime = core.now().toISOString();
    if (state.switches.revokeAnswers === 204) return c.body(null, 204);
    return c.json({ '@odata.context': `${core.origin('graph')}/v1.0/$metadata#Edm.Boolean`, value: true });
  });
}

/** A display name is found by the beginning of each of its words, everything else by its own beginning. */
function isFoundBy(user: UserRow, { field, value }: { readonly field: string; readonly value: string }): boolean {
  const wanted = value.toLowerCase();
  if (field === 'displayName') {
    const words = user.displayName.toLowerCase().split(/[\s\-.]+/);
    return wanted.split(/\s+/).every((part) => words.some((word) => word.startsWith(part)));
  }
  const own = field === 'mail' ? user.mail : field === 'userPrincipalName' ? user.userPrincipalName : undefined;
  return own?.toLowerCase().startsWith(wanted) ?? false;
}

function findUser(state: EntraState, key: string): UserRow | undefined {
  const byName = (user: UserRow): boolean => user.userPrincipalName.toLowerCase() === key.toLowerCase();
  return state.users.get(key) ?? state.users.where(byName)[0];
}

/**
 * A normal deletion: the object moves to the deleted items under a prefixed UPN and keeps everything that it
 * was granted. Graph tells subscribers that the user was *updated*.
 */
function softDelete(core: TenantCore, state: EntraState, user: UserRow): void {
  state.users.delete(user.id);
  state.deletedUsers.add({
    ...user,
    userPrincipalName: `${user.id.replaceAll('-', '')}${user.userPrincipalName}`,
    deletedDateTime: core.now().toISOString(),
  });
  core.events.publish({ changeType: 'updated', userId: user.id });
}

/** The row in Graph's own type, without what only the simulation needs. */
export function bare(row: UserRow): User {
  const { managerId: _, ...user } = row;
  return user;
}

function managerOf(row: UserRow): object {
  const { id, displayName, mail } = row;
  return { '@odata.type': '#microsoft.graph.user', id, displayName, mail };
}

/** employeeLeaveDateTime has a permission of its own, for selecting as for filtering. */
export function leaveDateRefusal(core: TenantCore, c: GraphContext): Response | undefined {
  const asked = `${c.req.query('$select') ?? ''} ${c.req.query('$filter') ?? ''}`;
  return asked.includes('employeeLeaveDateTime') ? refusalOf(core, c, READ_LEAVE_DATE) : undefined;
}

export const USER_READ = READ;
export const USER_DELETE = DELETE;
