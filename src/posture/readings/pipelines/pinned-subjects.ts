import * as z from 'zod';
import { text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

const PINS = ['branch', 'environment', 'pull-request', 'repository', 'wildcard', 'other', 'other-issuer'] as const;

const GuardSchema = z.strictObject({
  /** `unread` where GitHub did not tell: a gap says why. */
  state: z.enum(['guarded', 'open', 'unread']),
  /** What is guarded, or open: an environment can be, and a branch that deploys to it not. */
  what: z.enum(['branch', 'environment']),
  /** What guards it, or what is open. */
  says: text,
  /** Where the repository’s settings say so; absent where nobody was asked. */
  page: z.exactOptional(text),
});
export type Guard = z.output<typeof GuardSchema>;

const CredentialSchema = z.strictObject({
  /** Path of the credential at Graph, or its resource id in Azure. */
  id: text,
  name: text,
  /** Whose it is: the application, or the managed identity. */
  holder: text,
  appId: text,
  issuer: text,
  /** Absent where there is an expression, or Azure does not tell. */
  subject: z.exactOptional(text),
  expression: z.exactOptional(text),
  /** What its subject, or the expression, comes to; of another issuer nobody here can say. */
  pin: z.enum(PINS),
  /** Of one that is pinned to a branch or an environment of an organisation that is read. */
  guard: z.exactOptional(GuardSchema),
});
export type PinnedCredential = z.output<typeof CredentialSchema>;

/** Whom the identities with a role on the gateway trust, and what guards the branches and environments that these name. */
export const pinnedSubjects = defineReading({
  id: 'github/pinned-subjects',
  holds: 'the federated credentials of identities with a role on the gateway, and what guards what they name',
  permissions: [
    'assessor/graph/Application.Read.All',
    'assessor/graph/DelegatedPermissionGrant.Read.All',
    'reader/graph/Application.Read.All',
    'reader/azure/subscriptions/Microsoft.ManagedIdentity/userAssignedIdentities/read',
    'reader/azure/subscriptions/Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
    'assessor/github/metadata=read',
    'assessor/github/actions=read',
    'assessor/github/contents=read',
    'assessor/github/administration=read',
    'assessor/key-vault/Microsoft.KeyVault/vaults/keys/sign/action',
  ],
  shape: z.strictObject({ credentials: z.array(CredentialSchema) }),
  nothing: { credentials: [] },
  weekly: true,
});
