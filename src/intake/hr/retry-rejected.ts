import type { VendorFailure } from '../../connectors/result.ts';
import type { KeptRejection } from '../../connectors/storage/evidence/rejections.ts';
import type { Log } from '../../log.ts';
import type { HrNotice } from '../../people/hr-notice.ts';
import type { Oid } from '../../people/oid.ts';
import { type RejectionState, type Retry, whereRejected } from '../../people/rejection.ts';
import { isTheirs } from '../deciding/own-affair.ts';
import { findOnePerson } from '../person/find-one-person.ts';
import { logOpened } from '../starting/report-opened.ts';
import { whyBackSince } from './back-since.ts';
import type { NoticeOutcome, NoticeParts } from './notice-outcome.ts';
import { receiveNotice } from './receive-notice.ts';

/** Who has it run again, and why. */
export interface Retrying {
  readonly by: Oid;
  readonly reason: string;
}

export type RetriedRejection =
  /** What stands now: of several at the same moment, and of a repeat, what the first came to. */
  | { readonly kind: 'settled'; readonly state: RejectionState }
  /** It is settled, or its message cannot be run again; one sentence. */
  | { readonly kind: 'nothing'; readonly why: string }
  /** It is about whoever asks. */
  | { readonly kind: 'own-affair' }
  /** The directory could not be asked: nothing was done. */
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure };

/**
 * Runs a rejected message of HR again, with what it said and by the rules of now. It is one more delivery of the same
 * message: whoever dies in between, or asks twice, opens nothing twice. What was settled before is not run again.
 */
export async function retryRejected(
  parts: NoticeParts,
  { id, notice, trigger, became }: KeptRejection,
  { by, reason }: Retrying,
  log: Log,
): Promise<RetriedRejection> {
  const { vendors, now } = parts;
  const where = whereRejected(became);
  if (where === 'retried') return { kind: 'settled', state: became };
  if (where === 'handled') return { kind: 'nothing', why: 'Somebody has handled it in another way.' };
  if (notice === undefined) return { kind: 'nothing', why: whyNotKept(trigger) };
  const mayNot =
    (await whyNotThey(vendors, notice, by)) ?? (await whyNotNow(vendors, notice, sinceWhen(id, notice, became)));
  if (mayNot !== undefined) return mayNot;
  const outcome = await receiveNotice(parts, notice);
  if (outcome.kind === 'unreadable') return { kind: 'unreadable', failure: outcome.failure };
  const at = now();
  if (outcome.kind === 'accepted') {
    if (outcome.opened !== undefined) logOpened(log, outcome.opened.request, outcome.opened.as);
    await vendors.storage.putReceipt(receiptOf(notice, outcome), { at, again: true });
  }
  const retry: Retry = { by, at: at.toISOString(), reason, ...resultOf(outcome) };
  const state = await vendors.storage.changeRejected(id, (current) =>
    whereRejected(current) === 'open' ? { ...current, retries: [...current.retries, retry] } : undefined,
  );
  return { kind: 'settled', state };
}

/** Takes a rejection off the list of what is open, by somebody's word; the first word stands. */
export async function handleRejected(
  { vendors, now }: Pick<NoticeParts, 'vendors' | 'now'>,
  { id, notice, received }: KeptRejection,
  { by, reason }: Retrying,
): Promise<Exclude<RetriedRejection, { readonly kind: 'nothing' }>> {
  if (received.toLowerCase().includes(by)) return { kind: 'own-affair' };
  const mayNot = notice && (await whyNotThey(vendors, notice, by));
  if (mayNot !== undefined) return mayNot;
  const state = await vendors.storage.changeRejected(id, (current) =>
    whereRejected(current) === 'open' ? { ...current, handled: { by, at: now().toISOString(), reason } } : undefined,
  );
  return { kind: 'settled', state };
}

/** Nobody settles what is about themselves, by whichever name. */
async function whyNotThey(
  vendors: NoticeParts['vendors'],
  { person }: HrNotice,
  by: Oid,
): Promise<Extract<RetriedRejection, { readonly kind: 'own-affair' | 'unreadable' }> | undefined> {
  const meant = await findOnePerson(vendors, person);
  if (meant.kind === 'not-known') return { kind: 'unreadable', failure: meant.failure };
  if (meant.kind !== 'one') return undefined;
  return (await isTheirs(vendors, meant.oid, by)) ? { kind: 'own-affair' } : undefined;
}

/** HR's word as it was said; of one that tells no time, the day on which it came, or when it came again. */
function sinceWhen(id: string, { about }: HrNotice, { cameAgainAt }: RejectionState): string {
  return about?.issuedAt ?? cameAgainAt ?? `${id.slice(0, 'yyyy-MM-dd'.length)}T00:00:00.000Z`;
}

/** What was rejected holds nobody out: whoever came back since is named anew, or not at all. */
async function whyNotNow(
  vendors: NoticeParts['vendors'],
  { kind, person }: HrNotice,
  said: string,
): Promise<Extract<RetriedRejection, { readonly kind: 'nothing' | 'unreadable' }> | undefined> {
  if (kind !== 'leaver' && kind !== 'changed') return undefined;
  const meant = await findOnePerson(vendors, person);
  if (meant.kind === 'not-known') return { kind: 'unreadable', failure: meant.failure };
  if (meant.kind !== 'one') return undefined;
  const [stored, denied] = await Promise.all([
    vendors.storage.casesOf(meant.oid),
    vendors.storage.getDenied(meant.oid),
  ]);
  const why = whyBackSince(
    said,
    stored.map(({ row }) => row),
    denied,
  );
  if (why === undefined) return undefined;
  return { kind: 'nothing', why: `${why} HR said before that they leave. Where they do, HR says so in a new message.` };
}

type Decided = Exclude<NoticeOutcome, { readonly kind: 'unreadable' }>;

function resultOf(outcome: Decided): Pick<Retry, 'result' | 'caseId' | 'why'> {
  const about = outcome.caseId === undefined ? {} : { caseId: outcome.caseId };
  if (outcome.kind === 'rejected') return { ...about, result: 'rejected', why: outcome.faults.join('; ') };
  const { note, opened } = outcome;
  const why = note === undefined ? {} : { why: note };
  switch (opened?.as.kind) {
    case 'opened':
    case 'merged':
    case 'duplicate':
    case 'on-hold':
      return { ...about, ...why, result: opened.as.kind };
    default:
      return { ...about, ...why, result: 'carried-out' };
  }
}

function receiptOf({ messageId, about }: HrNotice, outcome: Extract<NoticeOutcome, { readonly kind: 'accepted' }>) {
  const { kind: _, opened: _opened, oid: _oid, ...what } = outcome;
  const leaving = about === undefined ? {} : { leavingId: about.leavingId };
  return { messageId, ...leaving, status: 'accepted', faults: [], ...what } as const;
}

function whyNotKept(trigger: string): string {
  return trigger === 'hr-queue'
    ? 'The message itself has faults, or a credential stood in it, and would be rejected again: HR corrects it, and sends it under a new messageId.'
    : 'An event that was rejected is no request: open the case with POST /api/cases, if somebody has left.';
}
