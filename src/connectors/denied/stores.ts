import type { Gateway } from '../gateway/index.ts';
import type { VendorResult } from '../result.ts';
import type { Storage } from '../storage/index.ts';
import type { Projected, ProjectionAsked } from './project.ts';

/** What the denied are kept in: the app's table, and the gateway's list that is projected from it. */
export interface DeniedStores {
  readonly gateway: Pick<Gateway, 'changeDenyList'>;
  readonly storage: Pick<Storage, 'changeDenied' | 'listDenied' | 'readDeniedMark' | 'takeTurn' | 'writeDeniedMark'>;
  /** For how long nobody writes after a write for several people. */
  readonly restMs: number;
}

/** The stores, and what this process does for all at once who ask for it at the same time. */
export interface DeniedWork extends DeniedStores {
  /** Looks whether rows were lost, before somebody changes the table (`readTable`). */
  readonly look: () => Promise<unknown>;
  readonly project: (asked: ProjectionAsked) => Promise<VendorResult<Projected>>;
}
