import type { CaseRow } from '../../cases/case.ts';
import type { CaseId } from '../../cases/ids.ts';
import { redactSecrets } from '../../credentials/redact-secrets.ts';
import type { HrNotice } from '../../people/hr-notice.ts';
import type { Oid } from '../../people/oid.ts';
import { refuseRow } from '../refuse-start.ts';
import { releaseOwn } from '../release-own.ts';
import { hrSays, hrSaysOnly } from '../rules/hr-words.ts';
import { datedWord } from '../rules/schedule.ts';
import { cancelScheduled, type Word } from '../scheduled-cases.ts';
import { type NoticeOutcome, type NoticeParts, rejected, whyBegan } from './notice-outcome.ts';

/**
 * What waits by HR's word of this leaving alone is taken off, for its day or on hold. What an operator entered is the
 * operator's to take off, and what waits for another leaving as well goes on waiting.
 */
export async function takeBack(parts: NoticeParts, notice: HrNotice, oid: Oid): Promise<NoticeOutcome> {
  const { vendors, now } = parts;
  const { about, requestedBy } = notice;
  const reason = notice.reason ?? (notice.kind === 'rehired' ? 'HR hired them again.' : 'HR withdrew the leaving.');
  const word: Word = { trigger: 'hr-queue', requestedBy, requestedAt: now().toISOString(), reason };
  const rows = await rowsOf(parts, oid);
  const isOurs = (row: CaseRow): boolean => about !== undefined && hrSaysOnly(row, about.leavingId, rows);
  let over: { readonly caseId: CaseId; readonly note: string } | undefined;
  for (const row of rows.filter((each) => each.trigger === 'hr-queue' && isOurs(each))) {
    const { caseId } = row;
    if (datedWord(row) !== undefined && (await cancelScheduled(vendors, caseId, word, isOurs)).kind === 'done')
      over = { caseId, note: 'The case that was waiting is cancelled.' };
    if (await refuseHeld(parts, row, word, isOurs))
      over = { caseId, note: 'The case that was on hold is refused, and never starts.' };
  }
  const left = await rowsOf(parts, oid);
  const waits = left.findLast(({ trigger, state }) => trigger === 'hr-queue' && state === 'scheduled');
  const why = waits && whyItWaits(waits, about !== undefined && hrSays(waits, about.leavingId, left));
  if (over !== undefined) {
    const { caseId, note } = over;
    return { kind: 'accepted', oid, caseId, note: why === undefined ? note : `${note} ${why}` };
  }
  if (why !== undefined) return rejected(why, waits);
  const holds = left.findLast(({ state, mode }) => state !== 'refused' && state !== 'cancelled' && mode === 'apply');
  if (holds !== undefined) return rejected(whyBegan(holds, 'was not undone'), holds);
  return { kind: 'accepted', oid, note: 'No case was waiting. An earlier message of this leaving opens none.' };
}

async function rowsOf({ vendors }: NoticeParts, oid: Oid): Promise<readonly CaseRow[]> {
  return (await vendors.storage.casesOf(oid)).map(({ row }) => row);
}

function whyItWaits({ caseId }: CaseRow, also: boolean): string {
  return `The case ${caseId} waits for another leaving${also ? ' too' : ''}, and was not cancelled. If that does not take place either, an operator cancels it with POST /api/cases/${caseId}/cancel.`;
}

/**
 * Refuses a case on hold that nothing but HR's word of this leaving asked for, and lets in whom it denied: nobody would
 * start it. Where an earlier delivery refused it, and died before that, this lets them in.
 * @returns whether it is refused by this word
 */
async function refuseHeld(
  { vendors, settings }: NoticeParts,
  row: CaseRow,
  { requestedBy, requestedAt, reason }: Word,
  isOurs: (row: CaseRow) => boolean,
): Promise<boolean> {
  const refusal = redactSecrets(`${reason} The case was on hold, and was never started.`);
  const isHeld = (current: CaseRow): boolean =>
    current.state === 'open' &&
    current.onHold !== undefined &&
    current.deletedAt === undefined &&
    [current, ...current.merged].every(({ trigger }) => trigger === 'hr-queue') &&
    isOurs(current);
  let refused = row;
  if (isHeld(row)) {
    const done = await refuseRow(vendors, settings, row, { why: refusal, at: requestedAt }, isHeld);
    refused = done.stored.row;
  }
  if (refused.state !== 'refused') return false;
  await releaseOwn(vendors, refused, { at: requestedAt, by: redactSecrets(requestedBy), why: refusal });
  return refused.refusal === refusal;
}
