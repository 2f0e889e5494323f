import { createHash } from 'node:crypto';
import * as z from 'zod';
import { readList } from '../../arm/read-list.ts';
import type { Listing } from '../../listing.ts';
import type { ArmSettings } from '../../settings.ts';

const Named = z.object({ value: z.string() });
const Event = z.object({
  id: z.string(),
  caller: z.string().nullish(),
  correlationId: z.string(),
  eventTimestamp: z.iso.datetime({ offset: true }),
  operationName: Named,
  status: Named.nullish(),
  resourceId: z.string().nullish(),
  properties: z.object({ isComplianceCheck: z.string().nullish(), policies: z.string().nullish() }).nullish(),
});
const Policies = z.array(
  z.object({ policyAssignmentId: z.string(), policyDefinitionReferenceId: z.string().nullish() }).loose(),
);

/** Something that Azure Policy refused. */
export interface BlockedRequest {
  readonly at: string;
  /** Of one request; whoever validates before may leave more than one event with it. */
  readonly correlationId: string;
  /** In lower case. */
  readonly resource: string;
  /** SHA-256 of who asked: an address, or an id. Nobody is named. */
  readonly caller: string;
  /** What refused it, in lower case; undefined where Azure’s word of it is not understood. */
  readonly by: readonly { readonly assignment: string; readonly reference?: string }[] | undefined;
}

const DENIED = 'microsoft.authorization/policies/deny/action';

/**
 * What Azure Policy refused of one provider’s resources, by the activity log. A compliance scan writes events as well, with
 * the effect Deny and nothing that was refused: their operation is another one, and they say that they are one. The
 * provider of an event is the resource’s. That the log keeps 90 days, and whether a validation before a request is an event
 * of its own, is not verified: those of a request share its correlation id.
 * Source: learn.microsoft.com/rest/api/monitor/activity-logs/list, learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema
 */
export async function listBlocked(
  settings: ArmSettings,
  subscriptionId: string,
  { from, to, provider }: { readonly from: Date; readonly to: Date; readonly provider: string },
): Promise<Listing<BlockedRequest>> {
  const { items, ...rest } = await readList(settings, {
    what: `read the activity log of subscription ${subscriptionId}`,
    action: 'Microsoft.Insights/eventtypes/values/read',
    identity: 'assessor',
    path: `/subscriptions/${subscriptionId}/providers/Microsoft.Insights/eventtypes/management/values`,
    apiVersion: '2015-04-01',
    query: {
      $filter: `eventTimestamp ge '${from.toISOString()}' and eventTimestamp le '${to.toISOString()}' and resourceProvider eq '${provider}'`,
    },
    shape: Event,
  });
  return { items: items.filter(isRefusal).map(fromEvent), ...rest };
}

function isRefusal({ operationName, status, properties }: z.output<typeof Event>): boolean {
  return (
    operationName.value.toLowerCase() === DENIED &&
    status?.value.toLowerCase() === 'failed' &&
    properties?.isComplianceCheck?.toLowerCase() !== 'true'
  );
}

function fromEvent(event: z.output<typeof Event>): BlockedRequest {
  const { caller, correlationId, eventTimestamp, resourceId, properties } = event;
  return {
    at: new Date(eventTimestamp).toISOString(),
    correlationId: correlationId.toLowerCase(),
    resource: (resourceId ?? '').toLowerCase(),
    caller: createHash('sha256')
      .update((caller ?? '').toLowerCase())
      .digest('hex'),
    by: policiesIn(properties?.policies),
  };
}

/** Policies stand as JSON in a text, and their ids end in a slash. */
function policiesIn(text: string | null | undefined): BlockedRequest['by'] {
  try {
    const read = Policies.safeParse(JSON.parse(text ?? ''));
    if (!read.success || read.data.length === 0) return undefined;
    return read.data.map(({ policyAssignmentId, policyDefinitionReferenceId: reference }) => ({
      assignment: policyAssignmentId.toLowerCase().replace(/\/+$/, ''),
      ...(reference == null || reference === '' ? {} : { reference: reference.toLowerCase() }),
    }));
  } catch {
    return undefined;
  }
}
