import type { Coverage } from '../../src/cases/coverage.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { LoginIdentity, OwnedCredential } from '../../src/sweep/find-orphans.ts';

/** What one source of the sweep gave, and how completely. */
export interface OwnedCredentials {
  readonly credentials: readonly OwnedCredential[];
  readonly identities?: readonly LoginIdentity[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}
