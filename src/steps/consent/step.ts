import { defineSource } from '../define-source.ts';
import { defineStep, NO_FACTS } from '../define-step.ts';
import { deleteAppRoleAssignment } from './remedies/delete-app-role-assignment.ts';
import { deleteDelegatedGrant } from './remedies/delete-delegated-grant.ts';

const APPLICATIONS = 'reader/graph/Application.Read.All';
const GRANTS = 'reader/graph/DelegatedPermissionGrant.Read.All';
const USERS = 'reader/graph/User.Read.All';

export const consent = defineStep({
  name: 'consent',
  title: 'Consent',
  phase: 'discover',
  filings: 'added',
  tells: 'exposure',
  sources: [
    defineSource({ id: 'entra/users', holds: 'the account itself', permissions: [USERS] }),
    defineSource({
      id: 'entra/leave-date',
      holds: 'the last day that HR recorded',
      permissions: [USERS, 'reader/graph/User-LifeCycleInfo.Read.All'],
    }),
    defineSource({ id: 'entra/user-principal-name', holds: 'who holds the leaver’s name now', permissions: [] }),
    defineSource({
      id: 'entra/delegated-grants',
      holds: 'consent by which a client calls the gateway as the leaver, or the gateway calls on',
      permissions: [APPLICATIONS, GRANTS],
      remedies: [deleteDelegatedGrant.kind],
    }),
    defineSource({
      id: 'entra/grant-cross-check',
      holds: 'consent that no list shows of a deleted user',
      permissions: [],
      remedies: [deleteDelegatedGrant.kind],
    }),
    defineSource({
      id: 'entra/app-role-assignments',
      holds: 'roles on the gateway',
      permissions: [APPLICATIONS],
      remedies: [deleteAppRoleAssignment.kind],
    }),
    defineSource({
      id: 'entra/group-app-roles',
      holds: 'roles on the gateway that come from groups',
      permissions: [APPLICATIONS, 'reader/graph/GroupMember.Read.All'],
    }),
    defineSource({
      id: 'entra/pre-authorised-clients',
      holds: 'clients that need nobody’s consent',
      permissions: [APPLICATIONS],
    }),
  ],
  remedies: [deleteDelegatedGrant, deleteAppRoleAssignment],
  acts: [],
  facts: NO_FACTS,
  verdict: 'none',
  readBacks: 'none',
  refutes: 'nothing',
  page: 'tables-only',
});
