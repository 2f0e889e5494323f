import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';

/** What the reading of one or two sources gave. */
export interface Scanned {
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}

export function isFailure(value: object): value is VendorFailure {
  return 'kind' in value && 'message' in value;
}
