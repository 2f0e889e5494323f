import { type CaseRow, instanceIdOf, type OffboardingRequest } from '../cases/case.ts';
import type { CaseId } from '../cases/ids.ts';
import { staleFor } from '../cases/person-returned.ts';
import type { Config, PolicySettings } from '../config.ts';
import type { Person } from '../connectors/graph/users.ts';
import type { VendorFailure } from '../connectors/result.ts';
import type { StoredCase } from '../connectors/storage/case-table.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { redactSecrets } from '../credentials/redact-secrets.ts';
import { OffboardingError } from '../errors.ts';
import { enqueueMessages } from '../outbox/enqueue.ts';
import type { OutboxSettings } from '../outbox/listening.ts';
import { containFirst } from './contain-first.ts';
import { type HoldSettings, massLeaving, released } from './hold-case.ts';
import { noteReturn } from './note-return.ts';
import { type ProtectionSettings, protectionOf } from './protection.ts';
import { resolveSubject } from './resolve-subject.ts';
import { CONFIRMED, confirmationOf, type SaidName, type WhatToSay } from './rules/confirm-person.ts';
import { decideIntake, type IntakeDecision, whyNotALeaver } from './rules/decide-intake.ts';
import { mayStart, mergeRequest } from './rules/merge-request.ts';
import { notKnownYet } from './rules/not-known-yet.ts';
import { asOfNow } from './rules/schedule.ts';
import { endedBefore, meansLeft, protectedBefore, type StartCase, startRow, unknownYet, whoever } from './start-row.ts';

export type OpenedCase =
  /** `onHold`: written, its leaver contained, and not started; `row.onHold` says why. */
  | { readonly kind: 'opened' | 'on-hold' | 'merged' | 'duplicate' | 'refused'; readonly stored: StoredCase }
  /** `restored`: their cases of which nobody knew so far that the person is back. */
  | { readonly kind: 'not-a-leaver'; readonly why: string; readonly restored?: readonly CaseRow[] }
  | { readonly kind: 'unknown-person'; readonly why: string }
  /** The id is no person's; or the person is not who the request says, or says too little of. Nothing was written. */
  | { readonly kind: 'not-a-person'; readonly why: string }
  | { readonly kind: 'not-confirmed'; readonly why: string; readonly say: WhatToSay }
  /** The directory could not be asked: nothing was written, and the trigger must be delivered again. */
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure };

/** What opening a case depends on. */
export type IntakeSettings = PolicySettings &
  HoldSettings &
  OutboxSettings &
  ProtectionSettings &
  Pick<Config, 'DISABLED_MEANS_LEFT_AFTER_DAYS' | 'REPLICATION_SECONDS'>;
/** What starting one depends on. */
type StartSettings = PolicySettings &
  HoldSettings &
  OutboxSettings &
  ProtectionSettings &
  Pick<Config, 'REPLICATION_SECONDS'>;

/** Other triggers for the same person at the same moment; each round of the race has one winner. */
const MAX_TRIES = 10;

/**
 * Turns a request into a case, merges it into the one there is, or refuses it. One for a day to come becomes a case that
 * is `scheduled`, or moves it, and nobody is cut off by it; `startScheduled` starts it then.
 *
 * Safe against crashes and repeats: the row is written first (`open`), then the orchestration is started, then the
 * row says `running`. The next delivery of the request finds the open row and starts it. Two triggers at the same
 * moment compete for the row's key; the loser decides again with the winner's row before it, and merges.
 */
