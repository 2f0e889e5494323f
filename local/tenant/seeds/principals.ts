import { type Principal, principal } from '../core/principals.ts';
import { WORLD } from './world.ts';

/** The app's two identities with exactly what each needs. */
export function appPrincipals(): { readonly reader: Principal; readonly remover: Principal } {
  const reader = principal('reader', WORLD.app.reader.clientId, WORLD.app.reader.oid);
  for (const permission of [
    'User.Read.All',
    'User-LifeCycleInfo.Read.All',
    'Directory.Read.All',
    'Application.Read.All',
  ]) {
    reader.graph.add(permission);
  }
  for (const action of [
    'Microsoft.ManagedIdentity/userAssignedIdentities/read',
    'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
    'Microsoft.ApiManagement/service/namedValues/read',
    'Microsoft.OperationalInsights/workspaces/tables/read',
  ]) {
    reader.azure.add(action);
  }
  for (const scope of [
    'vso.agentpools',
    'vso.build',
    'vso.variablegroups_read',
    'vso.serviceendpoint',
    'vso.graph',
    'vso.project',
    'vso.tokenadministration',
  ]) {
    reader.devops.add(scope);
  }
  reader.vault.add('keys/sign');
  reader.logs.add(WORLD.audit.workspaceId);

  const remover = principal('remover', WORLD.app.remover.clientId, WORLD.app.remover.oid);
  for (const permission of [
    'DelegatedPermissionGrant.ReadWrite.All',
    'AppRoleAssignment.ReadWrite.All',
    'User.RevokeSessions.All',
    'Application.ReadWrite.All',
  ]) {
    remover.graph.add(permission);
  }
  for (const action of [
    'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
    'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete',
    'Microsoft.ApiManagement/service/namedValues/read',
    'Microsoft.ApiManagement/service/namedValues/write',
  ]) {
    remover.azure.add(action);
  }
  for (const scope of ['vso.agentpools_manage', 'vso.tokenadministration']) remover.devops.add(scope);
  remover.vault.add('keys/sign');
  return { reader, remover };
}
