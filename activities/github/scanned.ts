import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Coverage } from '../../src/domain/coverage.ts';
import type { Finding } from '../../src/domain/finding.ts';

/** What the reading of one or two sources gave. */
export interface Scanned {
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}

export function isFailure(value: object): value is VendorFailure {
  return 'kind' in value && 'message' in value;
}
