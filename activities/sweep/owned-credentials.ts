import type { Coverage } from '../../src/cases/coverage.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { LoginIdentity, OwnedCredential } from '../../src/sweep/find-orphans.ts';
import { coverageOfFailure } from '../case/coverage-of.ts';

/** What one source of the sweep gave, and how completely. */
export interface OwnedCredentials {
  readonly credentials: readonly OwnedCredential[];
  readonly identities?: readonly LoginIdentity[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}

/** The coverage line of a list that may have broken off. */
export function coverageOfList(
  source: string,
  unit: string,
  { items, failure }: { readonly items: readonly unknown[]; readonly failure?: VendorFailure },
): Coverage {
  const looked = { count: items.length, unit };
  return failure === undefined ? { source, state: 'complete', looked } : coverageOfFailure(source, failure, looked);
}
