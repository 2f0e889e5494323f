import type { ArmState } from '../arm/state.ts';
import type { TenantCore, Vendor } from '../core/vendor.ts';
import type { LogsState } from '../logs/state.ts';
import { WORLD } from '../seeds/world.ts';
import { canaryDoor, makeCanaryDoor } from './vendor.ts';

/**
 * The gateway as whoever has no token meets it: an API answers as its policy says, with a challenge where the policy
 * checks tokens, and else with what no server behind it answers. The canary's API is a whole one.
 */
export function makeGateway(core: TenantCore, arm: ArmState, logs: LogsState): Vendor {
  const canary = makeCanaryDoor(core, canaryDoor(logs.rows, core.now));
  const handle = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === '/mcp/canary') return canary.handle(request);
    const api = arm.gatewayObjects.where(
      ({ id, properties }) => /\/apis\/[^/]+$/.test(id) && `/${String(properties.path)}` === pathname,
    )[0];
    if (api === undefined) return new Response(null, { status: 404 });
    const policy = arm.gatewayObjects.get(`${api.id}/policies/policy`)?.properties.value;
    if (!/<validate-(jwt|azure-ad-token)\b/.test(String(policy))) return new Response(null, { status: 502 });
    const token = await core.tokens.verify(request.headers.get('authorization') ?? undefined, WORLD.gateway.appId);
    if (!('refused' in token)) return new Response(null, { status: 403 });
    const metadata = `${core.origin('gateway')}/.well-known/oauth-protected-resource${pathname}`;
    return new Response(null, {
      status: 401,
      headers: { 'www-authenticate': `Bearer resource_metadata="${metadata}"` },
    });
  };
  return { ...canary, handle };
}
