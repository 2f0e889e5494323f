import type { Hono } from 'hono';
import { callerOf, type TenantCore } from '../core/vendor.ts';
import { list, problem } from './answers.ts';
import { DEVOPS_AUDIENCE, guard } from './guard.ts';
import type { DevOpsState } from './state/state.ts';

const RELEASES = 'c788c23e-1b46-4162-8f5e-d7585343b5de';

/** Security namespaces and their bits, as `namespace/bit`, with the scopes that stand for them here. */
const BITS: Readonly<Record<string, { readonly token: RegExp; readonly scopes: readonly string[] }>> = {
  '101eae8c-1709-47f9-b228-0e476c35b3ba/1': {
    token: /^AgentPools(\/\d+)?$/,
    scopes: ['vso.agentpools', 'vso.agentpools_manage'],
  },
  '101eae8c-1709-47f9-b228-0e476c35b3ba/2': { token: /^AgentPools(\/\d+)?$/, scopes: ['vso.agentpools_manage'] },
  '52d39943-cb85-4d7f-8fa8-c6baac873819/1': { token: /^\$PROJECT$/, scopes: ['vso.project'] },
  '33344d9c-fc72-4d6f-aba5-fa317101a7e9/512': { token: /^[0-9a-f-]{36}$/, scopes: ['vso.build_execute'] },
  '33344d9c-fc72-4d6f-aba5-fa317101a7e9/1024': { token: /^[0-9a-f-]{36}$/, scopes: ['vso.build'] },
  '83d4c2e6-e57d-4d6e-892b-b87222b7ad20/1': { token: /^Environments\/[0-9a-f-]{36}$/, scopes: ['vso.build'] },
  'c788c23e-1b46-4162-8f5e-d7585343b5de/1': { token: /^[0-9a-f-]{36}$/, scopes: ['vso.release'] },
  '49b48001-ca20-4adc-8111-5b60c903a50c/16': {
    token: /^endpoints\/[0-9a-f-]{36}$/,
    scopes: ['vso.serviceendpoint', 'vso.serviceendpoint_manage'],
  },
  '49b48001-ca20-4adc-8111-5b60c903a50c/2': {
    token: /^endpoints\/[0-9a-f-]{36}$/,
    scopes: ['vso.serviceendpoint_manage'],
  },
  '2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87/2': { token: /^repoV2\/[0-9a-f-]{36}$/, scopes: ['vso.code'] },
  'cb594ebe-87dd-4fc9-ac2c-6a10a4c92046/1': { token: /^PublisherSecurity$/, scopes: ['vso.build'] },
  'cb594ebe-87dd-4fc9-ac2c-6a10a4c92046/2': { token: /^PublisherSecurity$/, scopes: ['vso.build'] },
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
      tokens.map((each) => holds && !isHidden(state, each, namespace)),
    );
  });
}

/** Whoever may not see one thing was given nothing above them all. */
function isHidden({ behaviour: { unseen } }: DevOpsState, token: string, namespace: string): boolean {
  const root = token === 'AgentPools' || token === '$PROJECT' || token === 'PublisherSecurity';
  // Releases are protected by the project's id alone, as pipelines are, in a namespace of their own.
  if (namespace === RELEASES) return unseen.has(`releases/${token}`);
  return root ? [...unseen].some((each) => each.startsWith(token)) : unseen.has(token);
}
