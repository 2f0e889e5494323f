import * as z from 'zod';
import type { IdentityName } from '../credentials.ts';
import type { VendorResult } from '../result.ts';
import type { ArmSettings } from '../settings.ts';
import type { HeldActions } from './allows.ts';
import { OWN_PERMISSIONS } from './permissions.ts';
import { readResource } from './read-resource.ts';

const actions = z.array(z.string()).default([]);
const Permissions = z.object({ value: z.array(z.object({ actions, notActions: actions })) });

/**
 * Which actions Azure lets the identity take on a scope, by its roles there and above: one entry a role.
 * Source: learn.microsoft.com/rest/api/authorization/permissions
 */
export async function ownPermissions(
  settings: ArmSettings,
  identity: IdentityName,
  scope: string,
): Promise<VendorResult<readonly HeldActions[]>> {
  const answer = await readResource(settings, {
    identity,
    path: `${scope}/providers/Microsoft.Authorization/permissions`,
    apiVersion: '2022-04-01',
    what: `say what the ${identity} may do on ${scope}`,
    action: OWN_PERMISSIONS,
    shape: Permissions,
  });
  return answer.ok ? { ...answer, value: answer.value.value } : answer;
}
