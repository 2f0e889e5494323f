import type { IdentityName } from '../credentials.ts';
import type { VendorFailure } from '../result.ts';
import type { ArmSettings } from '../settings.ts';
import { allows } from './allows.ts';
import { ownPermissions } from './own-permissions.ts';

/**
 * Why there may be resources that a list of a subscription leaves out: Azure leaves out what the caller may not read, and
 * answers 200 with the rest, be it nothing. Undefined where the identity may read all of them.
 */
export async function unseenIn(
  settings: ArmSettings,
  subscriptionId: string,
  action: string,
  things: string,
  identity: IdentityName = 'reader',
): Promise<VendorFailure | undefined> {
  const scope = `/subscriptions/${subscriptionId}`;
  const held = await ownPermissions(settings, identity, scope);
  if (!held.ok) return held.failure;
  if (allows(held.value, action)) return undefined;
  const message = `No role of the ${identity} on ${scope} gives ${action}, so that Azure lists those ${things} only that the ${identity} may read elsewhere, or none.`;
  return { kind: 'denied', status: 200, missingPermission: action, message };
}
