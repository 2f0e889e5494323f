import type { CaseRow } from '../../../src/cases/case.ts';
import type { BlobRef } from '../../../src/cases/remedies/remedy.ts';
import {
  dueRestores,
  type Undone,
  undoneFolder,
  undoneName,
  type WantedAndUndone,
} from '../../../src/cases/remedies/restore.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { readUndone } from '../../../src/intake/deciding/read-undone.ts';
import { prettyJson } from '../report/collect-evidence.ts';

/** What people had undone of a case, each with what came of it, and the files that say so. */
export interface SealedUndone {
  readonly undone: readonly WantedAndUndone[];
  readonly files: readonly BlobRef[];
}

/**
 * Brings what came of undoing into the sealed container. What was given back was filed when it happened; what failed
 * becomes final only now, and what nobody tried is told as such.
 */
export async function sealUndone(
  { storage }: Pick<Vendors, 'storage'>,
  row: Pick<CaseRow, 'caseId' | 'restores' | 'revisions'>,
  { tried, at }: { readonly tried: readonly BlobRef[]; readonly at: string },
): Promise<SealedUndone> {
  const { caseId, restores = [] } = row;
  if (restores.length === 0) return { undone: [], files: [] };
  const due = new Set(dueRestores(row).map(({ n }) => n));
  for (const ref of tried.filter(({ container }) => container === 'work')) {
    const n = Number(ref.name.split('/').at(-3));
    const undone = await storage.getJson<Undone>(ref);
    await storage.putFirst('evidence', undoneName(caseId, n, undone.remedyId), prettyJson(undone));
  }
  for (const { restore, wanted, undone } of await readUndone({ storage }, restores)) {
    if (undone !== undefined || !due.has(restore.n)) continue;
    const { findingId, remedyId, what, undo } = wanted;
    const why = 'It could not be tried; the log says why. Ask for it again.';
    const untried: Undone = { findingId, remedyId, what, undo, result: 'failed', at, why };
    await storage.putFirst('evidence', undoneName(caseId, restore.n, remedyId), prettyJson(untried));
  }
  const records = await Promise.all(
    restores.map(({ n }) => storage.listRefs('evidence', `${undoneFolder(caseId, n)}/R-`)),
  );
  return {
    undone: await readUndone({ storage }, restores),
    files: [...restores.map(({ file }) => file), ...records.flat()],
  };
}
