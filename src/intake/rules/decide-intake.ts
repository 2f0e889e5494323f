import type { CaseRow, CaseState, OffboardingRequest, TriggerName } from '../../cases/case.ts';
import { type CaseId, makeCaseId } from '../../cases/ids.ts';
import { whyAllUndone } from '../../cases/remedies/restore.ts';
import type { Leaver } from '../../people/leaver.ts';
import { lastDaysTold } from './words.ts';

/** What intake knows when it decides; all of it was read, nothing is taken from an event's payload. */
export interface IntakeFacts {
  readonly request: OffboardingRequest;
  readonly person: Pick<Leaver, 'state' | 'deletedAt' | 'leaveAt'>;
  /** Every case that this person has or had, in any order. */
  readonly rows: readonly CaseRow[];
  /** Why no case may touch them: a break-glass account, one of the app's own, a group that they are in, or may be in. */
  readonly protectedBecause?: string;
  /** The requester knows that the directory has no user with this id. */
  readonly acceptUnknown?: boolean;
  /** The firm says that whose account is disabled has left; for how long it has to be, the sweep looks. */
  readonly disabledMeansLeft?: boolean;
}

export type IntakeDecision =
  | { readonly kind: 'open'; readonly caseId: CaseId; readonly n: number }
  /** A case that stays visible and is never started. */
  | { readonly kind: 'refuse'; readonly caseId: CaseId; readonly n: number; readonly refusal: string }
  /** Another request about the same leaving: recorded on that case. */
  | { readonly kind: 'merge'; readonly caseId: CaseId }
  /** The very same request again: nothing to record. */
  | { readonly kind: 'duplicate'; readonly caseId: CaseId }
  | { readonly kind: 'not-a-leaver'; readonly why: string }
  /** A person typed an id that the directory does not know. */
  | { readonly kind: 'unknown-person'; readonly why: string };

/** Which ended cases a trigger runs again. A machine's repeat never does: it would do so every hour. */
const RUNS_AGAIN: Readonly<Record<TriggerName, readonly CaseState[]>> = {
  api: ['filed', 'failed'],
  'hr-queue': ['failed'],
  'lifecycle-workflow': ['failed'],
  'entra-event': [],
  sweep: [],
};

/**
 * What becomes of a request. Deterministic, and safe to repeat: after the decision was carried out, the same
 * facts with the new row in them give `duplicate` or `merge`, never a second case of the same leaving.
 */
export function decideIntake(facts: IntakeFacts): IntakeDecision {
  const { request, rows } = facts;
  // Before anything else: a late repeat of an event must not start the case of somebody who was restored since.
  const why = whyNotALeaver(request, facts.person, facts.disabledMeansLeft);
  if (why !== undefined) return { kind: 'not-a-leaver', why };

  const newestFirst = [...rows].sort((a, b) => b.n - a.n);
  const refusal = refusalOf(facts);
  const isAnswer = (row: CaseRow): boolean =>
    !isMachines(request) || !isOver(row, facts) || (row.state === 'refused' && row.refusal === refusal);
  const repeated = newestFirst.find((row) => holdsRequest(row, request) && suffices(row, request) && isAnswer(row));
  if (repeated !== undefined) return { kind: 'duplicate', caseId: repeated.caseId };

  const n = (newestFirst[0]?.n ?? 0) + 1;
  const next = { n, caseId: makeCaseId(request.oid, n) };
  if (refusal !== undefined) {
    const refused = newestFirst.find((row) => row.state === 'refused' && row.refusal === refusal);
    return refused === undefined ? { kind: 'refuse', ...next, refusal } : { kind: 'merge', caseId: refused.caseId };
  }
  if (request.trigger === 'api' && facts.person.state === 'gone' && rows.length === 0 && facts.acceptUnknown !== true) {
    const why = `Entra knows nobody with the id ${request.oid}, among the users or the deleted ones, and there was no case of it.`;
    return { kind: 'unknown-person', why };
  }
  const covering = newestFirst.find((row) => covers(row, facts));
  return covering === undefined ? { kind: 'open', ...next } : { kind: 'merge', caseId: covering.caseId };
}

function holdsRequest(row: CaseRow, { dedupeKey }: OffboardingRequest): boolean {
  if (dedupeKey === undefined) return false;
  return row.dedupeKey === dedupeKey || row.merged.some((each) => each.dedupeKey === dedupeKey);
}

/**
 * Whether a case does as much as the request asks for. A plan changes nothing, so it cannot stand for an
 * offboarding, not even for the same event or the same hour's sweep: the trigger may have been turned to `apply`
 * since. A refusal is the answer to both, and so is the word of whoever took the case off.
 */
