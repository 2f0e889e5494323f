import type { Gateway } from '../gateway/index.ts';
import type { Storage } from '../storage/index.ts';

/** What the denied are kept in: the app's table, and the gateway's list that is projected from it. */
export interface DeniedStores {
  readonly gateway: Pick<Gateway, 'changeDenyList'>;
  readonly storage: Pick<Storage, 'changeDenied' | 'listDenied' | 'readDeniedMark' | 'takeTurn' | 'writeDeniedMark'>;
  /** For how long nobody writes after a write for several people. */
  readonly restMs: number;
}
