import * as z from 'zod';
import type { TenantCore, Vendor } from '../core/vendor.ts';
import { INGESTION_TIME, type Row } from '../kql/values/values.ts';
import { auditRow } from '../logs/state.ts';
import { WORLD } from '../seeds/world.ts';

/** What the gateway's API `canary` stands between: the deny list, and the log into which its events are brought. */
export interface CanaryDoor {
  readonly rows: Row[];
  readonly denied: Set<string>;
  readonly now: () => Date;
  /** How long a row is on its way. */
  arrivesAfterMs: number;
}

export function canaryDoor(rows: Row[], now: () => Date): CanaryDoor {
  return { rows, denied: new Set(), now, arrivesAfterMs: 90_000 };
}

const Message = z.object({
  id: z.number(),
  method: z.literal('tools/call'),
  params: z.object({ name: z.string(), arguments: z.record(z.string(), z.string()) }),
});

/** The gateway's API of the canary: it judges as infra/policies/gateway/mcp-server.xml does, answers by itself, and logs. */
export function makeCanaryDoor(core: TenantCore, door: CanaryDoor): Vendor {
  const handle = async (request: Request): Promise<Response> => {
    if (request.method !== 'POST' || new URL(request.url).pathname !== '/mcp/canary') return refuse(404);
    const token = await core.tokens.verify(request.headers.get('authorization') ?? undefined, WORLD.gateway.appId);
    const enter = (status: number, more: Partial<Parameters<typeof auditRow>[0]> = {}): void => {
      const at = door.now();
      const call = { at, oid: '', server: 'canary-others', tool: '[unread]', resource: '', status, ...more };
      const arrived = new Date(at.getTime() + door.arrivesAfterMs);
      door.rows.push({ ...auditRow(call), TimeGenerated: at, [INGESTION_TIME]: arrived });
    };
    if ('refused' in token) {
      enter(401);
      return refuse(401);
    }
    const { oid, roles } = token;
    const server = oid === WORLD.app.canary.oid ? 'canary' : 'canary-others';
    if (door.denied.has(oid)) {
      enter(403, { oid, server, scope: 'deny-list' });
      return refuse(403);
    }
    if (server !== 'canary') {
      enter(403, { oid, server, scope: '' });
      return refuse(403);
    }
    const { id, params } = Message.parse(await request.json());
    const resource = Object.entries(params.arguments).map(([name, value]) => `${name}=${value}`);
    const status = roles.includes('mcp.tools.read.app') ? 200 : 403;
    enter(status, { oid, server, tool: params.name, resource: resource.join('; '), scope: 'mcp.tools.read.app' });
    return status === 200 ? Response.json({ jsonrpc: '2.0', id, result: { content: [] } }) : refuse(403);
  };
  return { name: 'gateway', hosts: ['gateway'], handle, snapshot: () => ({ denied: [...door.denied] }) };
}

function refuse(status: number): Response {
  return Response.json({ jsonrpc: '2.0', id: null, error: { code: -32_001, message: 'Refused.' } }, { status });
}
