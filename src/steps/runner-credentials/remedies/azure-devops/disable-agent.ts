import * as z from 'zod';
import type { DevOps } from '../../../../connectors/azure-devops/index.ts';
import type { Agent } from '../../../../connectors/azure-devops/pipelines/agents.ts';
import { ok, type VendorResult } from '../../../../connectors/result.ts';
import { type Acted, defineRemedy, type TargetState } from '../../../define-remedy.ts';
import { comparedTo, DELETED_SINCE } from '../../../restoring/restoring.ts';
import { type JobSeen, jobIn, whatBecomesOf } from '../../rules/azure-devops/agent-job.ts';
import { stopsWithoutAgent } from '../../rules/azure-devops/what-stops.ts';
import { agentNow, cancelJobOf, whyJobGoesOn } from './job-of-agent.ts';

const MANAGE = 'remover/azure-devops/vso.agentpools_manage';

/** Its registration: an id is given once, but a machine that is set up anew keeps its name. */
const Expected = z.strictObject({ name: z.string(), registeredAt: z.nullable(z.string()) });

/** Which machine an agent is. */
export function agentState({ name, createdOn }: Pick<Agent, 'name' | 'createdOn'>): z.output<typeof Expected> {
  return { name, registeredAt: createdOn ?? null };
}

/** The before-image of an agent. */
export function agentImage(poolId: number, { id, name, enabled, status, version, createdOn }: Agent) {
  return { poolId, id, name, enabled, status, version, createdOn };
}

/** An agent, and what a remedy of it takes. */
export const AgentTargetSchema = z.strictObject({
  organisation: z.string(),
  poolId: z.int(),
  agentId: z.int(),
  name: z.string(),
  /** Set where a build ran on it when this was planned: cancelling takes a permission of its own. */
  cancels: z.exactOptional(z.literal('build')),
  expected: Expected,
});
type AgentTarget = z.output<typeof AgentTargetSchema>;

/** Managing the pool, and stopping builds where one ran on the agent when this was planned. */
export const AGENT_PERMISSIONS = {
  sortOf: ({ cancels }: Pick<AgentTarget, 'cancels'>): string => (cancels === undefined ? 'idle' : 'with their jobs'),
  bySort: {
    idle: [MANAGE],
    'with their jobs': [MANAGE, 'remover/azure-devops/vso.build_execute'],
  },
};

/**
 * Takes an agent out of service: disabled, because that can be undone, where deleting it cannot. A disabled agent ends the
 * job that it has, so that what runs on it is cancelled first, and what came to it meanwhile afterwards. Where a job
 * cannot be cancelled the agent is disabled all the same, and reading it back says what goes on.
 */
export const disableAgent = defineRemedy({
  kind: 'disable-agent',
  system: 'azure-devops',
  call: AgentTargetSchema.extend({ kind: z.literal('disable-agent') }),
  risk: 'disruptive',
  words: {
    noun: ['pipeline agent', 'pipeline agents'],
    done: 'disabled',
    ability: 'disable agents',
    before: ({ name, poolId }, { pool, job }: { readonly pool: string; readonly job: JobSeen | undefined }) =>
      `Disable agent ${name} in pool ${pool} (id ${poolId}); ${whatBecomesOf(job)}.`,
    impact:
      'Builds that need this agent wait for another one; one that runs on it ends as cancelled, with all of its jobs.',
  },
  permissions: AGENT_PERMISSIONS,
  leastCalls: ({ length }) => [{ vendor: 'devops', calls: 2 + 3 * length }],
  ends: 'place',
  stops: (call, { uses }, { evidence }) => [...jobIn(evidence), ...stopsWithoutAgent(call, uses)],
  // What was cancelled is read back until it has ended; what could not be has no end, and the read-back says so.
  livesOn: 'nothing',
  read: ({ devops }, call) => read(devops, call),
  act: ({ devops }, call) => takeOutOfService(devops, call),
  restore: {
    by: 'app',
    // Whatever runs on it when it is looked at.
    same: ({ organisation, poolId, agentId }) => [organisation, poolId, agentId].join(' ').toLowerCase(),
    undo: 'it enables the agent again; what was cancelled is started again by hand.',
    look: async ({ devops }, call) => {
      const found = await agentNow(devops, call);
      if (!found.ok) return found;
      if (found.value === undefined) return ok(DELETED_SINCE);
      return ok(comparedTo(call.expected, agentState(found.value), { is: found.value.enabled ? 'back' : 'free' }));
    },
    give: ({ devops }, call) => devops.disableAgent(call, true),
  },
});

/** Disables an agent, with what runs on it. One that is gone, or was disabled already, is what was wanted. */
export async function takeOutOfService(devops: DevOps, call: AgentTarget): Promise<VendorResult<Acted>> {
  await cancelJobOf(devops, call);
  const disabled = await devops.disableAgent(call);
  if (!disabled.ok) {
    if (disabled.failure.kind !== 'not-found') return disabled;
    const now = await read(devops, call);
    return now.ok && now.value.state === 'gone' ? ok({ effect: 'done' }) : disabled;
  }
  // What it took between the two, or was not reached before. One that the app may not cancel goes on, and is read back.
  const after = await cancelJobOf(devops, call);
  if (!after.ok && after.failure.kind !== 'denied') return after;
  return ok({ effect: 'done' }, disabled.requestId);
}

/** A disabled agent that still works is not gone: the leaver's machine has the job's credentials until it ends. */
async function read(devops: DevOps, call: AgentTarget): Promise<VendorResult<TargetState<z.output<typeof Expected>>>> {
  const found = await agentNow(devops, call);
  if (!found.ok) return found;
  const agent = found.value;
  if (agent === undefined || (!agent.enabled && agent.job === undefined)) return ok({ state: 'gone' });
  const image = { ...agentImage(call.poolId, agent), runs: agent.job?.name };
  const present = { state: 'present', image, now: agentState(agent) } as const;
  if (agent.enabled) return ok(present);
  const why = await whyJobGoesOn(devops, call.organisation, agent);
  if (!why.ok) return why;
  return ok(why.value === undefined ? present : { ...present, goesOn: why.value });
}
