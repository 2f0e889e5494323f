import { coverageOfList } from '../../../../src/cases/coverage/coverage-of.ts';
import type { Config } from '../../../../src/config.ts';
import { type Together, together } from '../../../../src/connectors/azure-devops/list-all.ts';
import type {
  EnvironmentMachine,
  PipelineEnvironment,
} from '../../../../src/connectors/azure-devops/pipelines/environments.ts';
import type { DevOpsProject } from '../../../../src/connectors/azure-devops/pipelines/pipelines.ts';
import { mapBounded } from '../../../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import type { PoolUse } from '../../../../src/steps/runner-credentials/rules/azure-devops/pipeline-use.ts';
import type { Registrars } from '../../../../src/steps/runner-credentials/rules/azure-devops/registrars.ts';
import { comparedWith } from '../../compared-with.ts';
import { inProjects, type Projects, withoutProjects } from '../read-projects.ts';
import { IN_FLIGHT, type TokenScan } from '../scan.ts';
import { listedAgent, type PoolAgent, readAgent, sourceOf } from './scan-agents.ts';

/**
 * The virtual machines of every environment. Each runs an agent of a pool that no list of pools has; what the agent
 * published is asked for in that pool, because the environment may list its machines without it.
 */
export async function scanEnvironments(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  projects: Projects,
  leaver: Leaver,
  registrars: Registrars,
): Promise<TokenScan> {
  const { organisation } = projects;
  const source = sourceOf(organisation, 'environment');
  const none = withoutProjects(projects, [source]);
  if (none !== undefined) return { findings: [], located: [], uses: [], coverage: none, failures: [] };
  const machines = await inProjects(vendors, projects, 'environments', async (project) => {
    const environments = await vendors.devops.listEnvironments(organisation, project);
    const each = await mapBounded(environments.items, IN_FLIGHT, (environment) =>
      machinesOf(vendors, settings, organisation, project, environment),
    );
    return together<PoolAgent>([{ ...environments, items: [] }, ...each]);
  });
  const read = await Promise.all(
    machines.items.map((each) => readAgent(vendors, settings, organisation, each, leaver, registrars)),
  );
  const note = 'Capabilities are as old as each agent’s last start.';
  return {
    findings: read.flatMap(({ findings }) => findings),
    located: read.flatMap(({ located }) => located),
    uses: poolsOf(organisation, machines.items),
    // The number of its pool is no name that an agent knows.
    machines: machines.items.map((each) => {
      const { pool: _, ...listed } = listedAgent(each);
      return listed;
    }),
    coverage: [comparedWith(leaver, 'machine', coverageOfList(source, 'machines', machines, note))],
    failures: machines.failures,
    ...(machines.slowDownMs === undefined ? {} : { slowDownMs: machines.slowDownMs }),
  };
}

async function machinesOf(
  { devops }: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  project: DevOpsProject,
  environment: PipelineEnvironment,
): Promise<Together<PoolAgent>> {
  const machines = await devops.listEnvironmentMachines(organisation, project, environment);
  const unread = { ...machines, items: [] };
  if (machines.items.length === 0) return together<PoolAgent>([unread]);
  const pool = await devops.getEnvironmentPool(organisation, project, environment);
  if (!pool.ok) return { items: [], failures: [...together([unread]).failures, pool.failure] };
  const agents = await devops.listAgents(organisation, pool.value, { capabilities: true });
  const url = `${settings.DEVOPS_ENDPOINT}/${organisation}/${encodeURIComponent(project.name)}/_environments/${environment.id}?view=resources`;
  const name = `${project.name}/${environment.name}`;
  const found = machines.items.flatMap(({ agent: named }): PoolAgent[] => {
    const agent = agents.items.find(({ id }) => id === named?.id);
    if (agent === undefined) return [];
    return [{ kind: 'environment', poolId: pool.value, pool: `${pool.value}`, agent, environment: { name, url } }];
  });
  const missing = machines.items.length - found.length;
  return together<PoolAgent>([
    unread,
    { ...agents, items: found },
    { items: [], failures: missing > 0 ? [withoutAgent(organisation, name, missing, machines.items)] : [] },
  ]);
}

function withoutAgent(
  organisation: string,
  environment: string,
  missing: number,
  machines: readonly EnvironmentMachine[],
): VendorFailure {
  const message = `Environment ${environment} of ${organisation} has ${machines.length} machines, and the agents of ${missing} of them are not listed in its pool.`;
  return { kind: 'incomplete', status: 200, message };
}

/** What deploys to an environment is not known, as with deployment pools. */
function poolsOf(organisation: string, agents: readonly PoolAgent[]): PoolUse[] {
  return [...Map.groupBy(agents, ({ poolId }) => poolId)].map(([poolId, here]) => ({
    kind: 'azure-devops-pool',
    organisation,
    poolId,
    name: here[0]?.environment?.name ?? String(poolId),
    deployment: true,
    enabled: here.filter(({ agent }) => agent.enabled).length,
  }));
}
