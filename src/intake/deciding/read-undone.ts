import {
  type GivenBack,
  isGivenBack,
  type Restore,
  type RestoreRef,
  RestoreSchema,
  UndoneSchema,
  undoneName,
  type WantedAndUndone,
} from '../../cases/remedies/restore.ts';
import type { Vendors } from '../../connectors/vendors.ts';

/** What people wanted undone of a case, as it was filed. @throws OffboardingError where a file is not what the row names */
export function readRestores({ storage }: Pick<Vendors, 'storage'>, refs: readonly RestoreRef[]): Promise<Restore[]> {
  return Promise.all(refs.map(async ({ file }) => RestoreSchema.parse(JSON.parse(await storage.getChecked(file)))));
}

/** The same with what came of each. */
export async function readUndone(
  vendors: Pick<Vendors, 'storage'>,
  refs: readonly RestoreRef[],
): Promise<WantedAndUndone[]> {
  const restores = await readRestores(vendors, refs);
  const all = restores.flatMap((restore) => restore.wanted.map((wanted) => ({ restore, wanted })));
  return Promise.all(
    all.map(async ({ restore, wanted }) => {
      const name = undoneName(restore.caseId, restore.n, wanted.remedyId);
      const text = await vendors.storage.getText('evidence', name);
      return { restore, wanted, ...(text === undefined ? {} : { undone: UndoneSchema.parse(JSON.parse(text)) }) };
    }),
  );
}

/** What stands there again: nothing of it is cut on a word from before. */
export async function givenBack(vendors: Pick<Vendors, 'storage'>, refs: readonly RestoreRef[]): Promise<GivenBack[]> {
  return (await readUndone(vendors, refs)).filter(isGivenBack);
}
