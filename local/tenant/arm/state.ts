import { type Collection, collection } from '../core/collection.ts';

/** A federated credential of a managed identity; `expression` in place of `subject` on a flexible one. */
export interface ArmCredential {
  readonly name: string;
  readonly issuer: string;
  readonly subject?: string;
  readonly expression?: string;
  readonly audiences: readonly string[];
}

export interface ArmIdentity {
  /** As ARM returned it once: the case of its segments differs from resource to resource. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Record<string, string>;
  readonly principalId: string;
  readonly clientId: string;
  readonly credentials: Collection<ArmCredential>;
  /** A delete lock on the resource or above it. */
  locked: boolean;
  /** A write is under way; another one meanwhile is refused. */
  writing: boolean;
}

export interface ArmNamedValue {
  /** ARM id of the API Management service, and the named value's own name. */
  readonly serviceId: string;
  readonly name: string;
  value: string;
  secret: boolean;
  /** Counted up by every write; the ETag is made from it. */
  version: number;
}

interface ArmTable {
  readonly workspaceId: string;
  readonly name: string;
  retentionInDays: number;
  totalRetentionInDays: number;
  plan: 'Analytics' | 'Basic' | 'Auxiliary';
}

export interface ArmState {
  readonly subscriptions: Set<string>;
  readonly identities: Collection<ArmIdentity>;
  readonly namedValues: Collection<ArmNamedValue>;
  readonly tables: Collection<ArmTable>;
  /** Identities per page of a list. */
  pageSize: number;
  /** Federated credentials per page of an identity’s list. */
  credentialPageSize: number;
  /** Milliseconds that a write of a federated credential keeps its identity busy. */
  writeMs: number;
  /** `queued`: a change of a named value is answered with 202 and a place to ask. */
  namedValueWrites: 'immediate' | 'queued';
  /** Whether this cloud knows the preview api-versions, which alone carry matching expressions. */
  previewVersions: boolean;
  /** Queued changes by operation id. */
  readonly operations: Map<string, { readonly apply: () => void; pollsLeft: number }>;
}

/** A cloud without anything in it. */
export function emptyArm(): ArmState {
  return {
    subscriptions: new Set(),
    identities: collection<ArmIdentity>(({ id }) => id),
    namedValues: collection<ArmNamedValue>(({ serviceId, name }) => `${serviceId}/namedValues/${name}`),
    tables: collection<ArmTable>(({ workspaceId, name }) => `${workspaceId}/tables/${name}`),
    pageSize: 20,
    credentialPageSize: 20,
    writeMs: 5,
    namedValueWrites: 'immediate',
    previewVersions: true,
    operations: new Map(),
  };
}

export function armCredentials(seed: Iterable<ArmCredential> = []): Collection<ArmCredential> {
  return collection<ArmCredential>(({ name }) => name, seed);
}
