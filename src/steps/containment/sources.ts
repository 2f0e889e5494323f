import { defineSource, noInterface } from '../define-source.ts';

const NAMED_VALUES = 'azure/deny-list/Microsoft.ApiManagement/service/namedValues';
/** What reading the deny list takes. */
export const READ_DENY_LIST = 'reader/azure/gateway/Microsoft.ApiManagement/service/namedValues/read';
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
    permissions: [READ_DENY_LIST],
  }),
  // Only read by revoking: the act says what became of it.
  defineSource({
    id: 'entra/sign-in-sessions',
    holds: 'sessions and refresh tokens, from which new tokens are had',
    examined: { when: 'the case revokes them: it is carried out, and the account is not deleted' },
    permissions: [],
  }),
] as const;

const LIMITS = [
  ...noInterface('gateway', [
    [
      'upstream-sign-ins',
      'who signed in at upstream services for the connections that the gateway keeps',
      'The credential manager names who may use a connection, and not whose sign-in it is. Sign in anew, as a service, those that the leaver may have made.',
    ],
  ]),
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

export const CONTAINMENT_SOURCES = [...READ, ...LIMITS] as const;
