import { counted } from '../../cases/words/wording.ts';
import type { Config } from '../../config.ts';
import { PLATFORM_PERMISSIONS } from '../../connectors/storage/permissions.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { ERRORS } from '../../errors.ts';
import type { DoctorCheck } from '../diagnosis.ts';
import { type Answers, answerOf, sameAnswer } from './answer-of.ts';

const ROWS = PLATFORM_PERMISSIONS.filter(({ grant }) => 'scope' in grant && grant.scope === 'evidence-key');

/** By signing with the key and dropping the signature; nobody is asked where there is no key. */
export async function askEvidenceKey(
  vendors: Pick<Vendors, 'evidenceKey'>,
  { EVIDENCE_KEY_ID: key }: Pick<Config, 'EVIDENCE_KEY_ID'>,
): Promise<Answers> {
  return key === undefined ? [] : sameAnswer(ROWS, answerOf(await vendors.evidenceKey.trySigning()));
}

/** Young enough for the next round of due work. */
const SOON_MS = 600_000;

/** Whether everything that is filed is signed. */
export async function checkSigning(
  { storage }: Pick<Vendors, 'storage'>,
  { EVIDENCE_KEY_ID: key }: Pick<Config, 'EVIDENCE_KEY_ID'>,
  now: Date,
): Promise<DoctorCheck[]> {
  const check = 'evidence-signature';
  if (key === undefined) {
    const detail =
      'No key is configured (EVIDENCE_KEY_ID): reports are sealed and not signed, so that nobody can prove offline that this app filed them.';
    return [
      { check, state: 'could-not-check', detail, whatToDo: 'Name the key that signs evidence in EVIDENCE_KEY_ID.' },
    ];
  }
  const late = (await storage.listUnsigned()).filter(({ since }) => Date.parse(since) < now.getTime() - SOON_MS);
  const [first] = late.toSorted((a, b) => (a.since < b.since ? -1 : 1));
  if (first === undefined) return [{ check, state: 'passes', detail: 'Every report that was to be signed is.' }];
  const detail = `${counted(late.length, 'report is', 'reports are')} filed and not signed, the first since ${first.since}: ${first.caseId}, revision ${first.revision}.`;
  return [{ check, state: 'fails', detail, whatToDo: ERRORS['evidence-unsigned'].todo }];
}
