import type { Coverage } from '../../../src/cases/coverage.ts';
import { becauseOf, coverageOfList } from '../../../src/cases/coverage-of.ts';
import type { Finding, ResourceRef } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { Config } from '../../../src/config.ts';
import type { Agent } from '../../../src/connectors/azure-devops/agents.ts';
import { together } from '../../../src/connectors/azure-devops/list-all.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import { mapBounded } from '../../../src/connectors/map-bounded.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { remedyOf } from '../../../src/steps/define-remedy.ts';
import { disableAgent } from '../../../src/steps/runner-credentials/remedies/disable-agent.ts';
import { attributeAgent } from '../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import { capabilityPlace } from '../../../src/steps/runner-credentials/rules/azure-devops/token-places.ts';
import { IN_FLIGHT, type TokenScan } from './scan.ts';

interface PoolAgent {
  readonly poolId: number;
  readonly agent: Agent;
}

/**
 * Every self-hosted agent of an organisation: whether it is the leaver's machine, and which tokens its environment
 * carries. Capabilities are looked at in memory and go nowhere.
 */
export async function scanAgents(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  leaver: Leaver,
): Promise<TokenScan> {
  const source = sourceOf(organisation);
  const [pools, hidden] = await Promise.all([
    vendors.devops.listAgentPools(organisation),
    vendors.devops.hiddenInOrganisation(organisation, 'agent pools'),
  ]);
  if (pools.failure === undefined && pools.items.length === 0) {
    // Microsoft's own pool is in every organisation, so an empty list hides something.
    const detail = `${organisation} shows the app no agent pool: make it a reader of all pools.`;
    const looked = { count: 0, unit: 'agents' };
    const coverage = [{ source, state: 'denied', looked, detail, missingPermission: 'vso.agentpools' } as const];
    return { findings: [], located: [], coverage, failures: [] };
  }
  const own = pools.items.filter(({ isHosted }) => !isHosted);
  const perPool = await mapBounded(own, IN_FLIGHT, async ({ id }): Promise<Listing<PoolAgent>> => {
    const agents = await vendors.devops.listAgents(organisation, id, { capabilities: true });
    return { ...agents, items: agents.items.map((agent) => ({ poolId: id, agent })) };
  });
  const unseen = { items: [], failures: hidden === undefined ? [] : [hidden] };
  const all = together<PoolAgent>([{ ...pools, items: [] }, unseen, ...perPool]);
  const hosted = pools.items.length - own.length;
  const note = `Capabilities are as old as each agent’s last start. ${hosted} hosted pools skipped.`;
  const read = all.items.map((each) => readAgent(settings, organisation, each, leaver));
  return {
    findings: read.flatMap(({ findings }) => findings),
    located: read.flatMap(({ located }) => located),
    coverage: [comparedWith(leaver, coverageOfList(source, 'agents', all, note))],
    failures: all.failures,
    ...(all.slowDownMs === undefined ? {} : { slowDownMs: all.slowDownMs }),
  };
}

/** Where nothing is known of how the person is called, the agents were listed and compared with nothing. */
function comparedWith({ displayName, userPrincipalName, mail, github, blockedBy }: Leaver, line: Coverage): Coverage {
  const known = displayName !== undefined || userPrincipalName !== undefined || mail !== undefined || github.length > 0;
  if (known || (line.state !== 'complete' && line.state !== 'partial')) return line;
  const detail =
    `No name of the person is known, so that no agent could be told to be theirs. ${line.detail ?? ''}`.trim();
  return becauseOf(blockedBy?.person, { ...line, state: 'partial', detail });
}

const sourceOf = (organisation: string): string => `azure-devops/agents:${organisation}`;

function readAgent(
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  { poolId, agent }: PoolAgent,
  leaver: Leaver,
): Pick<TokenScan, 'findings' | 'located'> {
  const capabilities = { ...agent.userCapabilities, ...agent.systemCapabilities };
  const owner = attributeAgent({ name: agent.name, capabilities }, leaver);
  const resource: ResourceRef = {
    system: 'azure-devops',
    type: 'agent',
    id: `${organisation}/pools/${poolId}/agents/${agent.id}`,
    name: agent.name,
    url: `${settings.DEVOPS_ENDPOINT}/${organisation}/_settings/agentpools?poolId=${poolId}&view=agents`,
  };
  // Both kinds one after the other: merged, one would hide the other's value of the same name.
  const published = [agent.systemCapabilities, agent.userCapabilities].flatMap((some) => Object.entries(some ?? {}));
  const located = published.map(([variable, value]) => ({
    place: capabilityPlace(resource, agent, variable, owner.verdict === 'leaver'),
    source: sourceOf(organisation),
    within: organisation,
    tokens: findTokens(value),
  }));
  return { findings: runnerFindings(organisation, poolId, agent, owner, resource), located };
}

function runnerFindings(
  organisation: string,
  poolId: number,
  agent: Agent,
  owner: ReturnType<typeof attributeAgent>,
  resource: ResourceRef,
): Finding[] {
  if (owner.verdict === 'unrelated') return [];
  const kind = owner.verdict === 'leaver' ? 'runner-of-leaver' : 'runner-named-after-leaver';
  const id = findingId('runner-credentials', kind, resource.id);
  const finding = {
    id,
    step: 'runner-credentials',
    kind,
    resource,
    evidence: {
      score: owner.score,
      signs: owner.signs.map(({ strength, why }) => `${strength}: ${why}`),
      agentStatus: agent.status ?? null,
      enabled: agent.enabled,
      version: agent.version ?? null,
      createdOn: agent.createdOn ?? null,
      snapshotSince: agent.statusChangedOn ?? null,
    },
  } as const;
  if (owner.verdict === 'maybe') {
    return [
      {
        ...finding,
        title: `Agent ${agent.name} may be the leaver’s`,
        severity: owner.score > 1 ? 'medium' : 'low',
        status: 'manual-action',
        reason:
          'A name may be anybody’s, and nothing else that it published tells whose machine it is. Ask its team, and ' +
          'disable it if it is the leaver’s.',
      },
    ];
  }
  const title = `Agent ${agent.name} runs on the leaver’s machine`;
  if (!agent.enabled) {
    const reason = 'It is disabled already and takes no jobs.';
    return [{ ...finding, title, severity: 'info', status: 'nothing-to-do', reason }];
  }
  return [
    {
      ...finding,
      title,
      severity: 'high',
      status: 'awaiting-decision',
      reason:
        'It authenticates with a key of its own, so nothing that is done to the person’s account stops it. Disabling it may hold up builds of others, so somebody has to agree.',
      remedy: remedyOf(
        disableAgent,
        id,
        { kind: 'disable-agent', organisation, poolId, agentId: agent.id, name: agent.name },
        undefined,
      ),
    },
  ];
}
