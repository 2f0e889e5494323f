import type { CaseRow } from '../../../src/cases/case.ts';
import { manifestBeside } from '../../../src/cases/folders.ts';
import type { BlobRef } from '../../../src/cases/remedies/remedy.ts';
import { type Seal, sealedFile } from '../../../src/connectors/storage/evidence/seals.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { type EndOfCase, endOfCaseIn } from '../../../src/report/end-of-case.ts';

/** The report that was filed before the one that is being made, as it was sealed. */
export interface RevisionBefore {
  /** Its seal, which the next one names. */
  readonly manifest: Seal['manifest'];
  readonly end: EndOfCase;
  /** Everything that it rests on, itself included. */
  readonly files: readonly BlobRef[];
}

/** Undefined where the case has filed no report yet. @throws OffboardingError where it is not what was sealed */
export async function revisionBefore(
  { storage }: Pick<Vendors, 'storage'>,
  row: Pick<CaseRow, 'revisions'>,
): Promise<RevisionBefore | undefined> {
  const before = row.revisions?.at(-1);
  if (before === undefined) return undefined;
  const seal = await storage.readSealThere(manifestBeside(before.report));
  const { manifest, files } = seal;
  return { manifest, end: endOfCaseIn(await storage.getChecked(sealedFile(seal, before.report))), files };
}
