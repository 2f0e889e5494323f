import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CaseRow } from '../../src/cases/case.ts';
import { manifestBeside } from '../../src/cases/folders.ts';
import { type BlobRef, BlobRefSchema } from '../../src/cases/remedy.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { OffboardingError } from '../../src/errors.ts';
import { type EndOfCase, endOfCaseIn } from '../../src/report/end-of-case.ts';

/** What of a seal is needed to know its files again. */
const Seal = z.object({ files: z.array(BlobRefSchema.omit({ container: true })) });

/** The report that was filed before the one that is being made, as it was sealed. */
export interface RevisionBefore {
  /** Its seal, which the next one names. */
  readonly manifest: { readonly name: string; readonly sha256: string };
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
  const name = manifestBeside(before.report);
  const seal = await storage.getText('evidence', name);
  if (seal === undefined) throw new OffboardingError('evidence-altered', `evidence/${name} is gone.`);
  const files = Seal.parse(JSON.parse(seal)).files.map((file) => ({ container: 'evidence' as const, ...file }));
  const report = files.find((file) => file.name === before.report);
  if (report === undefined) throw new OffboardingError('evidence-altered', `${name} does not name ${before.report}.`);
  return {
    manifest: { name, sha256: createHash('sha256').update(seal).digest('hex') },
    end: endOfCaseIn(await storage.getChecked(report)),
    files,
  };
}
