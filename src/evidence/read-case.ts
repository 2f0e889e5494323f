import { revisionFolderOf } from '../cases/folders.ts';
import { type CaseId, CaseIdSchema, parseCaseId } from '../cases/ids.ts';
import { parsed } from './envelope.ts';
import { digestOf, MANIFEST_FILE, type Seal, SealSchema } from './statement.ts';
import { type EvidenceFault, type EvidenceFile, fault } from './verification.ts';

/** A manifest that lies where one of the case belongs. */
export interface FoundRevision {
  readonly revision: number;
  readonly folder: string;
  /** Its name, its SHA-256 in hex, and its bytes. */
  readonly manifest: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
  /** Undefined where it is none. */
  readonly seal: Seal | undefined;
}

/** The files of one case, by their names in the container. */
export interface FoundCase {
  readonly caseId: CaseId;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Oldest first; one may be missing in between. */
  readonly revisions: readonly FoundRevision[];
  readonly faults: readonly EvidenceFault[];
}

const CASE = /^cases\/([^/]+)\//;
const MANIFEST = /^cases\/[^/]+\/(?:revision-([1-9]\d{0,4})\/)?manifest\.json$/;

/** Takes a folder for what it holds: the case's own, or the container's with one case in it. Undefined where there is none. */
export function readCase(files: readonly EvidenceFile[]): FoundCase | undefined {
  const named = files.some(({ name }) => CASE.test(name));
  const caseId = named ? mostOf(files) : ownCaseOf(files);
  if (caseId === undefined) return undefined;
  const root = `${revisionFolderOf(caseId, 1)}/`;
  const whole = new Map(files.map(({ name, bytes }) => [named ? name : `${root}${name}`, bytes]));
  const strangers = [...whole.keys()].filter((name) => !name.startsWith(root));
  for (const name of strangers) whole.delete(name);
  return {
    caseId,
    files: whole,
    revisions: revisionsOf(caseId, whole),
    faults: strangers.map((name) =>
      fault(
        'other-case',
        name,
        `It does not belong to the case ${caseId}.`,
        'Verify the folder of one case at a time.',
      ),
    ),
  };
}

function revisionsOf(caseId: CaseId, files: ReadonlyMap<string, Uint8Array>): FoundRevision[] {
  const found = [...files].flatMap(([manifest, bytes]): FoundRevision[] => {
    const match = MANIFEST.exec(manifest);
    if (match === null || match[1] === '1') return [];
    const revision = Number(match[1] ?? 1);
    const folder = revisionFolderOf(caseId, revision);
    return [{ revision, folder, manifest, sha256: digestOf(bytes), bytes, seal: sealOf(bytes) }];
  });
  return found.sort((a, b) => a.revision - b.revision);
}

function sealOf(bytes: Uint8Array): Seal | undefined {
  const read = SealSchema.safeParse(parsed(bytes));
  return read.success ? read.data : undefined;
}

/** The case with the most files, where a folder holds those of several. */
function mostOf(files: readonly EvidenceFile[]): CaseId | undefined {
  const ids = files.flatMap(({ name }) => {
    const id = parseCaseId(CASE.exec(name)?.[1] ?? '')?.caseId;
    return id !== undefined && name.startsWith(`${revisionFolderOf(id, 1)}/`) ? [id] : [];
  });
  const counts = [...Map.groupBy(ids, (id) => id)].map(([id, all]) => ({ id, count: all.length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.id;
}

/** The case that the manifests of a folder are about, the oldest first. */
function ownCaseOf(files: readonly EvidenceFile[]): CaseId | undefined {
  const manifests = files.filter(({ name }) => name === MANIFEST_FILE || /^revision-\d+\/manifest\.json$/.test(name));
  for (const { bytes } of manifests.toSorted((a, b) => a.name.length - b.name.length)) {
    const id = CaseIdSchema.safeParse(Object(parsed(bytes)).caseId);
    if (id.success) return id.data;
  }
  return undefined;
}
