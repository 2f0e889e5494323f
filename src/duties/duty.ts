import type { DurableClient } from 'durable-functions';
import type { Config } from '../config.ts';
import type { Vendors } from '../connectors/vendors.ts';
import type { Log } from '../log.ts';

/** What a duty works with. */
export interface DutyContext {
  readonly vendors: Vendors;
  readonly settings: Config;
  readonly log: Log;
  readonly client: DurableClient;
  /** The instant of this round. A timer fires early, late, or after hours that nobody was there: what is due then is done. */
  readonly now: () => Date;
}

/**
 * Work that falls due at an instant: whatever waits for longer than an orchestration may is a row with its due time, and
 * a duty looks for the rows whose time has come. It may be begun twice at the same moment, by two hosts, and begun anew
 * after it broke in the middle: what it starts has an id that says what it is, what it tells is told once.
 */
export interface Duty {
  /** As the log calls it: `deliver messages`. */
  readonly name: string;
  /** Does what is due, in slices that end well before their deadline. @returns how much was done, for the log */
  readonly run: (context: DutyContext) => Promise<number>;
}
