import { defineSource } from '../define-source.ts';

const SUBSCRIPTIONS = 'reader/azure/subscriptions';
const GATEWAY = 'reader/azure/gateway/Microsoft.ApiManagement/service';
const DEFINITIONS = `${SUBSCRIPTIONS}/Microsoft.Authorization/roleDefinitions/read`;
const HELD = [`${SUBSCRIPTIONS}/Microsoft.Authorization/roleAssignments/read`, DEFINITIONS];
const ELIGIBLE = [`${SUBSCRIPTIONS}/Microsoft.Authorization/roleEligibilityScheduleInstances/read`, DEFINITIONS];
/** Azure leaves out of a list what the caller may not read: only its rights tell whether the list is all there is. */
const VAULTS = [
  `${SUBSCRIPTIONS}/Microsoft.KeyVault/vaults/read`,
  `${SUBSCRIPTIONS}/Microsoft.Authorization/permissions/read`,
];
/** Users are compared with the names that the directory has of the person as well: without one that is not all. */
const COMPARED = ['reader/graph/User.Read.All'];

/** What a person may do with the platform itself: undo the denial, or read what the servers read. */
export const AZURE_RIGHTS_SOURCES = [
  defineSource({
    id: 'azure/role-assignments',
    holds: 'Azure roles of the leaver with which the deny list can be changed, or read what the servers read',
    examined: 'always',
    scope: 'SUBSCRIPTION_IDS',
    permissions: HELD,
  }),
  defineSource({
    id: 'azure/eligible-roles',
    holds: 'such roles that the leaver may activate',
    examined: 'always',
    scope: 'SUBSCRIPTION_IDS',
    permissions: ELIGIBLE,
  }),
  defineSource({
    id: 'azure/key-vault-access',
    holds: 'vaults that let the leaver in by a policy of their own',
    examined: 'always',
    scope: 'SUBSCRIPTION_IDS',
    permissions: VAULTS,
  }),
  defineSource({
    id: 'azure/group-access',
    holds: 'groups of the leaver’s with such a role, or that a vault lets in',
    examined: { when: 'a group has such access, and the account is not deleted' },
    permissions: [
      'reader/graph/GroupMember.Read.All',
      'reader/graph/User.Read.All',
      ...new Set([...HELD, ...ELIGIBLE, ...VAULTS]),
    ],
  }),
  defineSource({
    id: 'gateway/users',
    holds: 'the leaver’s user of the developer portal',
    examined: 'always',
    needs: 'DENY_LIST_NAMED_VALUES',
    permissions: [...COMPARED, `${GATEWAY}/users/read`],
  }),
  defineSource({
    id: 'gateway/subscription-keys',
    holds: 'subscription keys that the leaver holds',
    examined: 'always',
    needs: 'DENY_LIST_NAMED_VALUES',
    permissions: [...COMPARED, `${GATEWAY}/users/read`, `${GATEWAY}/subscriptions/read`],
    remedies: ['suspend-subscription-key'],
  }),
] as const;
