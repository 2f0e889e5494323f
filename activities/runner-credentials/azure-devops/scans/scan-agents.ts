import { coverageOfList } from '../../../../src/cases/coverage/coverage-of.ts';
import type { ResourceRef } from '../../../../src/cases/finding.ts';
import { counted } from '../../../../src/cases/words/wording.ts';
import type { Config } from '../../../../src/config.ts';
import { together } from '../../../../src/connectors/azure-devops/list-all.ts';
import type { Agent, AgentPool } from '../../../../src/connectors/azure-devops/pipelines/agents.ts';
import type { PoolKind } from '../../../../src/connectors/azure-devops/queries.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import { mapBounded } from '../../../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { findTokens } from '../../../../src/credentials/detector/detect-tokens.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { agentFindings } from '../../../../src/steps/runner-credentials/rules/azure-devops/agent-findings.ts';
import { attributeAgent } from '../../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import type { PoolUse } from '../../../../src/steps/runner-credentials/rules/azure-devops/pipeline-use.ts';
import type { Registrars } from '../../../../src/steps/runner-credentials/rules/azure-devops/registrars.ts';
import { capabilityPlace } from '../../../../src/steps/runner-credentials/rules/azure-devops/token-places.ts';
import type { ListedMachine } from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { comparedWith } from '../../compared-with.ts';
import { jobSeen } from '../job-seen.ts';
import { type CountingFor, IN_FLIGHT, type TokenScan, UNCOUNTED } from '../scan.ts';

/** An agent, where it was listed. */
export interface PoolAgent {
  readonly kind: AgentKind;
  readonly poolId: number;
  readonly pool: string;
  readonly agent: Agent;
  /** Of an environment’s machine: where people find it. */
  readonly environment?: { readonly name: string; readonly url: string };
}

/** What an agent works for; each kind is a source of its own. */
export type AgentKind = PoolKind | 'environment';

/**
 * Every self-hosted agent of an organisation, and every target of its deployment pools, which no list has together:
 * whether it is the leaver's machine, and which tokens its environment carries. Capabilities are looked at in memory
 * and go nowhere.
 */
export async function scanAgents(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  leaver: Leaver,
  registrars: Registrars,
  counting: CountingFor = UNCOUNTED,
): Promise<TokenScan> {
  const hidden = vendors.devops.hiddenInOrganisation(organisation, 'agent pools');
  const scans = await Promise.all(
    (['automation', 'deployment'] as const).map((kind) =>
      scanPools(vendors, settings, { organisation, kind, hidden, registrars, counting }, leaver),
    ),
  );
  const slowDownMs = Math.max(0, ...scans.map((scan) => scan.slowDownMs ?? 0));
  return {
    findings: scans.flatMap(({ findings }) => findings),
    located: scans.flatMap(({ located }) => located),
    uses: scans.flatMap(({ uses }) => uses),
    machines: scans.flatMap(({ machines = [] }) => machines),
    coverage: scans.flatMap(({ coverage }) => coverage),
    failures: scans.flatMap(({ failures }) => failures),
    ...(slowDownMs === 0 ? {} : { slowDownMs }),
  };
}

interface Pools {
  readonly organisation: string;
  readonly kind: PoolKind;
  /** Why a list of pools may not be all there is. */
  readonly hidden: Promise<VendorFailure | undefined>;
  readonly registrars: Registrars;
  readonly counting: CountingFor;
}

