import * as z from 'zod';
import type { Listing } from '../listing.ts';
import { ok, type VendorResult } from '../result.ts';
import type { DevOpsSettings } from '../settings.ts';
import { listAll } from './list-all.ts';
import { ask } from './request.ts';

const Pool = z.object({ id: z.number().int(), name: z.string(), isHosted: z.boolean().default(false) });
export type AgentPool = z.output<typeof Pool>;

const Capabilities = z.record(z.string(), z.string()).nullish();
const Agent = z.object({
  id: z.number().int(),
  name: z.string(),
  enabled: z.boolean().default(true),
  status: z.string().optional(),
  version: z.string().optional(),
  createdOn: z.string().optional(),
  statusChangedOn: z.string().nullish(),
  systemCapabilities: Capabilities,
  userCapabilities: Capabilities,
});
/** An agent. Its capabilities hold its environment in clear, credentials included: never file or log them. */
export type Agent = z.output<typeof Agent>;

const READ = { identity: 'reader', scope: 'vso.agentpools', version: '7.1' } as const;

/** Every pool of the organisation; those of Microsoft's own machines are `isHosted`. The list has no pages. */
export async function listAgentPools(settings: DevOpsSettings, organisation: string): Promise<Listing<AgentPool>> {
  return listAll(settings, {
    ...READ,
    organisation,
    path: ['_apis', 'distributedtask', 'pools'],
    what: `list the agent pools of ${organisation}`,
    shape: z.object({ value: z.array(Pool) }),
  });
}

/** Every agent of a pool, offline ones too: what they published at their last start stays readable. */
export async function listAgents(
  settings: DevOpsSettings,
  organisation: string,
  poolId: number,
  { capabilities }: { readonly capabilities: boolean },
): Promise<Listing<Agent>> {
  return listAll(settings, {
    ...READ,
    organisation,
    path: ['_apis', 'distributedtask', 'pools', String(poolId), 'agents'],
    query: { includeCapabilities: String(capabilities) },
    what: `list the agents of pool ${poolId} in ${organisation}`,
    shape: z.object({ value: z.array(Agent) }),
  });
}

/** Stops an agent from taking jobs. A job that it runs goes on to its end; enabling undoes it. */
export async function disableAgent(
  settings: DevOpsSettings,
  {
    organisation,
    poolId,
    agentId,
  }: { readonly organisation: string; readonly poolId: number; readonly agentId: number },
): Promise<VendorResult<void>> {
  const answer = await ask(settings, {
    identity: 'remover',
    method: 'PATCH',
    organisation,
    path: ['_apis', 'distributedtask', 'pools', String(poolId), 'agents', String(agentId)],
    version: '7.1',
    body: { id: agentId, enabled: false },
    what: `disable agent ${agentId} of pool ${poolId} in ${organisation}`,
    scope: 'vso.agentpools_manage',
    shape: z.object({ id: z.literal(agentId), enabled: z.literal(false) }),
  });
  return answer.ok ? ok(undefined, answer.requestId) : answer;
}