export async function openCase(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: IntakeSettings,
  asked: OffboardingRequest,
  start: StartCase,
  now: () => Date = () => new Date(),
  { acceptUnknown = false, confirmUserPrincipalName, foundByName }: SaidOfPerson = {},
): Promise<OpenedCase> {
  // Free text of people and other systems; the row keeps it, and the report shows it.
  const told = {
    ...asOfNow(asked, now()),
    reason: redactSecrets(asked.reason),
    requestedBy: redactSecrets(asked.requestedBy),
  };
  const [subject, stored] = await Promise.all([resolveSubject(vendors, told.oid), vendors.storage.casesOf(told.oid)]);
  if (subject.kind === 'not-a-person') return subject;
  const person = whoever(told, subject);
  if (!person.ok) return { kind: 'unreadable', failure: person.failure };
  const allowance = settings.REPLICATION_SECONDS * 1_000;
  const wait = notKnownYet(told, person.value.state, stored.length, now(), allowance);
  if (wait > 0) return { kind: 'unreadable', failure: unknownYet(told.oid, wait) };
  // Somebody of whom no case would be opened is not asked about.
  const isLeaver = whyNotALeaver(told, person.value, meansLeft(settings)) === undefined;
  const protection = isLeaver ? await protectionOf(vendors, settings, told, person.value) : { kind: 'free' as const };
  if (protection.kind === 'unreadable') return protection;
  // Whom no case may touch is refused for that, whatever else the request says.
  const guarded = protection.kind === 'protected' || told.requestedBy === told.oid;
  const said: SaidName = {
    ...(confirmUserPrincipalName === undefined ? {} : { userPrincipalName: confirmUserPrincipalName }),
    ...(foundByName === undefined ? {} : { foundByName }),
  };
  const confirmation = guarded ? CONFIRMED : confirmationOf(told, person.value, said);
  if (confirmation.kind === 'contradicted' || (confirmation.kind === 'needed' && told.trigger === 'api'))
    return { kind: 'not-confirmed', why: confirmation.why, say: confirmation.say };
  // Nobody can be asked back: the report says what would be cut, and why it was not.
  const request: OffboardingRequest =
    confirmation.kind === 'needed'
      ? { ...told, mode: 'plan', reason: `${told.reason} Opened as a plan: ${confirmation.why}` }
      : told;
  let cases = stored;
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const rows = cases.map(({ row }) => row);
    const facts = {
      request,
      person: person.value,
      rows,
      acceptUnknown,
      ...(protection.kind === 'protected' && { protectedBecause: protection.why }),
    };
    const decision = decideIntake({ ...facts, disabledMeansLeft: meansLeft(settings) });
    if (decision.kind === 'not-a-leaver' && request.trigger === 'entra-event') {
      const late = Math.max(0, ...rows.map((row) => staleFor(row.deletedAt, settings.REPLICATION_SECONDS, now())));
      if (late > 0) return { kind: 'unreadable', failure: unknownYet(request.oid, late) };
      // What was never started ends here, also where the rate limit held it.
      for (const row of rows) await endedBefore(vendors, settings, row, person.value, now);
      return { ...decision, restored: await noteReturn(vendors, person.value, rows, now()) };
    }
    const done = await carryOut(vendors, settings, { request, person: person.value, decision, cases, start, now });
    if (done !== undefined) return done;
    cases = await vendors.storage.casesOf(request.oid);
  }
  throw new OffboardingError('storage-conflict', `${MAX_TRIES} others opened cases of ${request.oid} meanwhile.`);
}

/** What the requester says of the person beside the id. */
export interface SaidOfPerson {
  /** That the directory knows nobody of this id any more. */
  readonly acceptUnknown?: boolean;
  /** Whose id it is. */
  readonly confirmUserPrincipalName?: string;
  /** Set where they were found by a name that the requester gave. */
  readonly foundByName?: SaidName['foundByName'];
}

interface Work {
  readonly request: OffboardingRequest;
  readonly person: Person;
  readonly decision: IntakeDecision;
  readonly cases: readonly StoredCase[];
  readonly start: StartCase;
  readonly now: () => Date;
}

/** Undefined where somebody else was faster and the decision must be made anew. */
async function carryOut(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: StartSettings,
  work: Work,
): Promise<OpenedCase | undefined> {
  const { request, person, decision, cases } = work;
  switch (decision.kind) {
    case 'not-a-leaver':
    case 'unknown-person':
      return decision;
    case 'open':
      return open(vendors, settings, work, decision);
    case 'refuse': {
      const row: CaseRow = { ...newRow(work, decision), state: 'refused', refusal: decision.refusal };
      const stored = await write(vendors, settings, row);
      return stored && { kind: 'refused', stored };
    }
    case 'merge': {
      await enterStart(vendors, decision.caseId, request, work.now());
      const seen = cases.find(({ row }) => row.caseId === decision.caseId)?.row.state;
      let changed = false;
      const merged = await vendors.storage.updateCase(decision.caseId, (row) => {
        changed = row.state !== seen;
        // What began, ended or was taken off meanwhile is decided about anew: this request may need a case of its own.
        if (changed) return undefined;
        const next = mergeRequest(row, request, person.deletedAt);
        if (!mayStart(next, request)) return next;
        // An operator asks for a case that is on hold: that is the release.
        return released(next);
      });
      return changed ? undefined : proceed(vendors, settings, work, merged, 'merged');
    }
    case 'duplicate': {
      const repeated = cases.find(({ row }) => row.caseId === decision.caseId);
      return repeated && proceed(vendors, settings, work, repeated, 'duplicate');
    }
    default:
      return decision satisfies never;
  }
}

