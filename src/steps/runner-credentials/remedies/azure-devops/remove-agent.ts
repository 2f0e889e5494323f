import * as z from 'zod';
import { failed, ok } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { jobIn } from '../../rules/azure-devops/agent-job.ts';
import { stopsWithoutAgent } from '../../rules/azure-devops/what-stops.ts';
import { AGENT_PERMISSIONS, AgentTargetSchema, agentImage, agentState, takeOutOfService } from './disable-agent.ts';
import { agentNow } from './job-of-agent.ts';

/**
 * Takes an agent's registration away, and with it the key by which its machine signs in. Disabling comes first and can be
 * undone; this cannot, so it is a decision of its own. It leaves nothing to chance: an agent that was enabled again is
 * disabled with its job before, because the service has no reason to remove one that works.
 * Source: learn.microsoft.com/rest/api/azure/devops/distributedtask/agents/delete
 */
export const removeAgent = defineRemedy({
  kind: 'remove-agent',
  system: 'azure-devops',
  call: AgentTargetSchema.extend({ kind: z.literal('remove-agent') }),
  risk: 'disruptive',
  words: {
    noun: ['agent registration', 'agent registrations'],
    done: 'removed',
    ability: 'remove agents',
    before: ({ name, poolId }, { pool }: { readonly pool: string }) =>
      `Remove agent ${name} from pool ${pool} (id ${poolId}), once it is disabled and runs nothing; that has no undo.`,
    impact: 'Nothing more than by disabling it; enabling it again is no way back any more.',
  },
  permissions: AGENT_PERMISSIONS,
  leastCalls: ({ length }) => [{ vendor: 'devops', calls: 2 + 4 * length }],
  ends: 'place',
  stops: (call, { uses }, { evidence }) =>
    evidence.enabled === true ? [...jobIn(evidence), ...stopsWithoutAgent(call, uses)] : [],
  livesOn: 'nothing',
  read: async ({ devops }, call) => {
    const found = await agentNow(devops, call);
    if (!found.ok) return found;
    if (found.value === undefined) return ok({ state: 'gone' });
    return ok({ state: 'present', image: agentImage(call.poolId, found.value), now: agentState(found.value) });
  },
  act: async ({ devops }, call) => {
    const stopped = await takeOutOfService(devops, call);
    if (!stopped.ok) return stopped;
    const now = await agentNow(devops, call);
    if (!now.ok) return now;
    if (now.value === undefined) return ok({ effect: 'done' });
    const { job } = now.value;
    if (job !== undefined) {
      const message = `Agent ${call.name} is disabled, and still runs ${job.name}: it is removed once that has ended.`;
      return failed({ kind: 'incomplete', status: 200, message });
    }
    const removed = await devops.removeAgent(call);
    if (removed.ok) return ok({ effect: 'done' }, removed.requestId);
    if (removed.failure.kind !== 'not-found') return removed;
    // 404 may also mean that the app may not see it.
    const after = await agentNow(devops, call);
    return after.ok && after.value === undefined ? ok({ effect: 'done' }) : removed;
  },
  restore: {
    by: 'nothing',
    undo: 'Nothing brings it back: the machine has to be registered anew, as another agent, by whoever administers the pool.',
  },
});