async function scanPools(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  { organisation, kind, ...rest }: Pools,
  leaver: Leaver,
): Promise<TokenScan> {
  const source = sourceOf(organisation, kind);
  const progress = rest.counting(source, 'pools');
  await progress.open();
  const [pools, hidden] = await Promise.all([vendors.devops.listAgentPools(organisation, kind), rest.hidden]);
  if (kind === 'automation' && pools.failure === undefined && pools.items.length === 0) {
    // Microsoft's own pool is in every organisation, so an empty list hides something.
    const detail = `${organisation} shows the app no agent pool: make it a reader of all pools.`;
    const looked = { count: 0, unit: 'agents' };
    const coverage = [{ source, state: 'denied', looked, detail, missingPermission: 'vso.agentpools' } as const];
    return { findings: [], located: [], uses: [], coverage, failures: [] };
  }
  const own = pools.items.filter(({ isHosted }) => !isHosted);
  await progress.begin(own.length);
  const perPool = await mapBounded(own, IN_FLIGHT, async (pool): Promise<Listing<PoolAgent>> => {
    const { id } = pool;
    const agents = asManyAs(
      pool,
      organisation,
      await vendors.devops.listAgents(organisation, id, { capabilities: true }),
    );
    if (agents.failure === undefined) await progress.one();
    return { ...agents, items: agents.items.map((agent) => ({ kind, poolId: id, pool: pool.name, agent })) };
  });
  const unseen = { items: [], failures: hidden === undefined ? [] : [hidden] };
  const all = together<PoolAgent>([{ ...pools, items: [] }, unseen, ...perPool]);
  const hosted = pools.items.length - own.length;
  const skipped = kind === 'automation' ? ` ${counted(hosted, 'hosted pool')} skipped.` : '';
  const note = `Capabilities are as old as each agent’s last start.${skipped}`;
  const read = await Promise.all(
    all.items.map((each) => readAgent(vendors, settings, organisation, each, leaver, rest.registrars)),
  );
  return {
    findings: read.flatMap(({ findings }) => findings),
    located: read.flatMap(({ located }) => located),
    uses: own.map(({ id: poolId, name }): PoolUse => {
      const enabled = all.items.filter((each) => each.poolId === poolId && each.agent.enabled).length;
      return { kind: 'azure-devops-pool', organisation, poolId, name, deployment: kind === 'deployment', enabled };
    }),
    machines: all.items.map(listedAgent),
    coverage: [comparedWith(leaver, 'agent', coverageOfList(source, 'agents', all, note))],
    failures: all.failures,
    ...(all.slowDownMs === undefined ? {} : { slowDownMs: all.slowDownMs }),
  };
}

/**
 * The list, as incomplete where the pool says that it has more agents, or does not say how many: a list alone does not
 * tell what it leaves out.
 */
function asManyAs({ id, name, size }: AgentPool, organisation: string, agents: Listing<Agent>): Listing<Agent> {
  const { items, failure } = agents;
  if (failure !== undefined || (size !== undefined && size <= items.length)) return agents;
  const pool = `pool ${name} (${id}) of ${organisation}`;
  const message =
    size === undefined
      ? `Azure DevOps does not say how many agents ${pool} has, and lists ${items.length}: whether these are all is not known.`
      : `Azure DevOps says that ${pool} has ${counted(size, 'agent', 'agents')}, and lists ${items.length}.`;
  return { ...agents, failure: { kind: 'incomplete', status: 200, message } };
}

/** An agent as what it said of itself is looked for. A disabled one takes no jobs, and so tells nothing. */
export function listedAgent({ agent, pool }: PoolAgent): ListedMachine {
  const { name, enabled, status, createdOn: since } = agent;
  return { name, pool, online: enabled && status === 'online', ...(since ? { since } : {}) };
}

const SOURCES: Readonly<Record<AgentKind, string>> = {
  automation: 'agents',
  deployment: 'deployment-agents',
  environment: 'environment-machines',
};

/** The line of coverage of a kind of agents. */
export const sourceOf = (organisation: string, kind: AgentKind): string =>
  `azure-devops/${SOURCES[kind]}:${organisation}`;

/** Whose an agent is, and which tokens it published. */
export async function readAgent(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  { kind, poolId, pool, agent, environment }: PoolAgent,
  leaver: Leaver,
  registrars: Registrars,
): Promise<Pick<TokenScan, 'findings' | 'located'>> {
  const capabilities = { ...agent.userCapabilities, ...agent.systemCapabilities };
  const owner = attributeAgent({ name: agent.name, capabilities }, leaver, registrars.ofAgent({ ...agent, pool }));
  const resource: ResourceRef = {
    system: 'azure-devops',
    type: 'agent',
    id: `${organisation}/pools/${poolId}/agents/${agent.id}`,
    name: agent.name,
    url:
      environment?.url ??
      `${settings.DEVOPS_ENDPOINT}/${organisation}/_settings/${kind === 'automation' ? 'agentpools' : 'deploymentpools'}?poolId=${poolId}&view=agents`,
  };
  // Both kinds one after the other: merged, one would hide the other's value of the same name.
  const published = [agent.systemCapabilities, agent.userCapabilities].flatMap((some) => Object.entries(some ?? {}));
  const located = published.map(([variable, value]) => ({
    place: capabilityPlace(resource, agent, variable, owner.verdict === 'leaver'),
    source: sourceOf(organisation, kind),
    within: organisation,
    tokens: findTokens(value, variable),
  }));
  const { job } = agent;
  const runs = owner.verdict === 'leaver' && job !== undefined ? await jobSeen(vendors, organisation, job) : undefined;
  return {
    findings: agentFindings(
      organisation,
      {
        poolId,
        removable: kind === 'automation',
        pool: environment === undefined ? pool : `${pool} of environment ${environment.name}`,
      },
      agent,
      owner,
      resource,
      runs,
    ),
    located,
  };
}
