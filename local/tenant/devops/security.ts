import type { Hono } from 'hono';
import { callerOf, type TenantCore } from '../core/vendor.ts';
import { list, problem } from './answers.ts';
import { guard } from './guard.ts';
import type { DevOpsState } from './state.ts';

/** The security namespace of agent pools, and its bit for managing them. */
const POOLS = '101eae8c-1709-47f9-b228-0e476c35b3ba';
const MANAGE = 2;

/** `_apis/permissions`: whether the caller holds a permission on each of some tokens. */
export function securityRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.get('/:organisation/_apis/permissions/:namespace/:bits', async (c) => {
    const refused = await guard(core, state, c.req.raw, {});
    if (refused !== undefined) return refused;
    const { namespace, bits } = c.req.param();
    const tokens = c.req.query('tokens')?.split(',') ?? [];
    if (namespace !== POOLS || Number(bits) !== MANAGE || tokens.some((token) => !token.startsWith('AgentPools'))) {
      return problem(
        state,
        400,
        'ArgumentException',
        'The simulation knows the permission to manage agent pools only.',
      );
    }
    const token = await core.tokens.verify(c.req.header('authorization'), '499b84ac-1321-427f-aa17-267ca6975798');
    const who = 'refused' in token ? undefined : callerOf(core, token.clientId);
    return list(
      state,
      tokens.map(() => who?.devops.has('vso.agentpools_manage') === true),
    );
  });
}
