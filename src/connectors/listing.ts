import type { VendorFailure } from './result.ts';

/** What could be read of a list. With a `failure` it is not all there is, however many items it holds. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly failure?: VendorFailure;
  /** The longest pause that an answer asked for, although it succeeded; milliseconds. */
  readonly slowDownMs?: number;
}
