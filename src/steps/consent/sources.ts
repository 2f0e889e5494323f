import { defineSource, noInterface } from '../define-source.ts';
import { AZURE_RIGHTS_SOURCES } from './azure-sources.ts';

const APPLICATIONS = 'reader/graph/Application.Read.All';
const GRANTS = 'reader/graph/DelegatedPermissionGrant.Read.All';
const USERS = 'reader/graph/User.Read.All';
const MEMBERS = 'reader/graph/GroupMember.Read.All';
/** Entra gives its logs to whoever holds both. */
const AUDIT = ['reader/graph/AuditLog.Read.All', 'reader/graph/Directory.Read.All'];

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
      when: 'a name is all that links an account to the leaver; its past takes AuditLog.Read.All and Directory.Read.All (docs/people.md)',
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
    permissions: [APPLICATIONS, MEMBERS],
  }),
  defineSource({
    id: 'entra/service-principal-roles',
    holds: 'applications with a role on the gateway, of their own or by a group, which act without any person',
    examined: 'always',
    permissions: [APPLICATIONS, MEMBERS],
    remedies: ['delete-workload-role'],
  }),
  defineSource({
    id: 'entra/owners',
    holds: 'app registrations and service principals that the leaver owns, and can add a secret to',
    examined: 'always',
    permissions: [APPLICATIONS, USERS],
    remedies: ['remove-application-owner'],
  }),
  defineSource({
    id: 'entra/client-secrets',
    holds: 'secrets and certificates of applications that the leaver owned, made or had in hand',
    examined: 'always',
    permissions: [APPLICATIONS],
    remedies: ['remove-client-secret'],
  }),
  defineSource({
    id: 'entra/directory-audit',
    holds: 'applications, secrets and certificates that the leaver made',
    examined: 'always',
    permissions: AUDIT,
    remedies: ['remove-client-secret'],
  }),
  defineSource({
    id: 'entra/gateway-group-owners',
    holds: 'groups with a role on the gateway that the leaver owns, and could let others into',
    examined: { when: 'a group has a role on the gateway, and the account is not deleted' },
    permissions: [APPLICATIONS, MEMBERS],
  }),
  defineSource({
    id: 'entra/directory-roles',
    holds: 'directory roles that the leaver holds without activating them, which return with the account',
    examined: { when: 'the account is not deleted: its roles give nothing until it is restored' },
    permissions: ['reader/graph/Directory.Read.All'],
  }),
  defineSource({
    id: 'entra/agent-sponsors',
    holds: 'blueprints of agents, and agents that are users, which the leaver sponsors',
    examined: { when: 'the account is not deleted: a sponsor who cannot sign in decides about no agent' },
    permissions: [APPLICATIONS, USERS],
  }),
  defineSource({
    id: 'entra/deleted-applications',
    holds: 'deleted applications of the leaver that can be restored',
    examined: 'always',
    permissions: [APPLICATIONS],
  }),
  defineSource({
    id: 'entra/pre-authorised-clients',
    holds: 'clients that need nobody’s consent',
    examined: 'always',
    permissions: [APPLICATIONS],
  }),
] as const;

const LIMITS = noInterface('entra', [
  [
    'guest-home-sessions',
    'sessions of a guest in the tenant that the guest comes from',
    'Another tenant’s sessions are seen and revoked there only. Delete the guest account here.',
  ],
  [
    'devices',
    'devices that are registered to the leaver',
    'A device gets no token by itself: whoever uses it signs in as the account, which is what the case closes. Look at Devices of the account, and disable what has not come back.',
  ],
  [
    'eligible-directory-roles',
    'directory roles that the leaver may activate',
    'They take RoleEligibilitySchedule.Read.Directory and a premium licence, and cannot be activated without signing in. Look at Privileged Identity Management before the account is ever enabled again.',
  ],
  [
    'eligible-group-memberships',
    'groups with a role on the gateway that the leaver may join by activation',
    'They take PrivilegedEligibilitySchedule.Read.AzureADGroup and a premium licence, and cannot be activated without signing in. Look at Privileged Identity Management, Groups, before the account is ever enabled again.',
  ],
  [
    'agent-identities',
    'agent identities that the leaver sponsors',
    'Sponsors of agent identities, unlike those of blueprints and of agent users, are shown only to apps that may change them (AgentIdentity.ReadWrite.All). Agent identities are service principals, so that their roles, owners and secrets are read; look at the sponsors, and name another one.',
  ],
]);

export const CONSENT_SOURCES = [...READ, ...AZURE_RIGHTS_SOURCES, ...LIMITS] as const;
