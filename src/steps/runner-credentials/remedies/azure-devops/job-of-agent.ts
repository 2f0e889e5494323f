import type { DevOps } from '../../../../connectors/azure-devops/index.ts';
import type { Agent } from '../../../../connectors/azure-devops/pipelines/agents.ts';
import { failed, ok, type VendorResult } from '../../../../connectors/result.ts';

interface AgentPlace {
  readonly organisation: string;
  readonly poolId: number;
  readonly agentId: number;
}

/**
 * The agent as it is now, undefined where its pool has it no more. The whole pool is listed, because 404 for one agent
 * may also mean that the app may not see it. Its capabilities are not asked for: they hold credentials.
 */
export async function agentNow(
  devops: Pick<DevOps, 'listAgents'>,
  { organisation, poolId, agentId }: AgentPlace,
): Promise<VendorResult<Agent | undefined>> {
  const { items, failure } = await devops.listAgents(organisation, poolId, { capabilities: false });
  return failure === undefined ? ok(items.find(({ id }) => id === agentId)) : failed(failure);
}

/**
 * Cancels the run that has its job on the agent now. What cannot be cancelled at all, a classic release, is left alone;
 * one that ended meanwhile is no failure.
 */
export async function cancelJobOf(
  devops: Pick<DevOps, 'listAgents' | 'cancelBuild'>,
  place: AgentPlace,
): Promise<VendorResult<void>> {
  const agent = await agentNow(devops, place);
  if (!agent.ok) return agent;
  const build = agent.value?.job?.build;
  if (build === undefined) return ok(undefined);
  const cancelled = await devops.cancelBuild({ organisation: place.organisation, ...build });
  if (cancelled.ok) return cancelled;
  const again = await agentNow(devops, place);
  if (!again.ok) return cancelled;
  return again.value?.job?.build?.buildId === build.buildId ? cancelled : ok(undefined);
}

/**
 * Why the job of a disabled agent goes on, for whoever has to end it; undefined where nothing runs, or what runs was told
 * to stop and has some minutes for that.
 */
export async function whyJobGoesOn(
  devops: Pick<DevOps, 'getBuild'>,
  organisation: string,
  { name, job }: Pick<Agent, 'name' | 'job'>,
): Promise<VendorResult<string | undefined>> {
  if (job === undefined) return ok(undefined);
  if (job.build !== undefined) {
    const build = await devops.getBuild({ organisation, ...job.build });
    if (build.ok && build.value.status !== 'inProgress') return ok(undefined);
    if (!build.ok && build.failure.kind !== 'denied' && build.failure.kind !== 'not-found') return build;
  }
  const where = job.link === undefined ? '' : ` (${job.link})`;
  return ok(
    `Agent ${name} is disabled, and goes on with ${job.name}${where}: cancel that there, it has no end by itself.`,
  );
}
