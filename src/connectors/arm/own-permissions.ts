import * as z from 'zod';
import type { IdentityName } from '../credentials.ts';
import { failed, type VendorResult } from '../result.ts';
import type { ArmSettings } from '../settings.ts';
import type { HeldActions } from './allows.ts';
import { unavailable } from './arm-answer.ts';
import { OWN_PERMISSIONS } from './permissions.ts';
import { readResource } from './read-resource.ts';

const actions = z.array(z.string()).default([]);
const Permissions = z.object({
  value: z.array(z.object({ actions, notActions: actions })),
  nextLink: z.string().nullish(),
});
/** More roles than anybody has on a scope: a vendor that pages in circles. */
const MOST_PAGES = 100;

/**
 * Which actions Azure lets the identity take on a scope, by its roles there and above: one entry a role.
 * Source: learn.microsoft.com/rest/api/authorization/permissions
 */
export async function ownPermissions(
  settings: ArmSettings,
  identity: IdentityName,
  scope: string,
): Promise<VendorResult<readonly HeldActions[]>> {
  const question = { what: `say what the ${identity} may do on ${scope}`, action: OWN_PERMISSIONS };
  const path = `${scope}/providers/Microsoft.Authorization/permissions`;
  const held: HeldActions[] = [];
  let link: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await readResource(settings, {
      ...question,
      identity,
      path,
      ...(link === undefined ? {} : { link }),
      apiVersion: '2022-04-01',
      shape: Permissions,
    });
    if (!answer.ok) return answer;
    held.push(...answer.value.value);
    const next = answer.value.nextLink ?? '';
    if (next === '') return { ...answer, value: held };
    link = next;
  }
  return failed(unavailable(question, `more than ${MOST_PAGES} pages`));
}