function suffices(row: CaseRow, request: OffboardingRequest): boolean {
  return row.state === 'refused' || row.state === 'cancelled' || row.mode === 'apply' || request.mode === 'plan';
}

/** An event and a sweep say what the directory shows now, also where they come again. A person's repeat says nothing new. */
function isMachines({ trigger }: OffboardingRequest): boolean {
  return trigger === 'entra-event' || trigger === 'sweep';
}

/**
 * Whether the leaving that a case is about has ended: the account was back since, or has been deleted anew. What was done
 * then keeps nobody out any more, so that whoever leaves again is another case. Of who was deleted for good, nobody knows
 * when it began: a case that had ended before they were last seen back is about something earlier.
 */
function isOver(row: CaseRow, { person, rows }: IntakeFacts): boolean {
  if (person.state === 'soft-deleted' && row.deletedAt !== undefined) return row.deletedAt !== person.deletedAt;
  if (row.restoredAt !== undefined) return true;
  const hasEnded = row.state === 'filed' || row.state === 'failed';
  const backLast = Math.max(...rows.flatMap(({ restoredAt }) => (restoredAt === undefined ? [] : instant(restoredAt))));
  return person.state === 'gone' && hasEnded && instant(row.openedAt) < backLast;
}

/**
 * Only people ask about somebody who still works here. An Entra event says no more than that something about
 * the user changed: `UserUpdated` is published for a soft delete and for every edit of a profile alike.
 */
export function whyNotALeaver(
  request: Pick<OffboardingRequest, 'trigger' | 'requestedAt'>,
  person: IntakeFacts['person'],
  disabledMeansLeft = false,
): string | undefined {
  if (person.state === 'soft-deleted' || person.state === 'gone') return undefined;
  switch (request.trigger) {
    case 'entra-event':
      return `The user exists (${person.state}); the event was about another change.`;
    case 'sweep':
      if (disabledMeansLeft && person.state === 'disabled') return undefined;
      return person.leaveAt !== undefined && instant(person.leaveAt) <= instant(request.requestedAt)
        ? undefined
        : `The user exists (${person.state}) and has no leave date that has passed.`;
    case 'api':
    case 'hr-queue':
    case 'lifecycle-workflow':
      return undefined;
    default:
      return request.trigger satisfies never;
  }
}

/**
 * Whether even a plan has to wait until the directory can be read: events and the sweep are about what the directory
 * says. A plan that a person asks for begins with the id alone; carrying out waits always, because what an id is decides
 * whether anything of it may be cut.
 */
export function waitsForDirectory(trigger: TriggerName): boolean {
  return trigger === 'entra-event' || trigger === 'sweep';
}

function refusalOf({ request, protectedBecause }: IntakeFacts): string | undefined {
  if (protectedBecause !== undefined) return protectedBecause;
  if (request.requestedBy === request.oid) return 'Nobody opens a case about themselves: somebody else must ask.';
  return undefined;
}

/** Whether a case is about the same leaving as this request and does all that the request asks for. */
function covers(row: CaseRow, facts: IntakeFacts): boolean {
  const { request, person } = facts;
  if (row.state === 'refused' || row.state === 'cancelled') return false;
  if (!suffices(row, request)) return false;
  // What waits for its day shows nothing yet: a plan that is wanted now is another case, and leaves the day as it is.
  if (row.state === 'scheduled') return request.mode === 'apply' || request.startsAt !== undefined;
  if (isOver(row, facts)) return false;
  // Nothing more is cut for it, also while it gives back what it cut: who is named after that is another case.
  const undone = whyAllUndone(row) !== undefined;
  if (undone && !isMachines(request)) return false;
  const ended = undone || row.state === 'filed' || row.state === 'failed';
  if (ended && RUNS_AGAIN[request.trigger].includes(row.state)) return false;
  // A last day that the case did not know may turn what was as expected into an incident: it is audited anew.
  if (ended && request.lastDay !== undefined && !lastDaysTold(row).includes(request.lastDay)) return false;
  switch (person.state) {
    case 'soft-deleted':
      // A case that was filed before the deletion says nothing about access that came back until then.
      return row.deletedAt !== undefined || !ended;
    case 'gone':
      return true;
    case 'unreadable':
      // What ended may have been about an earlier leaving, and doing it all again harms nobody.
      return !ended;
    case 'active':
    case 'disabled':
      // With a deletion on the row, the person was restored since: another leaving.
      if (row.deletedAt !== undefined) return false;
      return !ended || (request.trigger === 'sweep' && instant(row.openedAt) >= instant(person.leaveAt));
    default:
      return person.state satisfies never;
  }
}

function instant(iso: string | undefined): number {
  return iso === undefined ? Number.NaN : Date.parse(iso);
}
