import type { CaseRow, OffboardingRequest } from '../../cases/case.ts';
import type { CaseId } from '../../cases/ids.ts';
import { instant } from '../../cases/words/wording.ts';
import type { Person } from '../../connectors/graph/people/person-of-user.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { redactSecrets } from '../../credentials/redact-secrets.ts';
import { containFirst } from '../containing/contain-first.ts';
import { askProtection } from '../person/protection.ts';
import { resolveSubject } from '../person/resolve-subject.ts';
import { mergeRequest } from '../rules/merge-request.ts';
import { isDue, startedBefore, startedWhenDue } from '../rules/schedule.ts';
import { datedWord } from '../rules/words.ts';
import { released } from './hold-case.ts';
import type { IntakeSettings } from './opened-case.ts';
import { refuseStart } from './refuse-start.ts';
import { protectedBefore, type StartCase, startRow, whoever } from './start-row.ts';

/** Who decides about a scheduled case, and why: HR that takes its notice back, an operator. */
export type Word = Pick<OffboardingRequest, 'trigger' | 'requestedBy' | 'requestedAt' | 'reason' | 'dedupeKey'>;

/** What became of it. Under its ETag the row is changed by one of those who come at the same moment. */
export type Rescheduled =
  | { readonly kind: 'done'; readonly stored: StoredCase }
  /** It has begun, or has ended: nothing was done. */
  | { readonly kind: 'not-scheduled'; readonly stored: StoredCase };

/**
 * Cancels a scheduled case for good. What has begun is not stopped by it: where the day that was named is yet to come,
 * because a deletion started the case before, the row says that the day is taken back (`datedWord`).
 */
export async function cancelScheduled(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  word: Word,
): Promise<Rescheduled> {
  const { requestedBy, requestedAt, reason } = withoutSecrets(word);
  let cancelled = false;
  const stored = await vendors.storage.updateCase(caseId, (row) => {
    cancelled = row.state === 'scheduled';
    const cancellation = `${requestedBy} cancelled it at ${instant(requestedAt)}: ${reason}`;
    if (cancelled) return { ...row, state: 'cancelled', cancellation };
    const startsAt = datedWord(row)?.startsAt;
    return startsAt !== undefined && Date.parse(startsAt) > Date.parse(requestedAt)
      ? { ...row, cancellation }
      : undefined;
  });
  return { kind: cancelled ? 'done' : 'not-scheduled', stored };
}

/**
 * Lets a scheduled case wait for another instant, in UTC and yet to come. Whoever says so has looked at it, which also
 * releases one that the rate limit put on hold.
 */
export async function moveScheduled(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  to: { readonly startsAt: string; readonly lastDay?: string },
  word: Word,
  now: Date,
): Promise<Rescheduled> {
  await vendors.storage.enterDueStart({ caseId, startsAt: to.startsAt }, now);
  return change(vendors, caseId, (held) => {
    if (isMovedBy(held, to.startsAt, word)) return held;
    const row = released(held);
    const said = { ...withoutSecrets(word), ...to };
    return mergeRequest(row, { ...said, oid: row.oid, mode: row.mode }, undefined);
  });
}

/** Whether the same message moved it there already: two deliveries carry out the newest one at the same moment. */
function isMovedBy(row: CaseRow, startsAt: string, { dedupeKey }: Word): boolean {
  const isThere = row.startsAt === startsAt && row.onHold === undefined;
  return isThere && dedupeKey !== undefined && datedWord(row)?.dedupeKey === dedupeKey;
}

export type StartedScheduled =
  | Rescheduled
  /** By itself it starts at its instant only. */
  | { readonly kind: 'not-due'; readonly stored: StoredCase }
  /** The rate limit held it when its instant came, or the app is paused: it is open, and on hold. */
  | { readonly kind: 'on-hold' | 'refused'; readonly stored: StoredCase }
  /** The directory could not be asked: it is as it was, and must be tried again. */
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure };

/**
 * Starts a scheduled case whose instant has come, or before that by the word of an operator. The person is read again,
 * because a month may have passed; then it goes on as at intake, contained first. Of several who start it at the same
 * moment one changes the row, and the others answer `not-scheduled`; a crash after that leaves an open row, which
 * `startOpenCase` starts.
 */
export async function startScheduled(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: IntakeSettings,
  asked: StoredCase,
  start: StartCase,
  now: () => Date,
  word?: Word,
): Promise<StartedScheduled> {
  const { row } = asked;
  if (row.state !== 'scheduled') return { kind: 'not-scheduled', stored: asked };
  const subject = await resolveSubject(vendors, row.oid);
  if (subject.kind === 'not-a-person') {
    const { refused, stored } = await refuseStart(vendors, settings, row, { why: subject.why, by: 'entra' }, now);
    return { kind: refused ? 'refused' : 'not-scheduled', stored };
  }
  const person = whoever(row, subject);
  if (!person.ok) return { kind: 'unreadable', failure: person.failure };
  const protection = await askProtection(vendors, settings, person.value);
  const guarded = await protectedBefore(vendors, settings, row, protection, now);
  if (guarded?.kind === 'unreadable') return guarded;
  if (guarded !== undefined)
    return { kind: guarded.stored.row.state === 'refused' ? 'refused' : 'not-scheduled', stored: guarded.stored };
  const began = await change(vendors, row.caseId, (current) => begun(current, person.value, now(), word));
  if (began.kind === 'not-scheduled') return began;
  const { stored } = began;
  if (stored.row.state === 'scheduled') return { kind: 'not-due', stored };
  if (stored.row.onHold !== undefined) {
    const contained = await containFirst(vendors, settings, stored.row, now);
    return { kind: 'on-hold', stored: contained.stored ?? stored };
  }
  const started = await startRow(vendors, settings, stored.row, person.value, start, now);
  if (started.row.state === 'refused') return { kind: 'refused', stored: started };
  return { kind: started.row.onHold === undefined ? 'done' : 'on-hold', stored: started };
}

/** The row as it starts; as it is where another instant was set meanwhile. */
function begun(row: CaseRow, { deletedAt }: Person, now: Date, word: Word | undefined): CaseRow {
  if (word === undefined && !isDue(row, now)) return row;
  const about = deletedAt === undefined ? {} : { deletedAt };
  if (word === undefined) return { ...startedWhenDue(row, now), ...about };
  const said = withoutSecrets(word);
  const merged = mergeRequest(released(row), { ...said, oid: row.oid, mode: row.mode }, deletedAt);
  // A plan is started by the word of a person as well; a request for one leaves it where it is.
  return merged.state === 'open' ? merged : { ...startedBefore(merged, said), ...about };
}

/** Changes the row where it is scheduled; nobody else's change is undone by it. */
async function change(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  next: (row: CaseRow) => CaseRow,
): Promise<Rescheduled> {
  let scheduled = false;
  const stored = await vendors.storage.updateCase(caseId, (row) => {
    scheduled = row.state === 'scheduled';
    return scheduled ? next(row) : undefined;
  });
  return { kind: scheduled ? 'done' : 'not-scheduled', stored };
}

export function withoutSecrets(word: Word): Word {
  return { ...word, reason: redactSecrets(word.reason), requestedBy: redactSecrets(word.requestedBy) };
}
