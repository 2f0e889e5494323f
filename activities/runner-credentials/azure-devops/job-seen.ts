import type { AgentJob } from '../../../src/connectors/azure-devops/pipelines/agents.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { JobSeen } from '../../../src/steps/runner-credentials/rules/azure-devops/agent-job.ts';

/** What runs on an agent of the leaver's: for whom, and whether the app may end it. */
export async function jobSeen(
  { devops }: Pick<Vendors, 'devops'>,
  organisation: string,
  { name, link, build }: AgentJob,
): Promise<JobSeen> {
  const shown = { name, ...(link === undefined ? {} : { link }) };
  if (build === undefined) return { ...shown, fate: 'goes-on' };
  const [may, read] = await Promise.all([
    devops.mayChange(organisation, 'running builds', build.projectId),
    devops.getBuild({ organisation, ...build }),
  ]);
  const whose = read.ok ? read.value.requestedFor?.displayName : undefined;
  const named = whose === undefined ? shown : { ...shown, name: `${name} for ${whose}` };
  // Refused the question, it would be refused the act.
  if (!may.ok) return { ...named, fate: may.failure.kind === 'denied' ? 'goes-on' : 'perhaps' };
  return { ...named, fate: may.value ? 'cancelled' : 'goes-on' };
}
