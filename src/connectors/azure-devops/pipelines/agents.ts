import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { listAll } from '../list-all.ts';
import { named, textual, withOdd } from '../odd-values.ts';
import { type PoolKind, QUERIES } from '../queries.ts';
import { ask } from '../request.ts';

const Pool = z.object({
  id: z.number().int(),
  name: z.string(),
  isHosted: z
    .boolean()
    .nullish()
    .transform((hosted) => hosted === true),
  /** How many agents it has: the one number with which a list of them can be compared. Undefined where it says none. */
  size: z.number().int().nonnegative().optional().catch(undefined),
});
export type AgentPool = z.output<typeof Pool>;

/** What only describes an agent keeps nobody from reading the rest of it. */
const described = z.string().nullish().catch(undefined);
const Capability = textual.transform((text) => text ?? '');
const link = z.object({ web: z.object({ href: z.string() }) }).transform(({ web }) => web.href);
const Named = z.object({ name: z.string() });
/** What an agent works on. What describes it may be odd; that there is something is never doubted. */
const Request = z
  .object({
    planType: described,
    scopeId: described,
    owner: z
      .object({ id: z.number().int(), name: z.string(), _links: link.nullish().catch(undefined) })
      .nullish()
      .catch(undefined),
    definition: Named.nullish().catch(undefined),
    finishTime: described,
  })
  .transform(({ planType, scopeId, owner, definition, finishTime }) => {
    const build = planType === 'Build' && scopeId && owner ? { projectId: scopeId, buildId: owner.id } : undefined;
    return {
      finished: typeof finishTime === 'string',
      /** As people call it. */
      name: [owner?.name, definition?.name].filter(Boolean).join(' of ') || 'a job that Azure DevOps does not name',
      ...(owner?._links ? { link: owner._links } : {}),
      /** Set where it is a pipeline’s, which can be cancelled; those of classic releases are stopped elsewhere. */
      ...(build === undefined ? {} : { build }),
    };
  });
export type AgentJob = Omit<z.output<typeof Request>, 'finished'>;

/** Source: TaskAgent and TaskAgentJobRequest in taskAgent.json of github.com/MicrosoftDocs/vsts-rest-api-specs, 7.1 */
const Assigned = z
  .unknown()
  .optional()
  .transform((request): AgentJob | undefined => {
    if (request === undefined || request === null) return undefined;
    const read = Request.safeParse(request);
    if (!read.success) return { name: 'a job in a shape that cannot be read' };
    const { finished, ...job } = read.data;
    return finished ? undefined : job;
  });

const Agent = z
  .object({
    id: z.number().int(),
    name: z.string(),
    // One whose state is not known may take jobs.
    enabled: z.boolean().catch(true),
    status: described,
    version: described,
    createdOn: described,
    statusChangedOn: described,
    assignedRequest: Assigned,
    systemCapabilities: named(Capability),
    userCapabilities: named(Capability),
  })
  .transform(({ systemCapabilities, userCapabilities, assignedRequest: job, ...agent }) => ({
    ...agent,
    ...(job === undefined ? {} : { job }),
    systemCapabilities: systemCapabilities.values,
    userCapabilities: userCapabilities.values,
    /** Capabilities that could not be read. */
    odd: systemCapabilities.odd + userCapabilities.odd,
  }));
/** An agent. Its capabilities hold its environment in clear, credentials included: never file or log them. */
export type Agent = z.output<typeof Agent>;

/** Every pool of a kind in the organisation; those of Microsoft's own machines are `isHosted`. The list has no pages. */
export async function listAgentPools(
  settings: DevOpsSettings,
  organisation: string,
  kind: PoolKind,
): Promise<Listing<AgentPool>> {
  return listAll(settings, {
    ...QUERIES.pools(kind),
    identity: 'reader',
    organisation,
    what: `list the ${kind === 'automation' ? 'agent' : 'deployment'} pools of ${organisation}`,
    row: Pool,
    keyOf: ({ id }) => id,
  });
}

/** Every agent of a pool, offline ones too, with what it works on: what they published at their last start stays readable. */
export async function listAgents(
  settings: DevOpsSettings,
  organisation: string,
  poolId: number,
  { capabilities }: { readonly capabilities: boolean },
): Promise<Listing<Agent>> {
  const what = `list the agents of pool ${poolId} in ${organisation}`;
  const listing = await listAll(settings, {
    identity: 'reader',
    scope: 'vso.agentpools',
    version: '7.1',
    organisation,
    path: ['_apis', 'distributedtask', 'pools', String(poolId), 'agents'],
    query: { includeCapabilities: String(capabilities), includeAssignedRequest: 'true' },
    what,
    row: Agent,
    keyOf: ({ id }) => id,
  });
  return withOdd(listing, what, ({ odd }) => odd);
}

interface AgentPlace {
  readonly organisation: string;
  readonly poolId: number;
  readonly agentId: number;
}

const pathOf = ({ poolId, agentId }: AgentPlace): readonly string[] => [
  ...['_apis', 'distributedtask', 'pools', String(poolId)],
  ...['agents', String(agentId)],
];

/** Stops an agent from taking jobs. A job that it runs goes on to its end; enabling undoes it. */
export async function disableAgent(
  settings: DevOpsSettings,
  place: AgentPlace,
  enabled = false,
): Promise<VendorResult<void>> {
  const { organisation, poolId, agentId } = place;
  const answer = await ask(settings, {
    identity: 'remover',
    method: 'PATCH',
    organisation,
    path: pathOf(place),
    version: '7.1',
    body: { id: agentId, enabled },
    what: `${enabled ? 'enable' : 'disable'} agent ${agentId} of pool ${poolId} in ${organisation}`,
    scope: 'vso.agentpools_manage',
    shape: z.object({ id: z.literal(agentId), enabled: z.literal(enabled) }),
  });
  return answer.ok ? ok(undefined, answer.requestId) : answer;
}

/**
 * Takes an agent's registration away; nothing undoes it. It is answered without a body, so that what came of it is read back.
 * Source: learn.microsoft.com/rest/api/azure/devops/distributedtask/agents/delete, 7.1
 */
export async function removeAgent(settings: DevOpsSettings, place: AgentPlace): Promise<VendorResult<void>> {
  const answer = await ask(settings, {
    identity: 'remover',
    method: 'DELETE',
    organisation: place.organisation,
    path: pathOf(place),
    version: '7.1',
    what: `remove agent ${place.agentId} of pool ${place.poolId} in ${place.organisation}`,
    scope: 'vso.agentpools_manage',
    shape: z.undefined(),
  });
  return answer.ok ? ok(undefined, answer.requestId) : answer;
}
