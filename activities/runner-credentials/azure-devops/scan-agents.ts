import type { Finding, ResourceRef } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { Config } from '../../../src/config.ts';
import type { Agent } from '../../../src/connectors/azure-devops/agents.ts';
import { type Listed, together } from '../../../src/connectors/azure-devops/list-all.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { detectTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { relateToken } from '../../../src/credentials/relate-token.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { leaverNames } from '../../../src/people/leaver-names.ts';
import { remedyOf } from '../../../src/steps/define-remedy.ts';
import { disableAgent } from '../../../src/steps/runner-credentials/remedies/disable-agent.ts';
import { attributeAgent } from '../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import { coverageOf, fewAtATime, type Scan } from './scan.ts';
import { tokenFinding } from './token-finding.ts';

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
  now: Date,
): Promise<Scan> {
  const source = `azure-devops/agents:${organisation}`;
  const [pools, hidden] = await Promise.all([
    vendors.devops.listAgentPools(organisation),
    vendors.devops.hiddenInOrganisation(organisation, 'agent pools'),
  ]);
  if (pools.failures.length === 0 && pools.items.length === 0) {
    // Microsoft's own pool is in every organisation, so an empty list hides something.
    const detail = `${organisation} shows the app no agent pool: make it a reader of all pools.`;
    const looked = { count: 0, unit: 'agents' };
    const coverage = [{ source, state: 'denied', looked, detail, missingPermission: 'vso.agentpools' } as const];
    return { findings: [], coverage, failures: [] };
  }
  const own = pools.items.filter(({ isHosted }) => !isHosted);
  const perPool = await fewAtATime(own, async ({ id }): Promise<Listed<PoolAgent>> => {
    const agents = await vendors.devops.listAgents(organisation, id, { capabilities: true });
    return { ...agents, items: agents.items.map((agent) => ({ poolId: id, agent })) };
  });
  const unseen = { items: [], failures: hidden === undefined ? [] : [hidden] };
  const all = together<PoolAgent>([{ ...pools, items: [] }, unseen, ...perPool]);
  const hosted = pools.items.length - own.length;
  const note = `Capabilities are as old as each agent’s last start. ${hosted} hosted pools skipped.`;
  return {
    findings: all.items.flatMap((each) => findingsOf(settings, organisation, each, leaver, now)),
    coverage: [coverageOf(source, all, 'agents', note)],
    failures: all.failures,
    ...(all.slowDownMs === undefined ? {} : { slowDownMs: all.slowDownMs }),
  };
}

function findingsOf(
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  { poolId, agent }: PoolAgent,
  leaver: Leaver,
  now: Date,
): Finding[] {
  const names = leaverNames(leaver);
  const capabilities = { ...agent.userCapabilities, ...agent.systemCapabilities };
  const owner = attributeAgent({ name: agent.name, capabilities }, names);
  const resource: ResourceRef = {
    system: 'azure-devops',
    type: 'agent',
    id: `${organisation}/pools/${poolId}/agents/${agent.id}`,
    name: agent.name,
    url: `${settings.DEVOPS_ENDPOINT}/${organisation}/_settings/agentpools?poolId=${poolId}&view=agents`,
  };
  const state = {
    agentStatus: agent.status ?? null,
    enabled: agent.enabled,
    snapshotSince: agent.statusChangedOn ?? null,
  };
  // Both kinds one after the other: merged, one would hide the other's value of the same name.
  const published = [agent.systemCapabilities, agent.userCapabilities].flatMap((some) => Object.entries(some ?? {}));
  const tokens = published.flatMap(([name, value]) =>
    detectTokens(value).flatMap((hit) => {
      const relation = relateToken(hit, { name, leavers: owner.verdict === 'leaver' }, leaver, names);
      if (relation === 'unrelated') return [];
      const place = `the environment of agent ${agent.name}`;
      const cleanUp = 'Remove it from the agent’s environment and restart the agent, or wipe the machine.';
      const found = { kind: 'token-in-capability', place, name, resource, hit, relation, cleanUp } as const;
      return [tokenFinding({ ...found, evidence: state, now })];
    }),
  );
  return [...runnerFindings(organisation, poolId, agent, owner, resource), ...tokens];
}

function runnerFindings(
  organisation: string,
  poolId: number,
  agent: Agent,
  owner: ReturnType<typeof attributeAgent>,
  resource: ResourceRef,
): Finding[] {
  if (owner.verdict === 'not-leaver') return [];
  const kind = owner.verdict === 'leaver' ? 'runner-of-leaver' : 'runner-named-after-leaver';
  const id = findingId('runner-credentials', kind, resource.id);
  const finding = {
    id,
    step: 'runner-credentials',
    kind,
    resource,
    evidence: {
      signals: owner.signals,
      agentStatus: agent.status ?? null,
      enabled: agent.enabled,
      version: agent.version ?? null,
      createdOn: agent.createdOn ?? null,
      snapshotSince: agent.statusChangedOn ?? null,
    },
  } as const;
  if (owner.verdict === 'perhaps') {
    return [
      {
        ...finding,
        title: `Agent ${agent.name} is named after the leaver`,
        severity: 'medium',
        status: 'needs-human',
        reason:
          'Nothing that it published tells whose machine it is. Ask its team, and disable it if it is the leaver’s.',
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
      status: 'awaiting-approval',
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
