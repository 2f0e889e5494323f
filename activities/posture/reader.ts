import type { VendorFailure } from '../../src/connectors/result.ts';
import type { ActivityContext } from '../../src/durable/activity.ts';
import type { Gap } from '../../src/posture/reading.ts';

/** What a reader could not read. */
export interface ReadFault {
  /** Which of its places; absent where it has one. */
  readonly which?: string;
  readonly failure: VendorFailure;
}

/** What a reader brings: facts in the shape of its reading, and what is missing of them. */
export interface ReadFacts {
  readonly facts: unknown;
  readonly failures: readonly ReadFault[];
  /** What no vendor’s failure says: a setting that is not there, an answer that is not understood. */
  readonly gaps?: readonly Omit<Gap, 'source'>[];
}

/** Reads one thing that checks rest on. It asks as the identity `assessor`, which can change nothing anywhere. */
export type Reader = (context: Pick<ActivityContext, 'vendors' | 'settings' | 'now'>) => Promise<ReadFacts>;
