import type { UnsignedRevision } from '../../connectors/storage/cases/unsigned.ts';
import { ERRORS } from '../../errors.ts';
import type { Duty, DutyContext } from '../duty.ts';
import { isForgotten, signRevision } from './sign-revision.ts';

/** Nothing is begun any more then: the round has a deadline, at which what hangs would be abandoned. */
const BEGIN_WITHIN_MS = 120_000;
/** A vault that was away for less is nobody's business: the signature comes by itself. */
const ALERT_AFTER_MS = 3_600_000;
/** The manifest is written right after the entry; what has none long after was left by an attempt that broke. */
const STALE_MS = 3_600_000;

/** Signs whatever is filed and was not signed when it was: a vault may be away, and a host may die in between. */
export const signEvidence: Duty = {
  name: 'sign what is filed',
  run: async (context) => {
    const { vendors, settings, now } = context;
    // Without a key nothing was entered since, and what was before is signed when there is one again.
    if (settings.EVIDENCE_KEY_ID === undefined) return 0;
    const until = now().getTime() + BEGIN_WITHIN_MS;
    const waiting = (await vendors.storage.listUnsigned()).toSorted((a, b) => (a.since < b.since ? -1 : 1));
    let done = 0;
    for (const each of waiting) {
      if (now().getTime() > until) break;
      const came = await trySigning(context, each);
      if (came === 'signed') done += 1;
      // What refused one will refuse the others as well.
      if (came === 'vault-failed') break;
    }
    return done;
  },
};

async function trySigning(context: DutyContext, about: UnsignedRevision): Promise<'signed' | 'waits' | 'vault-failed'> {
  const { vendors, log } = context;
  const { caseId, revision } = about;
  try {
    const signing = await signRevision(vendors, about);
    switch (signing.kind) {
      case 'signed':
        log.info('a report was signed after it was filed', { caseId, revision });
        return 'signed';
      case 'not-filed':
        await forget(context, about);
        return 'waits';
      case 'failed':
        tell(context, about, signing.failure.message);
        return 'vault-failed';
      default:
        return signing satisfies never;
    }
  } catch (error) {
    // One that cannot be signed keeps no other from it.
    tell(context, about, error instanceof Error ? `${error.name}: ${error.message}` : 'unknown');
    return 'waits';
  }
}

async function forget({ vendors, now }: DutyContext, about: UnsignedRevision): Promise<void> {
  if (Date.parse(about.since) > now().getTime() - STALE_MS) return;
  if (isForgotten((await vendors.storage.getCase(about.caseId))?.row)) await vendors.storage.removeUnsigned(about);
}

function tell({ log, now }: DutyContext, { caseId, revision, since }: UnsignedRevision, why: string): void {
  const about = { caseId, revision, since, why };
  if (Date.parse(since) > now().getTime() - ALERT_AFTER_MS) log.warn('a report is not signed yet', about);
  else
    log.error('a report is not signed', {
      code: 'evidence-unsigned',
      ...about,
      todo: ERRORS['evidence-unsigned'].todo,
    });
}
