import { defineSource, noInterface, notRead } from '../define-source.ts';

export const NAMED_VALUES = 'azure/deny-list/Microsoft.ApiManagement/service/namedValues';
/** What writing the deny list takes, whoever is put on it. */
export const WRITE_DENY_LIST = [
  `remover/${NAMED_VALUES}/read`,
  `remover/${NAMED_VALUES}/write`,
  'remover/azure/gateway/Microsoft.ApiManagement/service/tenant/operationResults/read',
] as const;

const READ = [
  defineSource({
    id: 'gateway/deny-list',
    holds: 'whether the gateway refuses the leaver',
    examined: 'always',
    needs: 'DENY_LIST_NAMED_VALUES',
    permissions: [`reader/${NAMED_VALUES}/read`],
  }),
  // Only read by revoking: the act says what became of it.
  defineSource({
    id: 'entra/sign-in-sessions',
    holds: 'sessions and refresh tokens, from which new tokens are had',
    examined: { when: 'the case revokes them: it is carried out, and the account is not deleted' },
    permissions: [],
  }),
] as const;

/** What could undo the denial, or goes past it, in the platform itself. */
const NOT_READ = [
  ...notRead(
    'gateway',
    [
      [
        'named-values',
        'credentials of the leaver in named values that are not secret',
        'Look through the named values of the API Management service for tokens and keys.',
      ],
      [
        'backends',
        'credentials of the leaver with which the gateway calls a backend',
        'Reading them needs Microsoft.ApiManagement/service/backends/read. Look at the authorisation of each backend.',
      ],
      [
        'policies',
        'credentials of the leaver that are written into a policy',
        'Reading them needs the policies’ read actions. Look through the policies of the service and of each API.',
      ],
      [
        'credential-manager',
        'sign-ins at upstream services that the gateway keeps',
        'Who consented is not in the contract. Look at Credential manager, and sign in anew those that were the leaver’s.',
      ],
      [
        'users',
        'the leaver’s user of the developer portal',
        'Reading them needs Microsoft.ApiManagement/service/users/read. Look at Users of the service, and block the account.',
      ],
      [
        'subscription-keys',
        'subscription keys that the leaver holds',
        'Reading them needs Microsoft.ApiManagement/service/subscriptions/read. The APIs of this platform ask for none; look at Subscriptions where others do.',
      ],
    ],
    'DENY_LIST_NAMED_VALUES',
  ),
  ...notRead('azure', [
    [
      'role-assignments',
      'Azure roles of the leaver on the gateway, the vault, the storage or the servers',
      'Reading them needs Microsoft.Authorization/roleAssignments/read. Look at Access control of the resource groups, through groups as well.',
    ],
    [
      'eligible-roles',
      'Azure roles that the leaver may activate',
      'Look at Privileged Identity Management, Azure resources.',
    ],
    [
      'container-environment',
      'credentials of the leaver in the environment of the MCP servers’ containers',
      'Reading them needs Microsoft.ContainerInstance/containerGroups/read. Look at the variables that are not secure.',
    ],
    [
      'key-vault-access',
      'vaults whose secrets the leaver may read',
      'Reading them needs Microsoft.KeyVault/vaults/read. Rotate what the leaver could read: taking the access away is not enough.',
    ],
  ]),
];

const LIMITS = [
  ...noInterface('azure', [
    [
      'secret-authors',
      'who put a secret into a vault',
      'A vault keeps no author; only its diagnostic logs (AuditEvent) tell. Rotate secrets whose origin nobody knows.',
    ],
    [
      'delegation-signatures',
      'shared access signatures that the leaver signed with their own identity',
      'Azure keeps no list of them, and they outlive the account for up to seven days. Revoke the user delegation keys of the accounts that the leaver could read.',
    ],
    [
      'shared-keys',
      'keys of storage, event hubs, registries and functions that the leaver could list',
      'Such keys are nobody’s by name. Rotate those of resources on which the leaver had a role that lists keys.',
    ],
  ]),
  ...noInterface('mcp', [
    [
      'issued-tokens',
      'access tokens that were issued already',
      'No interface lists issued tokens. Once the deny list holds the leaver, the gateway refuses theirs until they expire.',
    ],
    [
      'open-streams',
      'streams that were open before the leaver was denied',
      'The gateway judges a stream when it begins. Restart the servers’ containers to end those that are open.',
    ],
    [
      'session-ids',
      'session ids that a server takes for a credential, against the specification',
      'Call a tool of each server with a session id and without a token: it must answer 401.',
    ],
    [
      'server-tokens',
      'tokens for upstream services that a server keeps for each user',
      'MCP defines neither a list nor a revocation of them. Ask the owner of each server whether it keeps any, and have the leaver’s deleted.',
    ],
    [
      'registered-clients',
      'clients that registered themselves at a server’s own authorisation server',
      'MCP defines no list of them. Ask the owner of each server that has an authorisation server of its own.',
    ],
    [
      'long-tasks',
      'tasks that the leaver started on a server and that go on',
      'MCP defines no list of everybody’s tasks. The activity audit shows when they were started; restart the server to end them.',
    ],
    [
      'local-clients',
      'servers and caches of tokens on the leaver’s own machine',
      'No app reaches a laptop. Take the machine back, or wipe it; refresh tokens end with the sign-in sessions.',
    ],
  ]),
];

export const CONTAINMENT_SOURCES = [...READ, ...NOT_READ, ...LIMITS] as const;
