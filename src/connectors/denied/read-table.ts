import type { Denied } from '../../cases/denied/denied.ts';
import { type DeniedMark, whatIsLost } from '../../cases/denied/project-denied.ts';
import type { DeniedStores } from './stores.ts';

/** The table of the denied, and what is remembered of it apart. */
export interface DeniedTable {
  readonly rows: readonly Denied[];
  readonly mark: DeniedMark | undefined;
}

/**
 * Reads the table, and remembers at once where rows of it are lost. Whoever changes the table looks at it by this
 * first: a row that is written afterwards counts as much as one that was lost, and would hide the loss.
 */
export async function readTable(
  storage: Pick<DeniedStores['storage'], 'listDenied' | 'readDeniedMark' | 'writeDeniedMark'>,
): Promise<DeniedTable> {
  // The mark first: a table only grows, so that what is read after it cannot be less by itself.
  const mark = await storage.readDeniedMark();
  const rows = await storage.listDenied();
  const lost = whatIsLost(rows, mark);
  if (mark === undefined || mark.blocked !== undefined || lost === undefined) return { rows, mark };
  const blocked = { ...mark, blocked: lost };
  await storage.writeDeniedMark(blocked);
  return { rows, mark: blocked };
}