async function open(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: StartSettings,
  work: Work,
  decided: { readonly caseId: CaseId; readonly n: number },
): Promise<OpenedCase | undefined> {
  const { request, person, start, now } = work;
  const row = newRow(work, decided);
  // Entered before it is counted, so that of many at the same moment each sees the others.
  await vendors.storage.enterInIndex(row);
  const hold = await massLeaving(vendors, settings, row);
  if (hold !== undefined) await enqueueMessages(vendors, settings, { row, moments: ['on-hold'], at: row.openedAt });
  if (row.mode === 'apply' && work.cases.some(({ row: earlier }) => hasCutBefore(earlier)))
    await enqueueMessages(vendors, settings, { row, moments: ['reopened'], at: row.openedAt });
  await enterStart(vendors, row.caseId, request, now());
  const stored = await vendors.storage.createCase({ ...row, ...hold });
  if (stored === undefined) {
    await vendors.storage.removeFromIndex(row);
    return undefined;
  }
  // Nobody is contained before their day.
  if (row.state === 'scheduled') return { kind: hold === undefined ? 'opened' : 'on-hold', stored };
  if (hold !== undefined)
    return { kind: 'on-hold', stored: (await containFirst(vendors, settings, row, now)).stored ?? stored };
  return asStarted('opened', await startRow(vendors, settings, row, person, start, now));
}

/** The answer about a case that was there before; where nobody has started it yet, this does. */
async function proceed(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: StartSettings,
  { request, person, start, now }: Work,
  stored: StoredCase,
  kind: 'merged' | 'duplicate',
): Promise<OpenedCase> {
  if (stored.row.state === 'refused') return { kind: 'refused', stored };
  const { row } = stored;
  if (!mayStart(row, request)) {
    if (row.onHold === undefined) return { kind, stored };
    // Nobody is contained before their day.
    if (row.state === 'scheduled' || row.contained === 'done') return { kind: 'on-hold', stored };
    // Whoever put it on hold may have died before the leaver was contained.
    const guarded = await protectedBefore(vendors, settings, row, person, now);
    if (guarded !== undefined) return guarded;
    return { kind: 'on-hold', stored: (await containFirst(vendors, settings, row, now)).stored ?? stored };
  }
  const over =
    (await endedBefore(vendors, settings, row, person, now)) ??
    (await protectedBefore(vendors, settings, row, person, now));
  // Somebody else has started it meanwhile.
  if (over?.kind === 'refused' && over.stored.row.state !== 'refused') return { kind, stored: over.stored };
  return over ?? asStarted(kind, await startRow(vendors, settings, row, person, start, now));
}

function asStarted(kind: 'opened' | 'merged' | 'duplicate', stored: StoredCase): OpenedCase {
  return { kind: stored.row.onHold === undefined ? kind : 'on-hold', stored };
}

/** Before the row: an entry that leads nowhere is taken away later, a row without one would wait for ever. */
async function enterStart(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  { startsAt }: Pick<OffboardingRequest, 'startsAt'>,
  now: Date,
): Promise<void> {
  if (startsAt !== undefined) await vendors.storage.enterDueStart({ caseId, startsAt }, now);
}

async function write(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: OutboxSettings,
  row: CaseRow,
): Promise<StoredCase | undefined> {
  await vendors.storage.enterInIndex(row);
  await enqueueMessages(vendors, settings, { row, moments: ['refused'], at: row.openedAt });
  const stored = await vendors.storage.createCase(row);
  if (stored === undefined) await vendors.storage.removeFromIndex(row);
  return stored;
}

/** Whether another case of the same person opens anew what was over. */
function hasCutBefore({ mode, state }: CaseRow): boolean {
  return mode === 'apply' && (state === 'filed' || state === 'failed');
}

function newRow(
  { request, person, now }: Work,
  { caseId, n }: { readonly caseId: CaseId; readonly n: number },
): CaseRow {
  const waits = request.startsAt !== undefined;
  return {
    ...request,
    caseId,
    n,
    state: waits ? 'scheduled' : 'open',
    instanceId: instanceIdOf(caseId),
    openedAt: now().toISOString(),
    merged: [],
    // What a case that waits is about is read when it starts.
    ...(person.deletedAt === undefined || waits ? {} : { deletedAt: person.deletedAt }),
  };
}
