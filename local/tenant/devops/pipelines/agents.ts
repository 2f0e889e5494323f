import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { answer, list, noContent, problem } from '../answers.ts';
import { guard } from '../guard.ts';
import type { DevOpsState } from '../state/state.ts';
import type { Agent, AgentJob, Pool } from '../state/state-agents.ts';

const READ = { scope: 'vso.agentpools', wider: 'vso.agentpools_manage' };

/** `_apis/distributedtask/pools` and the agents in them. */
export function agentRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  const pools = '/:organisation/_apis/distributedtask/pools';

  app.get(pools, async (c) => {
    const refused = await guard(core, state, c.req.raw, READ);
    const asked = c.req.query('poolType')?.toLowerCase();
    const { poolsOfNoKind } = state.behaviour;
    const every = asked === undefined && poolsOfNoKind === 'every-kind';
    const seen = state.pools.where(
      ({ id, kind = 'automation' }) =>
        (every ? kind !== 'environment' : kind === (asked ?? 'automation')) &&
        !state.behaviour.unseen.has(`AgentPools/${id}`),
    );
    return (
      refused ??
      list(
        state,
        seen.map((pool) => ({
          ...poolShape(state, pool),
          ...(asked === undefined && poolsOfNoKind === 'without-kind' ? { poolType: undefined } : {}),
        })),
      )
    );
  });

  app.get(`${pools}/:pool/agents`, async (c) => {
    const refused = await guard(core, state, c.req.raw, READ);
    if (refused !== undefined) return refused;
    const pool = state.pools.get(c.req.param('pool'));
    if (pool === undefined) return noPool(state, c.req.param('pool'));
    const asked = (what: string): boolean => c.req.query(what)?.toLowerCase() === 'true';
    const more = { capabilities: asked('includeCapabilities'), job: asked('includeAssignedRequest') };
    const agents = state.agents.where((agent) => agent.poolId === pool.id);
    return list(
      state,
      agents.map((agent) => agentShape(state, agent, more)),
    );
  });

  app.patch(`${pools}/:pool/agents/:agent`, async (c) => {
    const refused = await guard(core, state, c.req.raw, { scope: 'vso.agentpools_manage' });
    if (refused !== undefined) return refused;
    const { pool, agent: id } = c.req.param();
    if (state.pools.get(pool) === undefined) return noPool(state, pool);
    const body: { readonly id?: unknown; readonly enabled?: unknown } = await c.req.json();
    if (String(body.id) !== id) {
      return problem(state, 400, 'ArgumentException', 'The agent id in the body and in the route differ.');
    }
    const agent = state.agents.patch(
      `${pool}/${id}`,
      typeof body.enabled === 'boolean' ? { enabled: body.enabled } : {},
    );
    if (agent === undefined) {
      return problem(state, 404, 'TaskAgentNotFoundException', `The agent ${id} does not exist in pool ${pool}.`);
    }
    return answer(state, agentShape(state, agent));
  });

  // One that works is refused; the status is inferred, no page says it.
  app.delete(`${pools}/:pool/agents/:agent`, async (c) => {
    const refused = await guard(core, state, c.req.raw, { scope: 'vso.agentpools_manage' });
    if (refused !== undefined) return refused;
    const { pool, agent: id } = c.req.param();
    if (state.pools.get(pool) === undefined) return noPool(state, pool);
    const agent = state.agents.get(`${pool}/${id}`);
    if (agent === undefined) {
      return problem(state, 404, 'TaskAgentNotFoundException', `The agent ${id} does not exist in pool ${pool}.`);
    }
    if (agent.job !== undefined) {
      return problem(state, 409, 'TaskAgentJobStillRunningException', `Agent ${agent.name} is running a job.`);
    }
    state.agents.delete(`${pool}/${id}`);
    return noContent(state);
  });
}

function noPool(state: DevOpsState, id: string): Response {
  const message = `No agent pool found with identifier ${id}, or you lack permission to view it.`;
  return problem(state, 404, 'TaskAgentPoolNotFoundException', message);
}

function poolShape(state: DevOpsState, pool: Pool): object {
  return {
    id: pool.id,
    name: pool.name,
    isHosted: pool.isHosted,
    poolType: pool.kind ?? 'automation',
    size: pool.size ?? state.agents.where(({ poolId }) => poolId === pool.id).length,
    isLegacy: false,
    autoProvision: false,
    options: 'none',
  };
}

/** Values of 1,024 characters and more never reach the service: the agent drops them. */
function agentShape(
  state: DevOpsState,
  agent: Agent,
  more: { readonly capabilities: boolean; readonly job: boolean } = { capabilities: false, job: false },
): unknown {
  const published = Object.entries(agent.systemCapabilities).filter(([, value]) => value.length < 1_024);
  return {
    ...(more.capabilities
      ? { systemCapabilities: Object.fromEntries(published), userCapabilities: agent.userCapabilities ?? {} }
      : {}),
    ...(more.job && agent.job !== undefined ? { assignedRequest: requestShape(state, agent, agent.job) } : {}),
    maxParallelism: 1,
    createdOn: agent.createdOn,
    statusChangedOn: agent.statusChangedOn,
    id: agent.id,
    name: agent.name,
    version: agent.version,
    osDescription: agent.osDescription,
    enabled: agent.enabled,
    status: agent.status,
    provisioningState: 'Provisioned',
    accessPoint: 'CodexAccessMapping',
  };
}

/** The request of the job that it works on; `scopeId` is the project, `owner` the run. */
function requestShape(state: DevOpsState, { id, name, enabled, status }: Agent, job: AgentJob): unknown {
  const page = (what: string): unknown => ({
    web: { href: `https://dev.azure.com/${state.organisation}/${job.projectId}/_build/${what}` },
  });
  return {
    requestId: 40_000 + job.runId,
    assignTime: '2026-11-02T08:00:00Z',
    receiveTime: '2026-11-02T08:00:02Z',
    lockedUntil: '2026-11-02T08:10:00Z',
    scopeId: job.projectId,
    planType: job.planType,
    reservedAgent: { id, name, enabled, status },
    definition: { id: 1, name: job.pipeline, _links: page('definition?definitionId=1') },
    owner: { id: job.runId, name: job.run, _links: page(`results?buildId=${job.runId}`) },
  };
}
