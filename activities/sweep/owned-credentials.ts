import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Memory } from '../../src/people/evidence/remembered.ts';
import type { OwnedCredential, ProvedAccount } from '../../src/sweep/find-orphans.ts';

/** What one source of the sweep gave, and how completely. */
export interface OwnedCredentials {
  readonly credentials: readonly OwnedCredential[];
  /** Accounts that are proved to be somebody's, and what is worth remembering of them. */
  readonly accounts?: readonly ProvedAccount[];
  readonly seen?: Memory;
  /** Every account that was seen, whosever it is. */
  readonly everybody?: readonly Pick<ProvedAccount, 'id' | 'login'>[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}
