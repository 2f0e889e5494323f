import { defineSource, noInterface, notRead } from '../define-source.ts';
import { AZURE_RIGHTS_SOURCES } from './azure-sources.ts';

const APPLICATIONS = 'reader/graph/Application.Read.All';
const GRANTS = 'reader/graph/DelegatedPermissionGrant.Read.All';
const USERS = 'reader/graph/User.Read.All';

const READ = [
  defineSource({ id: 'entra/users', holds: 'the account itself', examined: 'always', permissions: [USERS] }),
  defineSource({
    id: 'entra/leave-date',
    holds: 'the last day that HR recorded',
    examined: 'always',
    permissions: [USERS, 'reader/graph/User-LifeCycleInfo.Read.All'],
  }),
  defineSource({
    id: 'entra/user-principal-name',
    holds: 'who holds the leaver’s name now',
    examined: { when: 'the account is deleted, which frees its name' },
    permissions: [],
  }),
  defineSource({
    id: 'entra/name-history',
    holds: 'who else has, or had, a name of the leaver’s',
    examined: {
      when:
        'a name is all that links an account to the leaver; its past takes AuditLog.Read.All and Directory.Read.All, ' +
        'which are granted by hand (docs/people.md)',
    },
    permissions: [],
  }),
  defineSource({
    id: 'entra/second-accounts',
    holds: 'further accounts of the same person, such as one for administration',
    examined: 'always',
    permissions: [USERS],
  }),
  defineSource({
    id: 'identity/memory',
    holds: 'whose accounts and names were by earlier cases and sweeps',
    examined: 'always',
    permissions: [],
  }),
  defineSource({
    id: 'entra/delegated-grants',
    holds: 'consent by which a client calls the gateway as the leaver, or the gateway calls on',
    examined: 'always',
    permissions: [APPLICATIONS, GRANTS],
    remedies: ['delete-delegated-grant'],
  }),
  defineSource({
    id: 'entra/grant-cross-check',
    holds: 'consent that a list leaves out: asked for by person, and where that leaves a doubt by id',
    examined: 'always',
    permissions: [APPLICATIONS, GRANTS],
    remedies: ['delete-delegated-grant'],
  }),
  defineSource({
    id: 'entra/app-role-assignments',
    holds: 'roles on the gateway',
    examined: 'always',
    permissions: [APPLICATIONS],
    remedies: ['delete-app-role-assignment'],
  }),
  defineSource({
    id: 'entra/group-app-roles',
    holds: 'roles on the gateway that come from groups',
    examined: { when: 'a group has a role on the gateway, and the account is not deleted' },
    permissions: [APPLICATIONS, 'reader/graph/GroupMember.Read.All'],
  }),
  defineSource({
    id: 'entra/pre-authorised-clients',
    holds: 'clients that need nobody’s consent',
    examined: 'always',
    permissions: [APPLICATIONS],
  }),
] as const;

const NOT_READ = notRead('entra', [
  [
    'service-principal-roles',
    'service principals with a role on the gateway, which act without any person',
    'Look at Users and groups of the gateway’s enterprise application, and ask who holds the secrets of each application there.',
  ],
  [
    'owners',
    'applications and service principals that the leaver owns',
    'An owner may add a secret at any time. Look at Owned applications of the account in the Entra admin centre.',
  ],
  [
    'client-secrets',
    'secrets and certificates of applications, which name no author',
    'Rotate those of every application that the leaver owned or administered.',
  ],
  [
    'directory-audit',
    'applications and secrets that the leaver made',
    'Entra’s audit logs need AuditLog.Read.All. Filter them by the person as initiator, before their 30 days are over.',
  ],
  [
    'devices',
    'devices that are registered to the leaver',
    'Reading them needs Device.Read.All. Look at Devices of the account, and disable what has not come back.',
  ],
  [
    'directory-roles',
    'directory roles, held or eligible, which return with the account when it is restored',
    'Reading them needs RoleManagement.Read.Directory. Look at Assigned roles of the account.',
  ],
  [
    'eligible-group-memberships',
    'groups with a role on the gateway that the leaver may join by activation',
    'Reading them needs PrivilegedEligibilitySchedule.Read.AzureADGroup. Look at Privileged Identity Management, Groups.',
  ],
  [
    'gateway-group-owners',
    'groups with a role on the gateway that the leaver owns, and could let others into',
    'Look at Owners of each group that has a role on the gateway.',
  ],
  [
    'agent-identities',
    'agents that the leaver sponsors',
    'Look at the sponsors of agent identities and their blueprints, and name another one.',
  ],
  [
    'deleted-applications',
    'deleted applications of the leaver that can be restored',
    'Look at Deleted applications in the Entra admin centre within 30 days of the deletion.',
  ],
]);

const LIMITS = noInterface('entra', [
  [
    'guest-home-sessions',
    'sessions of a guest in the tenant that the guest comes from',
    'Another tenant’s sessions are seen and revoked there only. Delete the guest account here.',
  ],
]);

export const CONSENT_SOURCES = [...READ, ...AZURE_RIGHTS_SOURCES, ...NOT_READ, ...LIMITS] as const;
