import * as z from 'zod';
import { describeFaults } from '../../api/problems/faults.ts';
import { type Oid, parseOid } from '../../people/oid.ts';

/** What an event from the partner topic comes down to. */
export type EntraEvent =
  | {
      readonly kind: 'user-changed';
      readonly oid: Oid;
      readonly permanent: boolean;
      /** ISO instant of the change. */
      readonly at: string;
      readonly dedupeKey: string;
    }
  /** The Graph subscription ends soon unless it is renewed. */
  | { readonly kind: 'reauthorize'; readonly subscriptionId: string }
  | { readonly kind: 'rejected'; readonly reason: string };

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not a date and time');

/** CloudEvents 1.0 as Graph publishes it: learn.microsoft.com/azure/event-grid/microsoft-entra-events. */
const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  type: z.string().min(1),
  source: z.string().min(1),
  time: instant,
  data: z.object({
    tenantId: z.guid(),
    subscriptionId: z.string().optional(),
    resourceData: z
      .object({
        id: z.string(),
        organizationId: z.string().optional(),
        eventTime: instant.optional(),
        sequenceNumber: z.union([z.number(), z.string()]).optional(),
      })
      .optional(),
  }),
});
type CloudEvent = z.output<typeof CloudEvent>;

/**
 * Reads an event that claims to be Graph's. Only the id of the user is taken from it: what happened to the user is
 * read from the directory. Event types are compared without case, because Graph's own writings differ in it.
 */
export function readEntraEvent(received: unknown, tenantId: string): EntraEvent {
  const parsed = CloudEvent.safeParse(received);
  if (!parsed.success) return rejected(`not a CloudEvent of Graph: ${describeFaults(parsed.error)}`);
  const event = parsed.data;
  const strangers = tenantsOf(event).filter((tenant) => tenant.toLowerCase() !== tenantId);
  if (strangers.length > 0) return rejected(`for another tenant: ${strangers.join(', ')}`);
  switch (event.type.toLowerCase()) {
    case 'microsoft.graph.userupdated':
      return userChanged(event, false);
    case 'microsoft.graph.userdeleted':
      return userChanged(event, true);
    case 'microsoft.graph.subscriptionreauthorizationrequired':
      return reauthorize(event);
    default:
      return rejected(`of a type that this app does not subscribe to: ${event.type.slice(0, 100)}`);
  }
}

function userChanged({ id, time, data }: CloudEvent, permanent: boolean): EntraEvent {
  const { resourceData } = data;
  const oid = parseOid(resourceData?.id ?? '');
  if (oid === undefined) return rejected('without the object id of a user in data.resourceData.id');
  const at = new Date(resourceData?.eventTime ?? time).toISOString();
  // Event Grid repeats an event under its id; Graph may publish one change under two ids, with one sequence number.
  const occurrence = resourceData?.sequenceNumber ?? id;
  return { kind: 'user-changed', oid, permanent, at, dedupeKey: `entra:${occurrence}:${at}`.slice(0, 200) };
}

function reauthorize({ data }: CloudEvent): EntraEvent {
  const { subscriptionId } = data;
  if (subscriptionId === undefined || !z.guid().safeParse(subscriptionId).success)
    return rejected('about a subscription, without its id in data.subscriptionId');
  return { kind: 'reauthorize', subscriptionId };
}

/** Every tenant that the event names, wherever it does. */
function tenantsOf({ source, data }: CloudEvent): string[] {
  const fromSource = /^\/tenants\/([^/]+)/i.exec(source)?.[1];
  return [data.tenantId, data.resourceData?.organizationId, fromSource].filter((tenant) => tenant !== undefined);
}

function rejected(reason: string): EntraEvent {
  return { kind: 'rejected', reason };
}
