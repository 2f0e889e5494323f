import * as z from 'zod';
import type { Config } from '../../config.ts';
import { type ArmListing, readPages } from '../arm/read-pages.ts';
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
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.object({ principalId: z.string() }),
});

/** All user-assigned identities of a subscription. */
export async function listIdentities(config: Config, subscriptionId: string): Promise<ArmListing<ManagedIdentity>> {
  const question = {
    what: `list the managed identities of subscription ${subscriptionId}`,
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  };
  const { items, failure } = await readPages(config, question, Identity, (options) =>
    msiClient(config, 'reader', subscriptionId, 'general').userAssignedIdentities.listBySubscription(options),
  );
  const identities = items.map(({ id, name, tags, properties }) => ({
    resourceId: id,
    subscriptionId,
    resourceGroup: /\/resourcegroups\/([^/]+)\//i.exec(id)?.[1] ?? '',
    name,
    tags: tags ?? {},
    principalId: properties.principalId,
  }));
  return failure === undefined ? { items: identities } : { items: identities, failure };
}
