import type { Duty } from './duty.ts';
import { makeStorage } from './make-storage.ts';
import { purgeHistories } from './purge-histories.ts';
import { watchCases } from './watch-cases.ts';

/** What falls due by itself, each in a file of its own. */
export const DUTIES: readonly Duty[] = [makeStorage, watchCases, purgeHistories];
