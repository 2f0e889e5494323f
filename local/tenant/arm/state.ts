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
  /** Azure may leave it out. */
  plan: 'Analytics' | 'Basic' | undefined;
}

export interface ArmState {
  readonly subscriptions: Set<string>;
  readonly identities: Collection<ArmIdentity>;
  readonly namedValues: Collection<ArmNamedValue>;
  readonly tables: Collection<ArmTable>;
  /** Identities, or federated credentials, per page of a list. */
  pageSize: number;
  /** Roles per page of what a caller may do. */
  permissionsPageSize: number;
  /** How a list of several pages goes wrong: the link on its first page leads to an empty page. */
  pages: 'honest' | 'empty-page';
  /** Called once a page of a list was made up: what changes meanwhile moves the rest of the list. */
  betweenPages: () => void;
  /** Federated credentials per page of an identity’s list. */
  credentialPageSize: number;
  /** Milliseconds that a write of a federated credential keeps its identity busy. */
  writeMs: number;
  /**
   * How a change of a named value is answered. `queued`: 202 with two places to ask. `in-progress`: 200 with a resource
   * that is not there yet, and one place. `fails`, `lost`: as `queued`, and nothing comes of it, said or unsaid.
   */
  namedValueWrites: 'immediate' | 'queued' | 'in-progress' | 'fails' | 'lost';
  /** Whether this cloud knows the preview api-versions, which alone carry matching expressions. */
  previewVersions: boolean;
  /** Queued changes by operation id. */
  readonly operations: Map<string, { readonly apply: () => boolean; pollsLeft: number }>;
}

/** A cloud without anything in it. */
export function emptyArm(): ArmState {
  return {
    subscriptions: new Set(),
    identities: collection<ArmIdentity>(({ id }) => id),
    namedValues: collection<ArmNamedValue>(({ serviceId, name }) => `${serviceId}/namedValues/${name}`),
    tables: collection<ArmTable>(({ workspaceId, name }) => `${workspaceId}/tables/${name}`),
    pageSize: 20,
    permissionsPageSize: 50,
    pages: 'honest',
    betweenPages: () => {},
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
