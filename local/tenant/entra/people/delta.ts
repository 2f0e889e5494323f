import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { type GraphContext, type GraphEnv, graphError, refusalOf, unsupportedQuery } from '../reply.ts';
import type { EntraState } from '../state/state.ts';
import { type UserDelta, userDeltas } from './user-deltas.ts';
import { leaveDateRefusal, USER_READ } from './users.ts';

const DEFAULTS = ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName'];
const SUPPORTED = ['$select', '$deltatoken', '$skiptoken'];

/** The rest of a round whose first pages were given out. */
interface Rest {
  readonly changes: readonly UserDelta[];
  readonly next: string;
}

/** `/users/delta`: what changed since a token, in pages that may be empty (learn.microsoft.com/graph/api/user-delta). */
export function registerUserDelta(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  const deltas = userDeltas(state, core.now);
  const rests = new Map<string, Rest>();
  let links = 0;

  app.get('/users/delta', (c) => {
    const refused = refusalOf(core, c, USER_READ) ?? leaveDateRefusal(core, c);
    if (refused !== undefined) return refused;
    const query = new Map([...new URL(c.req.url).searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    if ([...query.keys()].some((name) => !SUPPORTED.includes(name))) return unsupportedQuery(c, 'Unsupported query.');
    const [token, skip] = [query.get('$deltatoken'), query.get('$skiptoken')];
    const select = query.get('$select')?.split(',') ?? DEFAULTS;
    if (skip === undefined && token?.toLowerCase() === 'latest') return answer(c, [], deltaLink(deltas.latest(select)));
    if ((skip ?? token) !== undefined && state.switches.delta.lost !== undefined) return expired(c);
    if (skip !== undefined) {
      const rest = rests.get(skip);
      return rest === undefined ? expired(c) : page(c, rest);
    }
    const round = token === undefined ? deltas.everybody(select) : deltas.since(token);
    if (round === undefined) return expired(c);
    return state.switches.delta.emptyPages ? answer(c, [], nextLink(round)) : page(c, round);
  });

  function page(c: GraphContext, { changes, next }: Rest): Response {
    const size = state.switches.pageSize;
    const rest = changes.slice(size);
    const link = rest.length === 0 ? deltaLink(next) : nextLink({ changes: rest, next });
    return answer(c, changes.slice(0, size), link);
  }

  function nextLink(rest: Rest): object {
    links += 1;
    rests.set(`s${links}`, rest);
    return { '@odata.nextLink': `${core.origin('graph')}/v1.0/users/delta?$skiptoken=s${links}` };
  }

  function deltaLink(token: string): object {
    return { '@odata.deltaLink': `${core.origin('graph')}/v1.0/users/delta?$deltatoken=${token}` };
  }

  function answer(c: GraphContext, value: readonly UserDelta[], link: object): Response {
    return c.json({ '@odata.context': `${core.origin('graph')}/v1.0/$metadata#users`, ...link, value });
  }

  /** 400 by the announcement of the lifetime, 410 with a way to begin anew by the reference: both are seen. */
  function expired(c: GraphContext): Response {
    if (state.switches.delta.lost === 410) {
      c.header('location', `${core.origin('graph')}/v1.0/users/delta?$deltatoken=`);
      return graphError(c, 410, 'resyncRequired', 'Resync is required.');
    }
    const why =
      'The sync state generation is not found. The delta token is expired and data must be synchronized again.';
    return graphError(c, 400, 'syncStateNotFound', why);
  }
}
