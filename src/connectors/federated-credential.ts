/**
 * A federated credential as the vendors describe it: whoever presents a token of `issuer` with this subject acts as
 * the identity that carries it. `subject` and `expression` exclude each other.
 */
export interface FederatedCredential {
  /** The vendor's id: an ARM resource id, or a GUID under an app registration. */
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  /** An exact subject; absent on a flexible credential. */
  readonly subject?: string;
  /** The value of a flexible credential's `claimsMatchingExpression`. */
  readonly expression?: string;
  readonly audiences: readonly string[];
  readonly description?: string;
}
