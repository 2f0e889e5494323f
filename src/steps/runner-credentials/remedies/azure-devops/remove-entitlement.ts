import * as z from 'zod';
import { failed, ok } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';

/** Takes an account out of an organisation. Whether it is gone is what the directory of the organisation says. */
export const removeEntitlement = defineRemedy({
  kind: 'remove-entitlement',
  system: 'azure-devops',
  call: z.strictObject({
    kind: z.literal('remove-entitlement'),
    organisation: z.string(),
    descriptor: z.string(),
    /** The id under which entitlements know the account. */
    storageKey: z.string(),
    expected: z.strictObject({ active: z.literal(true) }),
  }),
  risk: 'disruptive',
  words: {
    noun: ['membership of Azure DevOps', 'memberships of Azure DevOps'],
    done: 'removed',
    ability: 'remove people from an organisation of Azure DevOps',
    before: ({ organisation }, _names: undefined) =>
      `Remove the leaver’s account from ${organisation}, with its licence, its groups and its SSH keys.`,
    impact: 'Whatever still runs as this account, and reviews and work that wait for it, stop.',
  },
  permissions: ['remover/azure-devops/vso.memberentitlementmanagement_write'],
  leastCalls: ({ length }) => [{ vendor: 'devops', calls: 4 * length, writes: length }],
  ends: 'place',
  stops: 'nothing-read',
  // learn.microsoft.com/azure/devops/organizations/accounts/admin-revoke-user-pats
  livesOn: () => ({ minutes: 60, why: 'Azure DevOps may honour what the account could do for up to an hour.' }),
  read: async ({ devops }, { organisation, descriptor }) => {
    const active = await devops.isActiveMember(organisation, descriptor);
    if (!active.ok) return active;
    if (!active.value) return ok({ state: 'gone' });
    const groups = await devops.listMemberships(organisation, descriptor);
    // Undoing rests on all of them.
    if (groups.failure !== undefined) return failed(groups.failure);
    const image = { descriptor, groups: groups.items };
    return ok({ state: 'present', image, now: { active: true } });
  },
  act: async ({ devops }, { organisation, storageKey }) => {
    const removed = await devops.removeEntitlement(organisation, storageKey);
    return removed.ok ? ok({ effect: 'queued' }, removed.requestId) : removed;
  },
  restore: {
    by: 'hand',
    undo: 'Invite the person again and put them into their groups, which the image names; SSH keys are not kept.',
  },
});
