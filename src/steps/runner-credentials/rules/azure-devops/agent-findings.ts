import type * as z from 'zod';
import type { Finding, ResourceRef } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { Agent } from '../../../../connectors/azure-devops/pipelines/agents.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { agentState, disableAgent } from '../../remedies/azure-devops/disable-agent.ts';
import { removeAgent } from '../../remedies/azure-devops/remove-agent.ts';
import { type MachineOwner, reasonsOf, severityOfMaybe } from '../machine-owner.ts';
import { type JobSeen, jobEvidence } from './agent-job.ts';

/** Where an agent is: the pool as people know it, and whether its agents are removed there. */
interface AgentPool {
  readonly poolId: number;
  readonly pool: string;
  readonly removable: boolean;
}

/** What is told of an agent, by whose machine it runs on. */
export function agentFindings(
  organisation: string,
  { poolId, pool, removable }: AgentPool,
  agent: Agent,
  owner: MachineOwner,
  resource: ResourceRef,
  job: JobSeen | undefined,
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
      signs: reasonsOf(owner),
      agentStatus: agent.status ?? null,
      enabled: agent.enabled,
      version: agent.version ?? null,
      createdOn: agent.createdOn ?? null,
      snapshotSince: agent.statusChangedOn ?? null,
      ...jobEvidence(job),
    },
  } as const;
  if (owner.verdict === 'maybe') {
    return [
      {
        ...finding,
        title: `Agent ${agent.name} may be the leaver’s`,
        severity: severityOfMaybe(owner),
        status: 'manual-action',
        reason:
          'A name may be anybody’s, whoever registers a machine may do so for others, and nothing else that is known tells whose it is. Ask its team, and ' +
          'disable it if it is the leaver’s.',
      },
    ];
  }
  const cancels = job?.fate === 'cancelled' || job?.fate === 'perhaps' ? { cancels: 'build' as const } : {};
  const target = { organisation, poolId, agentId: agent.id, name: agent.name, ...cancels, expected: agentState(agent) };
  const title = `Agent ${agent.name} runs on the leaver’s machine`;
  if (!agent.enabled && job === undefined) {
    const reason = 'It is disabled already and takes no jobs.';
    const disabled: Finding = { ...finding, title, severity: 'info', status: 'nothing-to-do', reason };
    return [disabled, ...removals(removable, disabled, { kind: 'remove-agent', ...target }, pool)];
  }
  const open: Finding = {
    ...finding,
    title,
    severity: 'high',
    status: 'awaiting-decision',
    reason: agent.enabled
      ? 'It authenticates with a key of its own, so nothing that is done to the person’s account stops it. Disabling it may hold up builds of others, so somebody has to agree.'
      : 'It is disabled and takes no new jobs, but goes on with the one that it has, and with what that job may do. Ending it ends the work of others perhaps, so somebody has to agree.',
    remedy: remedyOf(disableAgent, id, { kind: 'disable-agent', ...target }, { pool, job }),
  };
  return [open, ...removals(removable, open, { kind: 'remove-agent', ...target }, pool)];
}

/**
 * That the agent of a pool can be removed as well, which nothing undoes: with the disabling while it is to be disabled, and a
 * decision of its own afterwards. A deployment pool's and an environment's machines are removed where they were added.
 */
function removals(removable: boolean, of: Finding, call: z.output<typeof removeAgent.call>, pool: string): Finding[] {
  if (!removable) return [];
  const id = findingId('runner-credentials', REMOVABLE, of.resource.id);
  const closes = of.status === 'nothing-to-do' ? undefined : of.id;
  return [
    {
      ...of,
      id,
      kind: REMOVABLE,
      title: `Agent ${call.name}, which ran on the leaver’s machine, is still registered`,
      severity: 'low',
      status: closes === undefined ? 'awaiting-decision' : 'nothing-to-do',
      ...(closes === undefined ? {} : { closedWith: closes }),
      reason: `The machine keeps the key by which the agent signs in, and whoever administers the pool can enable it again. Removing the agent ends that and has no undo, so that ${closes === undefined ? 'a person decides' : 'it comes after the disabling, and a person decides'}.`,
      remedy: remedyOf(removeAgent, id, call, { pool }),
    },
  ];
}

const REMOVABLE = 'agent-can-be-removed';
