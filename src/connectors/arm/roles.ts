import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { ArmSettings } from '../settings.ts';
import { allows } from './allows.ts';
import { readList } from './read-list.ts';

const AUTHORIZATION = 'Microsoft.Authorization';

/** Roles that are held, and roles that may be activated, which Privileged Identity Management keeps. */
const KINDS = {
  held: { list: 'roleAssignments', apiVersion: '2022-04-01', what: 'list the role assignments' },
  eligible: { list: 'roleEligibilityScheduleInstances', apiVersion: '2020-10-01', what: 'list the eligible roles' },
} as const;
export type RoleKind = keyof typeof KINDS;

/** `below`: in the subscription and below; `above`: there and above; an object id: all of that principal. */
export type RoleQuestion = 'below' | 'above' | { readonly principalId: string };

const Assignment = z
  .object({
    id: z.string(),
    properties: z.object({
      scope: z.string(),
      roleDefinitionId: z.string(),
      principalId: z.string(),
      principalType: z.string().nullish(),
    }),
  })
  .transform(({ id, properties: { principalType, principalId, ...rest } }) => ({
    id,
    ...rest,
    principalId: principalId.toLowerCase(),
    // `Unknown` where the directory has deleted the principal; Azure keeps the assignment.
    principalType: principalType ?? 'Unknown',
  }));
/** A role that somebody holds, or may activate, at a scope. */
export type AzureRole = z.output<typeof Assignment>;

/**
 * Who holds roles in a subscription, or may activate them.
 * Source: learn.microsoft.com/rest/api/authorization/role-assignments/list-for-subscription,
 * learn.microsoft.com/rest/api/authorization/role-eligibility-schedule-instances/list-for-scope
 */
export async function listRoles(
  settings: ArmSettings,
  subscriptionId: string,
  kind: RoleKind,
  question: RoleQuestion,
): Promise<Listing<AzureRole>> {
  const { list, apiVersion, what } = KINDS[kind];
  const listing = await readList(settings, {
    what: `${what} of subscription ${subscriptionId}`,
    action: `${AUTHORIZATION}/${list}/read`,
    identity: 'reader',
    path: `/subscriptions/${subscriptionId}/providers/${AUTHORIZATION}/${list}`,
    apiVersion,
    ...filterOf(question),
    shape: Assignment,
  });
  return kind === 'eligible' && isUnlicensed(listing) ? { items: [] } : listing;
}

function filterOf(question: RoleQuestion): { readonly query?: Readonly<Record<string, string>> } {
  if (question === 'below') return {};
  return { query: { $filter: question === 'above' ? 'atScope()' : `principalId eq '${question.principalId}'` } };
}

/** Without the licence of Privileged Identity Management nobody is eligible for anything, and Azure refuses the list. */
function isUnlicensed({ failure }: Listing<unknown>): boolean {
  return failure?.kind === 'refused' && failure.message.includes('AadPremiumLicenseRequired');
}

const actions = z.array(z.string()).default([]);
const Definition = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    roleName: z.string(),
    permissions: z
      .array(z.object({ actions, notActions: actions, dataActions: actions, notDataActions: actions }))
      .default([]),
  }),
});

/** What a role gives. `key` is its GUID: the same role has an id in each subscription. */
export interface RoleDefinition {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  gives(action: string): boolean;
  givesData(action: string): boolean;
}

/**
 * Every role that can be given in a subscription, built-in ones included: one call, because a role says by its id alone
 * what it is. Source: learn.microsoft.com/rest/api/authorization/role-definitions/list
 */
export async function listRoleDefinitions(
  settings: ArmSettings,
  subscriptionId: string,
): Promise<Listing<RoleDefinition>> {
  const { items, ...rest } = await readList(settings, {
    what: `list the roles that can be given in subscription ${subscriptionId}`,
    action: `${AUTHORIZATION}/roleDefinitions/read`,
    identity: 'reader',
    path: `/subscriptions/${subscriptionId}/providers/${AUTHORIZATION}/roleDefinitions`,
    apiVersion: '2022-04-01',
    shape: Definition,
  });
  return {
    ...rest,
    items: items.map(({ id, properties: { roleName, permissions } }) => {
      const data = permissions.map(({ dataActions, notDataActions }) => ({
        actions: dataActions,
        notActions: notDataActions,
      }));
      return {
        id,
        key: roleKey(id),
        name: roleName,
        gives: (action) => allows(permissions, action),
        givesData: (action) => allows(data, action),
      };
    }),
  };
}

function roleKey(id: string): string {
  return id.toLowerCase().split('/').at(-1) ?? '';
}
