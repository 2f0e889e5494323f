import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CaseRow } from '../../../cases/case.ts';
import { manifestName } from '../../../cases/folders.ts';
import { type BlobRef, BlobRefSchema } from '../../../cases/remedies/remedy.ts';
import { OffboardingError } from '../../../errors.ts';
import type { StorageSettings } from '../../settings.ts';
import { getText } from './evidence.ts';

const File = z.object(BlobRefSchema.omit({ container: true }).shape);

/** What of a manifest is read again; it is written as `Manifest` in src/report/report.ts. */
const ManifestSchema = z.object({
  generatedAt: z.string(),
  outcome: z.string(),
  files: z.array(File),
  previous: z.exactOptional(File.omit({ bytes: true })),
});

/** The seal of a report: every file that it rests on, itself included, with its digest. */
export interface Seal extends Omit<z.output<typeof ManifestSchema>, 'files'> {
  /** Name of the manifest in the container `evidence`, and the digest of what stands there. */
  readonly manifest: { readonly name: string; readonly sha256: string };
  readonly files: readonly BlobRef[];
}

/**
 * The seal that a manifest of the container `evidence` holds; undefined where there is none.
 * @throws OffboardingError `evidence-altered` where what stands there is no manifest
 */
export async function readSeal(settings: StorageSettings, manifest: string): Promise<Seal | undefined> {
  const written = await getText(settings, 'evidence', manifest);
  if (written === undefined) return undefined;
  const read = ManifestSchema.safeParse(jsonOf(written));
  if (!read.success) throw new OffboardingError('evidence-altered', `evidence/${manifest} is no manifest.`);
  return {
    ...read.data,
    manifest: { name: manifest, sha256: createHash('sha256').update(written).digest('hex') },
    files: read.data.files.map((file) => ({ container: 'evidence', ...file })),
  };
}

/** The same where there must be one. @throws OffboardingError `evidence-altered` where there is none */
export async function readSealThere(settings: StorageSettings, manifest: string): Promise<Seal> {
  const seal = await readSeal(settings, manifest);
  if (seal === undefined) throw new OffboardingError('evidence-altered', `evidence/${manifest} is gone.`);
  return seal;
}

/** A file as it was sealed, to be read with `getChecked`. @throws OffboardingError `evidence-altered` where it is not */
export function sealedFile({ manifest, files }: Seal, name: string): BlobRef {
  const file = files.find((each) => each.name === name);
  if (file === undefined) throw new OffboardingError('evidence-altered', `${manifest.name} does not name ${name}.`);
  return file;
}

/**
 * Whether the report of the case's newest revision is filed. An activity can be delivered again long after its result was recorded
 * (github.com/Azure/durabletask/issues/1196): then nothing may be changed any more, nor anything filed beside the seal.
 */
export async function isSealed(
  settings: StorageSettings,
  row: Pick<CaseRow, 'caseId' | 'revisions'>,
): Promise<boolean> {
  return (await getText(settings, 'evidence', manifestName(row))) !== undefined;
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
