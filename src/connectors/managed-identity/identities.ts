import * as z from 'zod';
import { readPages } from '../arm/read-pages.ts';
import { unseenIn } from '../arm/unseen.ts';
import type { Listing } from '../listing.ts';
import type { ArmSettings } from '../settings.ts';
import { msiClient } from './client.ts';

/** A user-assigned managed identity. */
export interface ManagedIdentity {
  readonly resourceId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Object id of its service principal: the `oid` in its tokens. */
  readonly principalId: string;
}

const Identity = z.object({
  // The case of the segments differs from resource to resource.
  id: z.string().regex(/\/resourcegroups\/[^/]+\//i),
  name: z.string().min(1),
  // A tag tells how much an identity matters; an odd one still tells something.
  tags: z.record(z.string(), z.unknown().transform(String)).nullish(),
  properties: z.object({ principalId: z.string() }),
});

const READ = 'Microsoft.ManagedIdentity/userAssignedIdentities/read';

/**
 * All user-assigned identities of a subscription. Azure leaves out of such a list what the caller may not read, and
 * answers 200 with the rest, be it nothing. So the list counts as all there is only where Azure says that the reader
 * may read identities on the whole subscription.
 */
export async function listIdentities(settings: ArmSettings, subscriptionId: string): Promise<Listing<ManagedIdentity>> {
  const question = { what: `list the managed identities of subscription ${subscriptionId}`, action: READ };
  const [listed, unseen] = await Promise.all([
    readPages(settings, question, Identity, (options) =>
      msiClient(settings, 'reader', subscriptionId, 'general').userAssignedIdentities.listBySubscription(options),
    ),
    unseenIn(settings, subscriptionId, READ, 'identities'),
  ]);
  const identities = listed.items.map(({ id, name, tags, properties }) => ({
    resourceId: id,
    subscriptionId,
    resourceGroup: /\/resourcegroups\/([^/]+)\//i.exec(id)?.[1] ?? '',
    name,
    tags: tags ?? {},
    principalId: properties.principalId,
  }));
  const failure = listed.failure ?? unseen;
  return failure === undefined ? { items: identities } : { items: identities, failure };
}
