import * as z from 'zod';
import { LeaverSchema } from '../people/leaver.ts';
import { OidSchema } from '../people/oid.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { count, day, instant, text } from '../shapes/primitives.ts';
import { DecisionRefSchema } from './decisions/decision.ts';
import { PassedCallSchema } from './denied/passed-call.ts';
import { ComparedSchema } from './following/compare-revisions.ts';
import { FollowUpSchema, nextReadingAt } from './following/follow-up.ts';
import { type CaseId, CaseIdSchema } from './ids.ts';
import { CasePolicySchema } from './policy.ts';
import { RestoreRefSchema } from './remedies/restore.ts';

/** What made somebody ask for an offboarding. */
export const TRIGGERS = ['entra-event', 'hr-queue', 'api', 'sweep', 'lifecycle-workflow'] as const;
export type TriggerName = (typeof TRIGGERS)[number];

/** The triggers that no person looked at. In which mode each opens cases is a setting (`automaticMode`). */
export type AutomaticTriggerName = Exclude<TriggerName, 'api'>;
export const AUTOMATIC_TRIGGERS: readonly AutomaticTriggerName[] = TRIGGERS.filter((trigger) => trigger !== 'api');

/** `plan` reads and reports; `apply` cuts as well. */
export const CASE_MODES = ['plan', 'apply'] as const;
export type CaseMode = (typeof CASE_MODES)[number];

/** Any trigger produces one of these; intake turns it into a case, merges it, or refuses it. */
const OffboardingRequestSchema = z.strictObject({
  oid: OidSchema,
  trigger: z.enum(TRIGGERS),
  /** One sentence for the report: why this case was opened. */
  reason: text,
  /** Who asked: an oid, `entra`, `hr`, `sweep`. */
  requestedBy: text,
  /** Instant of the request (the event's own time where it has one). */
  requestedAt: instant,
  mode: z.enum(CASE_MODES),
  /** Last working day in the business time zone, where whoever asked knows it. */
  lastDay: z.exactOptional(day),
  /** Instant before which nothing may be done; absent where it is asked for now. */
  startsAt: z.exactOptional(instant),
  /** The trigger's own id of this request; a repeat is recognised by it. */
  dedupeKey: z.exactOptional(text),
});
export type OffboardingRequest = Immutable<z.output<typeof OffboardingRequestSchema>>;

