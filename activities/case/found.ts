import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import type { Finding } from '../../src/cases/finding.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';

/** What a reading found of the leaver, how completely it looked, and what it was not answered. */
export interface Found {
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly (VendorFailure | undefined)[];
}

export const NOTHING_FOUND: Found = { findings: [], coverage: [], failures: [] };

/** What several readings found, as that of one. */
export function foundTogether(all: readonly Found[]): Found {
  return {
    findings: all.flatMap(({ findings }) => findings),
    coverage: all.flatMap(({ coverage }) => coverage),
    failures: all.flatMap(({ failures }) => failures),
  };
}
