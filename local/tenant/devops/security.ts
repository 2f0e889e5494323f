import type { Hono } from 'hono';
import { callerOf, type TenantCore } from '../core/vendor.ts';
import { list, problem } from './answers.ts';
import { DEVOPS_AUDIENCE, guard } from './guard.ts';
import type { DevOpsState } from './state.ts';

/** Security namespaces and their bits, as `namespace/bit`, with the scopes that stand for them here. */
const BITS: Readonly<Record<string, { readonly token: RegExp; readonly scopes: readonly string[] }>> = {
  '101eae8c-1709-47f9-b228-0e476c35b3ba/1': {
    token: /^AgentPools(\/\d+)?$/,
    scopes: ['vso.agentpools', 'vso.agentpools_manage'],
  },
  '101eae8c-1709-47f9-b228-0e476c35b3ba/2': { token: /^AgentPools(\/\d+)?$/, scopes: ['vso.agentpools_manage'] },
  '52d39943-cb85-4d7f-8fa8-c6baac873819/1': { token: /^\$PROJECT$/, scopes: ['vso.project'] },
  '33344d9c-fc72-4d6f-aba5-fa317101a7e9/1024': { token: /^[0-9a-f-]{36}$/, scopes: ['vso.build'] },
  'b7e84409-6553-448a-bbb2-af228e07cbeb/1': {
    token: /^Library\/[0-9a-f-]{36}$/,
    scopes: ['vso.variablegroups_read'],
  },
};

/** `_apis/permissions`: whether the caller holds a permission on each of some tokens. */
export function securityRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.get('/:organisation/_apis/permissions/:namespace/:bits', async (c) => {
    const refused = await guard(core, state, c.req.raw, {});
    if (refused !== undefined) return refused;
    const { namespace, bits } = c.req.param();
    const tokens = c.req.query('tokens')?.split(',') ?? [];
    const known = BITS[`${namespace}/${bits}`];
    if (known === undefined || !tokens.every((token) => known.token.test(token))) {
      return problem(state, 400, 'ArgumentException', 'The simulation knows a few permissions only, and not this one.');
    }
    const token = await core.tokens.verify(c.req.header('authorization'), DEVOPS_AUDIENCE);
    const who = 'refused' in token ? undefined : callerOf(core, token.clientId);
    const holds = known.scopes.some((scope) => who?.devops.has(scope) === true);
    return list(
      state,
      tokens.map((each) => holds && !isHidden(state, each)),
    );
  });
}

/** Whoever may not see one thing was given nothing above them all. */
function isHidden({ behaviour: { unseen } }: DevOpsState, token: string): boolean {
  const root = token === 'AgentPools' || token === '$PROJECT';
  return root ? [...unseen].some((each) => each.startsWith(token)) : unseen.has(token);
}
