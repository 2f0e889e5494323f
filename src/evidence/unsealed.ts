import { revisionFolderOf } from '../cases/folders.ts';
import { attemptFolderOf, copyOf } from './check-revision.ts';
import { keyName } from './check-signature.ts';
import type { FoundCase } from './read-case.ts';
import { SIGNATURE_FILE } from './statement.ts';
import { type EvidenceFault, fault, type Verification } from './verification.ts';

/** What a revision ends with: where one of these lies, its manifest was there as well, or is about to be. */
const ENDS = /(?:^|\/)(?:report\.(?:json|html|md)|manifest\.json|signature\.dsse\.json)$/;
/** Folders of what a revision rests on; any other holds people's words, which the next one rests on. */
const OWN = /^(?:steps|actions|before|keys|attempt-[^/]*|revision-[^/]*)\//;
/** The gateway may take the denial long after the case has told that it did not. */
const LATE = /^(?:before|actions)\/containment-[^/]+\.json$/;
/** Whichever attempt seals a revision names all that lies here. */
const SEALED_WHOLE = /^(?:revision-[^/]*|before|actions)\//;

interface Unsealed {
  readonly unsealed: Verification['unsealed'];
  readonly faults: readonly EvidenceFault[];
}

/** Every file that no manifest names, and whether it may lie there. @param used thumbprints of the keys that signed */
export function checkUnsealed(found: FoundCase, used: ReadonlySet<string>): Unsealed {
  const { caseId, files, revisions } = found;
  const known = new Set([
    ...revisions.flatMap(({ manifest, folder }) => [manifest, `${folder}/${SIGNATURE_FILE}`]),
    ...revisions.flatMap((each) => (each.seal === undefined ? [] : [copyOf(each, each.seal) ?? each.manifest])),
    ...revisions.flatMap(({ seal }) => seal?.files.map(({ name }) => name) ?? []),
    ...[...used].map((thumbprint) => keyName(caseId, thumbprint)),
  ]);
  const unsealed: { readonly file: string; readonly why: string }[] = [];
  const faults: EvidenceFault[] = [];
  for (const name of files.keys()) {
    if (known.has(name)) continue;
    const why = reasonOf(found, name);
    if (why === undefined) faults.push(strange(found, name));
    else unsealed.push({ file: name, why });
  }
  return { unsealed, faults };
}

/** Why a file that no manifest names may lie where it does; undefined where nothing explains it. */
function reasonOf({ caseId, revisions }: FoundCase, name: string): string | undefined {
  const next = `${revisionFolderOf(caseId, (revisions.at(-1)?.revision ?? 0) + 1)}/`;
  if (revisions.length > 0 && name.startsWith(next))
    return ENDS.test(name) ? undefined : 'It belongs to a revision that is not filed yet.';
  const own = name.slice(revisionFolderOf(caseId, 1).length + 1);
  if (/^keys\/[^/]+\.jwk$/.test(own)) return 'It is a public key, and nothing here was signed with it.';
  if (revisions.length > 0 && own.includes('/') && !OWN.test(own)) return 'No report rests on it, or not yet.';
  if (revisions.length > 0 && LATE.test(own)) return 'The leaver was contained after the report was filed.';
  const home = revisions.findLast(({ folder }) => name.startsWith(`${folder}/`));
  if (home?.seal !== undefined && !SEALED_WHOLE.test(name.slice(home.folder.length + 1))) {
    const sealing = attemptFolderOf(home, home.seal);
    if (sealing !== home.folder && !name.startsWith(`${sealing}/`)) return 'An attempt that broke left it.';
  }
  return undefined;
}

function strange({ revisions }: FoundCase, name: string): EvidenceFault {
  const revision = Number(/\/revision-(\d+)\//.exec(name)?.[1] ?? 1);
  if (!revisions.some((each) => each.revision === revision)) {
    const todo =
      'Download the whole case again once it is filed; where GET /api/cases/{id}/revisions lists it, treat it as an incident.';
    return fault('missing-revision', name, `It belongs to revision ${revision}, whose manifest is not there.`, todo);
  }
  const todo =
    'Nobody vouches for it: take it out of the folder if you put it there, and treat it as an incident if it lies in the container.';
  return fault('extra-file', name, 'No manifest names it.', todo);
}
