import { revisionFolderOf } from '../cases/folders.ts';
import { checkRevision, missingRevisions } from './check-revision.ts';
import { checkSignature, type Keys, readKeys } from './check-signature.ts';
import { type FoundCase, type FoundRevision, readCase } from './read-case.ts';
import { MANIFEST_FILE } from './statement.ts';
import { checkUnsealed } from './unsealed.ts';
import {
  type EvidenceFault,
  type EvidenceFile,
  fault,
  type SignedBy,
  type Verdict,
  type Verification,
  type VerifiedRevision,
  type VerifyOptions,
} from './verification.ts';

/**
 * Verifies the evidence of one case without asking anybody: every byte of every file, that none is missing and none was
 * added, the order of the revisions, and every signature. That the newest revision was not left out, only `expect` can
 * tell.
 */
export async function verifyEvidence(
  files: readonly EvidenceFile[],
  { keys: pinned = [], expect }: VerifyOptions = {},
): Promise<Verification> {
  const found = readCase(files);
  if (found === undefined) return nothingThere();
  const keys = await readKeys(found, pinned);
  const checked = await Promise.all(found.revisions.map((each) => checkOne(found, each, keys)));
  const revisions = checked.map(({ verified }) => verified);
  const used = new Set(revisions.flatMap(({ thumbprint = [] }) => thumbprint));
  const { unsealed, faults: strange } = checkUnsealed(found, used);
  const newest = revisions.at(-1);
  const isNewest = expect === undefined || newest?.sha256 === expect.toLowerCase();
  const faults = each([
    ...found.faults,
    ...missingRevisions(found).map((revision) => missing(found, revision)),
    ...checked.flatMap((one) => one.faults),
    ...keys.faults,
    ...strange,
    ...(isNewest ? [] : [notTheNewest(newest)]),
    ...(newest === undefined ? [NO_CASE] : []),
  ]);
  const verdict = verdictOf(faults, newest, keys);
  return {
    ok: keys.pinned === undefined ? faults.length === 0 : verdict === 'verified',
    verdict,
    caseId: found.caseId,
    revisions,
    faults,
    signedBy: signersOf(revisions, keys),
    unsealed,
    isNewestProved: expect !== undefined && isNewest,
  };
}

const NO_CASE = fault(
  'no-case',
  'manifest.json',
  'There is no manifest, so that this is not the evidence of a case.',
  'Give the folder of one case, with its manifest.json; docs/operations/evidence.md tells how to download it.',
);

function nothingThere(): Verification {
  const nothing = { revisions: [], signedBy: [], unsealed: [], isNewestProved: false };
  return { ok: false, verdict: 'altered', faults: [NO_CASE], ...nothing };
}

async function checkOne(
  found: FoundCase,
  here: FoundRevision,
  keys: Keys,
): Promise<{ readonly verified: VerifiedRevision; readonly faults: readonly EvidenceFault[] }> {
  const { revision, manifest, sha256, seal } = here;
  const faults = checkRevision(found, here);
  if (seal === undefined) {
    const unknown = { filedAt: 'unknown', outcome: 'unknown', files: 0, signature: 'invalid' as const };
    return { verified: { revision, manifest, sha256, ...unknown }, faults };
  }
  const signed = await checkSignature(found, here, seal, keys);
  const about = { filedAt: seal.generatedAt, outcome: seal.outcome, files: seal.files.length };
  return { verified: { revision, manifest, sha256, ...about, ...signed.found }, faults: [...faults, ...signed.faults] };
}

function verdictOf(faults: readonly EvidenceFault[], newest: VerifiedRevision | undefined, { pinned }: Keys): Verdict {
  if (faults.length > 0) return 'altered';
  if (newest?.signature !== 'valid') return 'unsigned';
  return pinned === undefined ? 'not-pinned' : 'verified';
}

function signersOf(revisions: readonly VerifiedRevision[], { pinned }: Keys): SignedBy[] {
  const signed = revisions.flatMap(({ revision, thumbprint, keyid }) =>
    thumbprint === undefined || keyid === undefined ? [] : [{ revision, thumbprint, keyid }],
  );
  return [...Map.groupBy(signed, ({ thumbprint, keyid }) => `${thumbprint} ${keyid}`).values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const { thumbprint, keyid } = first;
    const numbers = all.map(({ revision }) => revision);
    return [{ thumbprint, keyid, pinned: pinned?.has(thumbprint) === true, revisions: numbers }];
  });
}

function missing({ caseId }: FoundCase, revision: number): EvidenceFault {
  const name = `${revisionFolderOf(caseId, revision)}/${MANIFEST_FILE}`;
  const todo = 'Download the whole case again; if it is not in the container either, treat it as an incident.';
  return fault('missing-revision', name, `Revision ${revision} is missing, and a later one is there.`, todo);
}

function notTheNewest(newest: VerifiedRevision | undefined): EvidenceFault {
  const todo = 'Download the whole case again: a revision was filed since, or was left out.';
  const what = 'The newest manifest here has not the digest that was expected.';
  return fault('not-the-newest', newest?.manifest ?? 'manifest.json', what, todo);
}

/** Several revisions may rest on one file: what is wrong with it is told once. */
function each(faults: readonly EvidenceFault[]): EvidenceFault[] {
  return [...new Map(faults.map((one) => [`${one.code} ${one.file} ${one.what}`, one])).values()];
}