/** Life of a case row. `scheduled` waits for `startsAt`. `filed`, `refused` and `cancelled` are final. */
export const CASE_STATES = ['scheduled', 'open', 'running', 'filed', 'refused', 'cancelled', 'failed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

const { trigger, requestedBy, requestedAt, reason, mode, lastDay, startsAt, dedupeKey } =
  OffboardingRequestSchema.shape;

/** What keeps a case on hold: more leavers than a firm usually has, or the switch that pauses the app. */
export const HELD_BY = ['mass-leaving', 'paused'] as const;
export type HeldBy = (typeof HELD_BY)[number];

/**
 * Whether the gateway refuses the leaver of a case that is carried out. `done`: read back from its list. `no-gateway`:
 * there is no list. `released`: somebody let them in again.
 */
export const CONTAINED = ['done', 'failed', 'no-gateway', 'released'] as const;
export type Contained = (typeof CONTAINED)[number];

/**
 * Why a filed case is read again. `vendor-away`: by itself, for what did not answer. `decision`, `answer`, `restore`,
 * `recheck`: a person asked. `follow-up`: its time has come. `reopened`: something of the leaver was seen to be alive.
 */
export const REVISION_CAUSES = [
  'vendor-away',
  'decision',
  'answer',
  'restore',
  'recheck',
  'follow-up',
  'reopened',
] as const;
export type RevisionCause = (typeof REVISION_CAUSES)[number];

/** The same for a reader, as the middle of a sentence. */
export const BECAUSE: Readonly<Record<RevisionCause, string>> = {
  'vendor-away': 'because a vendor had not answered',
  decision: 'because somebody decided about it',
  answer: 'because somebody answered a question on it',
  restore: 'because somebody had an action undone',
  recheck: 'because somebody asked for it',
  'follow-up': 'because its follow-up was due',
  reopened: 'because something of the leaver was seen to be alive',
};

export const CaseRowSchema = OffboardingRequestSchema.extend({
  caseId: CaseIdSchema,
  n: count,
  state: z.enum(CASE_STATES),
  /** The person as the directory named them when the case was opened; absent where it named nobody. */
  displayName: z.exactOptional(text),
  userPrincipalName: z.exactOptional(text),
  instanceId: text,
  openedAt: instant,
  filedAt: z.exactOptional(instant),
  outcome: z.exactOptional(text),
  /** Whether something acted as the leaver after the departure; no outcome says so. */
  incident: z.exactOptional(z.boolean()),
  /** Remedies of its newest report that wait for a decision; absent where none does, and in rows of before it was kept. */
  awaiting: z.exactOptional(count),
  /** Blob name of report.json in the evidence container. */
  report: z.exactOptional(text),
  /** Why the case was refused: a protected account. */
  refusal: z.exactOptional(text),
  /**
   * Further requests for the same person that were merged into this case. The mode is absent in rows of before it was
   * kept; `withdrawnAt`: whoever asked took it back.
   */
  merged: z.array(
    z.strictObject({
      ...{ trigger, requestedBy, requestedAt, reason, lastDay, startsAt, dedupeKey },
      ...{ mode: z.exactOptional(mode), withdrawnAt: z.exactOptional(instant) },
    }),
  ),
  /** The same of the request that opened it; and the day that this had named, where the case was moved since. */
  withdrawnAt: z.exactOptional(instant),
  firstDay: z.exactOptional(z.strictObject({ startsAt: instant, lastDay })),
  /** Who cancelled a scheduled case, when and why; on one that had begun before its day: who took the day back. */
  cancellation: z.exactOptional(text),
  /** Why an open case was not started. An operator's POST for the person starts it. */
  onHold: z.exactOptional(text),
  /** What keeps it on hold; absent in rows of before there was more than one brake. */
  heldBy: z.exactOptional(z.enum(HELD_BY)),
  /** Absent in a plan, and where nothing was tried yet. */
  contained: z.exactOptional(z.enum(CONTAINED)),
  /** Why the leaver is not contained. */
  containedWhy: z.exactOptional(text),
  /**
   * Counted up when the case is told to stop acting, so that an activity that was begun before does nothing any more;
   * absent while it is 0.
   */
  generation: z.exactOptional(count),
  /** Why it failed, in a sentence. */
  failure: z.exactOptional(text),
  /** Attempts that ended without a report, oldest first: the orchestration, when that was noticed, and why it ended. */
  attempts: z.exactOptional(z.array(z.strictObject({ instanceId: text, endedAt: instant, why: text }))),
  /** What people decided about its remedies, oldest first. */
  decisions: z.exactOptional(z.array(DecisionRefSchema)),
  /** What people had undone of it, oldest first. */
  restores: z.exactOptional(z.array(RestoreRefSchema)),
  /** When the next attempt begins; absent while one goes on. */
  attemptAt: z.exactOptional(instant),
  /** Reports that were filed before the newest one, oldest first, and with which attempt each was. */
  revisions: z.exactOptional(
    z.array(z.strictObject({ attempt: count, filedAt: instant, outcome: text, report: text })),
  ),
  /** Why its newest report, or the one that is being made, follows on another; absent in the first, and in rows of before it was kept. */
  because: z.exactOptional(z.enum(REVISION_CAUSES)),
  /** When a filed case is read again by itself, because a vendor did not answer. */
  readAgainAt: z.exactOptional(instant),
  /** Why it is not read again by itself any more. */
  notReadAgain: z.exactOptional(text),
  /** Readings of the filed case that are still to come, the next one first. */
  followUps: z.exactOptional(z.array(FollowUpSchema)),
  /** How its newest report differs from the one before. */
  compared: z.exactOptional(ComparedSchema),
  /** The newest call that passed the gateway although its leaver was contained. */
  passed: z.exactOptional(PassedCallSchema),
  /** When a sweep last reopened it. */
  sweptAt: z.exactOptional(instant),
  /** Instant of the soft deletion this case is about; a later one opens the next case. */
  deletedAt: z.exactOptional(instant),
  /** Instants at which the account was first seen to be back, and to be deleted for good. Either is told once. */
  restoredAt: z.exactOptional(instant),
  goneAt: z.exactOptional(instant),
});
export type CaseRow = Immutable<z.output<typeof CaseRowSchema>>;

/** Whether something of a case is still to come by itself, once its day has: its start, its end, or another reading. */
export function isUnfinished({ state, ...toCome }: Pick<CaseRow, 'state' | 'readAgainAt' | 'followUps'>): boolean {
  return state === 'open' || state === 'running' || (state === 'filed' && nextReadingAt(toCome) !== undefined);
}

/** Whether a case stands still until somebody says something: on hold, failed, or with remedies to be decided about. */
export function waitsForSomebody({
  state,
  mode,
  onHold,
  awaiting = 0,
}: Pick<CaseRow, 'state' | 'mode' | 'onHold' | 'awaiting'>): boolean {
  return (
    (state === 'open' && onHold !== undefined) ||
    state === 'failed' ||
    (state === 'filed' && mode === 'apply' && awaiting > 0)
  );
}

export function instanceIdOf(caseId: CaseId): string {
  return `case-${caseId}`;
}

/** The input of the orchestration `offboardLeaver`: everything that must not change while a case runs. */
export const OffboardLeaverInputSchema = z.strictObject({
  caseId: CaseIdSchema,
  row: CaseRowSchema,
  /** The person as intake read them; accounts elsewhere are resolved later, so `github` and `devops` are empty. */
  person: LeaverSchema,
  /** Generation of the denial that intake wrote; absent where it could write none, and in a plan. */
  denialGeneration: z.exactOptional(count),
  policy: CasePolicySchema,
});
export type OffboardLeaverInput = Immutable<z.output<typeof OffboardLeaverInputSchema>>;
