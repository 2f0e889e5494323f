import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import type { Finding } from '../../src/cases/finding.ts';
import type { Action } from '../../src/cases/remedies/remedy.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';

/** What one part of the containment did or would do, as the report tells it. */
export interface Contained {
  /** Absent where there is no gateway: nothing is there to be found. */
  readonly finding?: Finding;
  readonly coverage?: Coverage;
  readonly action?: Action;
  readonly failure?: VendorFailure;
}
