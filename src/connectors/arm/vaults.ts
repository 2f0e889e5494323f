import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { ArmSettings } from '../settings.ts';
import { readList } from './read-list.ts';
import { unseenIn } from './unseen.ts';

const names = z
  .array(z.string())
  .nullish()
  .transform((each) => each ?? []);
const Vault = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    enableRbacAuthorization: z.boolean().nullish(),
    accessPolicies: z
      .array(
        z.object({
          objectId: z.string().transform((id) => id.toLowerCase()),
          permissions: z.object({ keys: names, secrets: names, certificates: names, storage: names }),
        }),
      )
      .nullish(),
  }),
});

/** A vault with those who may read it by a policy of its own. */
export interface Vault {
  readonly id: string;
  readonly name: string;
  /** Roles decide, and policies that are left over give nothing. */
  readonly byRoles: boolean;
  readonly policies: readonly { readonly objectId: string; readonly gives: readonly string[] }[];
}

const READ = 'Microsoft.KeyVault/vaults/read';

/**
 * Every vault of a subscription with its access policies. Source: learn.microsoft.com/rest/api/keyvault/keyvault/vaults/list-by-subscription
 */
export async function listVaults(settings: ArmSettings, subscriptionId: string): Promise<Listing<Vault>> {
  const [listed, unseen] = await Promise.all([
    readList(settings, {
      what: `list the vaults of subscription ${subscriptionId}`,
      action: READ,
      identity: 'reader',
      path: `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/vaults`,
      apiVersion: '2023-07-01',
      shape: Vault,
    }),
    unseenIn(settings, subscriptionId, READ, 'vaults'),
  ]);
  const failure = listed.failure ?? unseen;
  const items = listed.items.map(({ id, name, properties: { enableRbacAuthorization, accessPolicies } }) => ({
    id,
    name,
    byRoles: enableRbacAuthorization === true,
    policies: (accessPolicies ?? []).map(({ objectId, permissions }) => ({
      objectId,
      gives: Object.entries(permissions).flatMap(([of, may]) => may.map((each) => `${of}: ${each}`)),
    })),
  }));
  return { items, ...(failure === undefined ? {} : { failure }) };
}
