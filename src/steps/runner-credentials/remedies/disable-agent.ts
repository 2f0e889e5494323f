import * as z from 'zod';
import type { Agent } from '../../../connectors/azure-devops/agents.ts';
import type { DevOps } from '../../../connectors/azure-devops/index.ts';
import { failed, ok, type VendorResult } from '../../../connectors/result.ts';
import { defineRemedy, type TargetState } from '../../define-remedy.ts';
import { stopsWithoutAgent } from '../rules/azure-devops/what-stops.ts';

/** Its registration: an id is given once, but a machine that is set up anew keeps its name. */
const Expected = z.strictObject({ name: z.string(), registeredAt: z.nullable(z.string()) });

/** Which machine an agent is. */
export function agentState({ name, createdOn }: Pick<Agent, 'name' | 'createdOn'>): z.output<typeof Expected> {
  return { name, registeredAt: createdOn ?? null };
}

const Call = z.strictObject({
  kind: z.literal('disable-agent'),
  organisation: z.string(),
  poolId: z.int(),
  agentId: z.int(),
  name: z.string(),
  expected: Expected,
});

/** Takes an agent out of service: disabled, because that can be undone, where deleting it cannot. */
export const disableAgent = defineRemedy({
  kind: 'disable-agent',
  system: 'azure-devops',
  call: Call,
  risk: 'disruptive',
  words: {
    noun: ['pipeline agent', 'pipeline agents'],
    done: 'disabled',
    ability: 'disable agents',
    before: ({ name, poolId }, { pool }: { readonly pool: string }) =>
      `Disable agent ${name} in pool ${pool} (id ${poolId}); a job that it runs now goes on to its end.`,
    undo: 'Enable the agent again in the pool’s settings.',
    impact: 'Builds that need this agent wait for another one.',
  },
  permissions: ['remover/azure-devops/vso.agentpools_manage'],
  leastCalls: ({ length }) => [{ vendor: 'devops', calls: 2 + length }],
  ends: 'place',
  stops: (call, { uses }) => stopsWithoutAgent(call, uses),
  livesOn: 'nothing',
  read: ({ devops }, call) => read(devops, call),
  act: async ({ devops }, call) => {
    const disabled = await devops.disableAgent(call);
    if (disabled.ok) return ok({ effect: 'done' }, disabled.requestId);
    if (disabled.failure.kind !== 'not-found') return disabled;
    const now = await read(devops, call);
    return now.ok && now.value.state === 'gone' ? ok({ effect: 'done' }) : disabled;
  },
  restore: 'by-hand',
});

/**
 * The whole pool is listed, because 404 for one agent may also mean that the app may not see it. The agent's
 * capabilities are not asked for: they hold credentials, and a before-image is filed.
 */
async function read(
  devops: DevOps,
  call: z.output<typeof Call>,
): Promise<VendorResult<TargetState<z.output<typeof Expected>>>> {
  const { items, failure } = await devops.listAgents(call.organisation, call.poolId, { capabilities: false });
  if (failure !== undefined) return failed(failure);
  const agent = items.find(({ id }) => id === call.agentId);
  if (agent === undefined || !agent.enabled) return ok({ state: 'gone' });
  const { id, name, enabled, status, version, createdOn } = agent;
  const image = { poolId: call.poolId, id, name, enabled, status, version, createdOn };
  return ok({ state: 'present', image, now: agentState(agent) });
}
