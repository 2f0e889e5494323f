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

export function armCredentials(seed: Iterable<ArmCredential> = []): Collection<ArmCredential> {
  return collection<ArmCredential>(({ name }) => name, seed);
}
