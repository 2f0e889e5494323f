import type { Config } from '../../src/config.ts';
import { disableAgent as disable, listAgents } from '../../src/connectors/azure-devops/agents.ts';
import { failed, ok, type VendorResult } from '../../src/connectors/result.ts';
import type { CallOf, RemedyHandler, TargetState } from './handler.ts';

/** Takes an agent out of service: disabled, because that can be undone, where deleting it cannot. */
export const disableAgent: RemedyHandler<'disable-agent'> = {
  kind: 'disable-agent',
  read,
  act: async (config, call) => {
    const disabled = await disable(config, call);
    if (disabled.ok) return ok({ effect: 'done' }, disabled.requestId);
    if (disabled.failure.kind !== 'not-found') return disabled;
    const now = await read(config, call);
    return now.ok && now.value.state === 'gone' ? ok({ effect: 'done' }) : disabled;
  },
};

/**
 * The whole pool is listed, because 404 for one agent may also mean that the app may not see it. The agent's
 * capabilities are not asked for: they hold credentials, and a before-image is filed.
 */
async function read(config: Config, call: CallOf<'disable-agent'>): Promise<VendorResult<TargetState>> {
  const {
    items,
    failures: [failure],
  } = await listAgents(config, call.organisation, call.poolId, { capabilities: false });
  if (failure !== undefined) return failed(failure);
  const agent = items.find(({ id }) => id === call.agentId);
  if (agent === undefined || !agent.enabled) return ok({ state: 'gone' });
  const { id, name, enabled, status, version, createdOn } = agent;
  return ok({ state: 'present', image: { poolId: call.poolId, id, name, enabled, status, version, createdOn } });
}
