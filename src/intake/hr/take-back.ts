import { type CaseRow, isUnfinished } from '../../cases/case.ts';
import type { CaseId } from '../../cases/ids.ts';
import { instant } from '../../cases/words/wording.ts';
import { redactSecrets } from '../../credentials/redact-secrets.ts';
import type { HrNotice } from '../../people/hr-notice.ts';
import type { Oid } from '../../people/oid.ts';
import { isOfLeaving } from '../rules/hr-words.ts';
import { allWords, countingWords, datedWord, type Word as Said, withoutWords, wordsAt } from '../rules/words.ts';
import { openForDay } from '../starting/resume-schedule.ts';
import type { Word } from '../starting/scheduled-cases.ts';
import { withdrawWords } from '../withdraw-words.ts';
import { type NoticeOutcome, type NoticeParts, rejected, whyBegan } from './notice-outcome.ts';

/**
 * Takes back all that HR said of this leaving, on whichever case it stands and whoever opened that. What nobody asks for
 * any more ends by it; what somebody else asks for as well goes on by their word.
 */
export async function takeBack(parts: NoticeParts, notice: HrNotice, oid: Oid): Promise<NoticeOutcome> {
  const { vendors, settings, now } = parts;
  const { about, requestedBy } = notice;
  const reason = notice.reason ?? (notice.kind === 'rehired' ? 'HR hired them again.' : 'HR withdrew the leaving.');
  const word: Word = { trigger: 'hr-queue', requestedBy, requestedAt: now().toISOString(), reason };
  // As each was read first.
  const rows: CaseRow[] = [];
  const isMeant = (said: Said): boolean => about !== undefined && isOfLeaving(said, about.leavingId, rows);
  const notes: string[] = [];
  let ended: CaseId | undefined;
  let day: string | undefined;
  let left = await rowsOf(parts, oid);
  // An older message of this leaving may be carried out at this moment, and write its case after it was looked for.
  for (let unseen = left; unseen.length > 0; unseen = unseenIn(left, rows)) {
    rows.push(...unseen);
    for (const row of unseen) {
      const became = await withdrawWords(vendors, settings, row, isMeant, word);
      if (became === 'cancelled' || became === 'refused') ended = row.caseId;
      // What is left of a case that was on hold is a day to come.
      const dated = became === 'refused' ? datedWord(withoutWords(row, isMeant, word.requestedAt)) : undefined;
      if (dated !== undefined) {
        const opened = await openForDay(vendors, settings, row, dated, reasonOf(row), parts.start, now);
        if (opened?.kind === 'unreadable') return { kind: 'unreadable', failure: opened.failure };
      }
      if (became === 'untouched' || became === 'day-ended' || became === 'waits')
        await readNoMore(parts, row, isMeant, word);
      if (became === 'cancelled') notes.push('The case that was waiting is cancelled.');
      if (became === 'refused') notes.push('The case that was on hold is refused, and never starts.');
      if (became === 'day-ended') day = `The day that was named for the case ${row.caseId} counts no more.`;
    }
    left = await rowsOf(parts, oid);
  }
  // By the rows as they stand, so that a second delivery says the same.
  const going = left.findLast((row) => isGoing(row) && allWords(row).some(isMeant));
  const other = left.findLast((row) => row !== going && row.state === 'scheduled' && isHrs(row));
  if (going !== undefined) notes.push(whyItGoesOn(going));
  if (ended !== undefined && other !== undefined) notes.push(whyItWaits(other));
  const caseId = ended ?? going?.caseId;
  if (caseId !== undefined) return { kind: 'accepted', oid, caseId, note: notes.join(' ') };
  if (other !== undefined) return rejected(whyItWaits(other), other);
  const holds = left.findLast(({ state, mode }) => state !== 'refused' && state !== 'cancelled' && mode === 'apply');
  if (holds !== undefined) return rejected([day, whyBegan(holds, 'was not undone')].filter(Boolean).join(' '), holds);
  return { kind: 'accepted', oid, note: day ?? 'No case was waiting. An earlier message of this leaving opens none.' };
}

/**
 * What has begun is not undone by HR's word; but a case that nobody else asks for, of somebody who is there, cuts nothing
 * more by itself later on.
 */
async function readNoMore(
  { vendors, now }: NoticeParts,
  { caseId }: CaseRow,
  isMeant: (said: Said) => boolean,
  { requestedBy, requestedAt, reason }: Word,
): Promise<void> {
  const why = redactSecrets(`${requestedBy} took the leaving back at ${requestedAt}: ${reason}`);
  await vendors.storage.updateCase(caseId, (row) => {
    const begins = row.state === 'running' || (row.state === 'open' && row.onHold === undefined);
    const goesOn = begins || (row.state === 'filed' && isUnfinished(row));
    if (!goesOn || row.deletedAt !== undefined || row.notReadAgain !== undefined) return undefined;
    const left = withoutWords(row, isMeant, requestedAt);
    if (!allWords(row).some(isMeant) || wordsAt(left, now()).length > 0) return undefined;
    const { readAgainAt: _, followUps: __, ...rest } = row;
    return { ...rest, notReadAgain: why };
  });
}

function reasonOf({ caseId }: CaseRow): string {
  return `This day was named for the case ${caseId}, which was refused because what else had asked for it was withdrawn.`;
}

function unseenIn(left: readonly CaseRow[], seen: readonly CaseRow[]): readonly CaseRow[] {
  return left.filter(({ caseId }) => !seen.some((each) => each.caseId === caseId));
}

async function rowsOf({ vendors }: NoticeParts, oid: Oid): Promise<readonly CaseRow[]> {
  return (await vendors.storage.casesOf(oid)).map(({ row }) => row);
}

function isGoing({ state, onHold }: CaseRow): boolean {
  return state === 'scheduled' || (state === 'open' && onHold !== undefined);
}

function isHrs(row: CaseRow): boolean {
  return countingWords(row).some(({ trigger }) => trigger === 'hr-queue');
}

/** Something else asks for the case as well. */
function whyItGoesOn(row: CaseRow): string {
  const { caseId, state, startsAt } = row;
  const waits = state === 'scheduled' ? `goes on waiting, for ${instant(startsAt ?? '')}` : 'stays on hold';
  return countingWords(row).every(({ trigger }) => trigger === 'hr-queue')
    ? `The case ${caseId} ${waits}, by another leaving, and ends when that is withdrawn as well.`
    : `The case ${caseId} ${waits}, because somebody else asks for it too: an operator decides about it.`;
}

function whyItWaits({ caseId }: CaseRow): string {
  return `The case ${caseId} waits for another leaving, and was not cancelled. If that does not take place either, withdraw it, or an operator cancels the case with POST /api/cases/${caseId}/cancel.`;
}
