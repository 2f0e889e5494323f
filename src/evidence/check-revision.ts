import type { FoundCase, FoundRevision } from './read-case.ts';
import { digestOf, MANIFEST_FILE, type Seal } from './statement.ts';
import { type EvidenceFault, fault } from './verification.ts';

const INCIDENT =
  'Keep this folder as it is, download the case again, and treat it as an incident if that says the same.';
const DOWNLOAD = 'Download the whole case again; if it is not in the container either, treat it as an incident.';
const MAJOR = '1.';

/** What is wrong with a manifest, its place in the chain, and the files that it seals. */
export function checkRevision(found: FoundCase, here: FoundRevision): EvidenceFault[] {
  const { seal, manifest, revision } = here;
  if (seal === undefined) return [fault('unreadable-manifest', manifest, 'It is no manifest of this app.', INCIDENT)];
  if (!seal.schemaVersion.startsWith(MAJOR)) {
    const what = `It has the version ${JSON.stringify(seal.schemaVersion)}, which this release does not know.`;
    return [fault('unknown-version', manifest, what, 'Verify with the release that filed it, or a newer one.')];
  }
  if (seal.caseId !== found.caseId) {
    const what = `It is about the case ${seal.caseId}, and lies in the folder of ${found.caseId}.`;
    return [fault('other-case', manifest, what, INCIDENT)];
  }
  if ((seal.revision ?? 1) !== revision) {
    const what = `It seals revision ${seal.revision ?? 1}, and lies where revision ${revision} belongs.`;
    return [fault('wrong-revision', manifest, what, INCIDENT)];
  }
  return [...checkPrevious(found, here, seal), ...checkCopy(found, here, seal), ...checkFiles(found, seal)];
}

/** Numbers of the revisions that are missing below the newest one. */
export function missingRevisions({ revisions }: FoundCase): number[] {
  const newest = revisions.at(-1)?.revision ?? 0;
  const there = new Set(revisions.map(({ revision }) => revision));
  return Array.from({ length: newest }, (_, index) => index + 1).filter((each) => !there.has(each));
}

function checkPrevious(found: FoundCase, { manifest, revision }: FoundRevision, { previous }: Seal): EvidenceFault[] {
  const broken = (what: string): EvidenceFault[] => [fault('broken-chain', manifest, what, INCIDENT)];
  if (revision === 1) return previous === undefined ? [] : broken('It is the first, and names one before it.');
  if (previous === undefined) return broken('It does not name the manifest before it.');
  const before = found.revisions.find((each) => each.revision === revision - 1);
  // That it is missing is told by itself.
  if (before === undefined) return [];
  const names = [before.manifest, before.seal === undefined ? undefined : copyOf(before, before.seal)];
  if (!names.includes(previous.name)) return broken(`It names ${previous.name} as the manifest before it.`);
  return previous.sha256 === before.sha256 ? [] : broken(`${before.manifest} has not the digest that it names.`);
}

/** The folder of the attempt that filed the revision: the revision's own, or one in it. */
export function attemptFolderOf({ folder }: Pick<FoundRevision, 'folder'>, { files }: Seal): string {
  const own = files.map(({ name }) => name).filter((name) => name.startsWith(`${folder}/`));
  const report = own.find((name) => /^(?:attempt-\d+\/)?report\.json$/.test(name.slice(folder.length + 1)));
  return report?.slice(0, report.lastIndexOf('/')) ?? folder;
}

/** A further attempt seals in its own folder as well. */
export function copyOf(here: Pick<FoundRevision, 'folder'>, seal: Seal): string | undefined {
  const folder = attemptFolderOf(here, seal);
  return folder === here.folder ? undefined : `${folder}/${MANIFEST_FILE}`;
}

function checkCopy({ files }: FoundCase, here: FoundRevision, seal: Seal): EvidenceFault[] {
  const name = copyOf(here, seal);
  if (name === undefined) return [];
  const copy = files.get(name);
  if (copy === undefined) return [fault('missing-file', name, 'The copy of the manifest is not there.', DOWNLOAD)];
  if (digestOf(copy) === here.sha256) return [];
  return [fault('changed-file', name, `It is not the same as ${here.manifest}.`, INCIDENT)];
}

function checkFiles({ caseId, files }: FoundCase, { files: sealed }: Seal): EvidenceFault[] {
  return sealed.flatMap(({ name, sha256, bytes: size }) => {
    if (!name.startsWith(`cases/${caseId}/`) || name.split('/').includes('..'))
      return [fault('other-case', name, 'A manifest names it, and it is no file of this case.', INCIDENT)];
    const bytes = files.get(name);
    if (bytes === undefined)
      return [fault('missing-file', name, 'A manifest names it, and it is not there.', DOWNLOAD)];
    if (bytes.length !== size)
      return [fault('changed-file', name, `It has ${bytes.length} bytes; ${size} were sealed.`, INCIDENT)];
    const digest = digestOf(bytes);
    return digest === sha256
      ? []
      : [fault('changed-file', name, `It has the SHA-256 ${digest}; ${sha256} was sealed.`, INCIDENT)];
  });
}
