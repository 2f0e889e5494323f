import type { Value } from '../provider/wire-value.ts';
import { guidFor } from './fake-ids.ts';

/** Microsoft Graph's client id, the same in every tenant. */
export const GRAPH_CLIENT_ID = '00000003-0000-0000-c000-000000000000';

/**
 * Application permissions of Microsoft Graph that are near to what an offboarding app asks for, so that a misspelt
 * one has no id here either. Published at learn.microsoft.com/graph/permissions-reference.
 */
const NAMES = [
  'AppRoleAssignment.ReadWrite.All',
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
  'AuditLog.Read.All',
  'DelegatedPermissionGrant.Read.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'Group.Read.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'LifecycleWorkflows.Read.All',
  'LifecycleWorkflows.ReadWrite.All',
  'Policy.Read.All',
  'Policy.ReadWrite.ConditionalAccess',
  'User-LifeCycleInfo.Read.All',
  'User-LifeCycleInfo.ReadWrite.All',
  'User.EnableDisableAccount.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'User.RevokeSessions.All',
] as const;

/** Made-up ids by permission, as the data source `azuread_service_principal` gives them. */
export function graphAppRoleIds(): Readonly<Record<string, Value>> {
  return Object.fromEntries(NAMES.map((name) => [name, guidFor(`graph ${name}`)]));
}
