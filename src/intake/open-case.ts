import { type CaseRow, instanceIdOf, type OffboardingRequest, type OffboardLeaverInput } from '../cases/case.ts';
import type { CaseId } from '../cases/ids.ts';
import { staleFor } from '../cases/person-returned.ts';
import { type Config, casePolicy, isProtected, type PolicySettings } from '../config.ts';
import type { Person } from '../connectors/graph/users.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../connectors/result.ts';
import type { StoredCase } from '../connectors/storage/case-table.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { redactSecrets } from '../credentials/redact-secrets.ts';
import { OffboardingError } from '../errors.ts';
import { denyLeaver, wasDeniedBefore } from './deny-leaver.ts';
import { releaseRestored } from './release-restored.ts';
import { resolveSubject, type Subject } from './resolve-subject.ts';
import { CONFIRMED, confirmationOf, type SaidName, type WhatToSay } from './rules/confirm-person.ts';
import { decideIntake, type IntakeDecision, waitsForDirectory, whyNotALeaver } from './rules/decide-intake.ts';
import { mayStart, mergeRequest } from './rules/merge-request.ts';
import { notKnownYet } from './rules/not-known-yet.ts';
import { rateLimitOf } from './rules/rate-limit.ts';
import { asOfNow } from './rules/schedule.ts';

/** Starts the orchestration of a case. Starting one that runs already changes nothing. */
export type StartCase = (instanceId: string, input: OffboardLeaverInput) => Promise<void>;

export type OpenedCase =
  /** `onHold`: written and not started, by the rate limit; `row.onHold` says why. */
  | { readonly kind: 'opened' | 'on-hold' | 'merged' | 'duplicate' | 'refused'; readonly stored: StoredCase }
  | { readonly kind: 'not-a-leaver' | 'unknown-person'; readonly why: string }
  /** The id is no person's; or the person is not who the request says, or says too little of. Nothing was written. */
  | { readonly kind: 'not-a-person'; readonly why: string }
  | { readonly kind: 'not-confirmed'; readonly why: string; readonly say: WhatToSay }
  /** The directory could not be asked: nothing was written, and the trigger must be delivered again. */
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure };

/** What opening a case depends on. */
export type IntakeSettings = PolicySettings &
  Pick<Config, 'DISABLED_MEANS_LEFT_AFTER_DAYS' | 'MAX_CASES_PER_HOUR' | 'PROTECTED_OIDS' | 'REPLICATION_SECONDS'>;
/** What starting one depends on. */
type StartSettings = PolicySettings & Pick<Config, 'MAX_CASES_PER_HOUR' | 'REPLICATION_SECONDS'>;

const HOUR_MS = 3_600_000;
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
  const protectedAccount = isProtected(settings, told.oid);
  // Whom no case may touch is refused for that, whatever else the request says.
  const guarded = protectedAccount || told.requestedBy === told.oid;
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
    const facts = { request, person: person.value, rows, protectedAccount, acceptUnknown };
    const decision = decideIntake({ ...facts, disabledMeansLeft: meansLeft(settings) });
    if (decision.kind === 'not-a-leaver') await releaseDenied(vendors, request, person.value, rows, now());
    const done = await carryOut(vendors, settings, { request, person: person.value, decision, cases, start, now });
    if (done !== undefined) return done;
    cases = await vendors.storage.casesOf(request.oid);
  }
  throw new OffboardingError('storage-conflict', `${MAX_TRIES} others opened cases of ${request.oid} meanwhile.`);
}

/**
 * Starts a case that was written and never started, because the process died in between and the request was not
 * delivered again. Not for somebody who was restored since: whom it denied is let in.
 * @returns whether it was started; `unreadable` where the directory could not be asked
 */
export async function startOpenCase(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: PolicySettings & Pick<Config, 'DISABLED_MEANS_LEFT_AFTER_DAYS' | 'REPLICATION_SECONDS'>,
  row: CaseRow,
  start: StartCase,
  now: () => Date = () => new Date(),
): Promise<'started' | 'not-open' | 'unreadable'> {
  if (row.state !== 'open' || row.onHold !== undefined) return 'not-open';
  const subject = await resolveSubject(vendors, row.oid);
  if (subject.kind === 'not-a-person') return 'not-open';
  const person = whoever(row, subject);
  if (!person.ok) return 'unreadable';
  const over = await endedBefore(vendors, settings, row, person.value, now);
  if (over !== undefined) return over.kind === 'unreadable' ? 'unreadable' : 'not-open';
  if (whyNotALeaver(row, person.value, meansLeft(settings)) !== undefined) {
    await releaseRestored(vendors, row, person.value, now());
    return 'not-open';
  }
  await startRow(vendors, settings, row, person.value, start, now);
  return 'started';
}

function meansLeft({ DISABLED_MEANS_LEFT_AFTER_DAYS: days }: Pick<Config, 'DISABLED_MEANS_LEFT_AFTER_DAYS'>): boolean {
  return days > 0;
}

type NeverStarted =
  | Extract<OpenedCase, { readonly kind: 'unreadable' }>
  | { readonly kind: 'refused'; readonly stored: StoredCase };

/**
 * A case about a deletion that was never started, of somebody who was restored since: it is refused for good, and whom
 * it denied is let in, since no report will say that they are kept out. Undefined where it may be started.
 */
async function endedBefore(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  { REPLICATION_SECONDS }: Pick<Config, 'REPLICATION_SECONDS'>,
  row: CaseRow,
  person: Person,
  now: () => Date,
): Promise<NeverStarted | undefined> {
  const { caseId, oid, deletedAt } = row;
  const isThere = person.state === 'active' || person.state === 'disabled';
  if (row.mode !== 'apply' || row.state !== 'open' || deletedAt === undefined || !isThere) return undefined;
  const wait = staleFor(deletedAt, REPLICATION_SECONDS, now());
  if (wait > 0) return { kind: 'unreadable', failure: unknownYet(oid, wait) };
  const refusal = `The account was deleted (at ${deletedAt}) when the case was opened, and was restored before it was started.`;
  const stored = await vendors.storage.updateCase(caseId, (current) =>
    current.state === 'open' ? { ...current, state: 'refused', refusal } : undefined,
  );
  const denied = await vendors.storage.getDenied(oid);
  const ours = denied?.state === 'denied' && denied.caseId === caseId && !(await wasDeniedBefore(vendors, caseId));
  if (ours) await vendors.denied.release({ oid, caseId, at: now().toISOString(), by: 'entra', why: refusal });
  return { kind: 'refused', stored };
}

/** An event about somebody who works here again: who was denied for having been deleted is denied no longer. */
async function releaseDenied(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  { oid, trigger }: OffboardingRequest,
  person: Person,
  rows: readonly CaseRow[],
  now: Date,
): Promise<void> {
  if (trigger !== 'entra-event' || rows.length === 0) return;
  const denied = await vendors.storage.getDenied(oid);
  const about = rows.find(({ caseId }) => caseId === denied?.caseId);
  if (about !== undefined) await releaseRestored(vendors, about, person, now);
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

/** Nobody is cut off before the directory has said what the id is; a plan that a person asked for cuts nobody off. */
export function whoever(
  { oid, trigger, mode }: Pick<OffboardingRequest, 'oid' | 'trigger' | 'mode'>,
  subject: Exclude<Subject, { readonly kind: 'not-a-person' }>,
): VendorResult<Person> {
  if (subject.kind === 'person') return ok(subject.person);
  return mode === 'apply' || waitsForDirectory(trigger) ? failed(subject.failure) : ok({ oid, state: 'unreadable' });
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
  vendors: Pick<Vendors, 'denied' | 'storage'>,
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
      const stored = await write(vendors, row);
      return stored && { kind: 'refused', stored };
    }
    case 'merge': {
      await enterStart(vendors, decision.caseId, request, work.now());
      const merged = await vendors.storage.updateCase(decision.caseId, (row) => {
        const next = mergeRequest(row, request, person.deletedAt);
        if (!mayStart(next, request)) return next;
        // An operator asks for a case that the rate limit put on hold: that is the release.
        const { onHold: _, ...released } = next;
        return released;
      });
      return proceed(vendors, settings, work, merged, 'merged');
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
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: StartSettings,
  work: Work,
  decided: { readonly caseId: CaseId; readonly n: number },
): Promise<OpenedCase | undefined> {
  const { request, person, start, now } = work;
  const row = newRow(work, decided);
  // Entered before it is counted, so that of many at the same moment each sees the others.
  await vendors.storage.enterInIndex(row);
  const limit = settings.MAX_CASES_PER_HOUR;
  const onHold = rateLimitOf(request.trigger, await vendors.storage.countOpenedWithin(row, HOUR_MS, limit + 1), limit);
  await enterStart(vendors, row.caseId, request, now());
  const stored = await vendors.storage.createCase(onHold === undefined ? row : { ...row, onHold });
  if (stored === undefined) {
    await vendors.storage.removeFromIndex(row);
    return undefined;
  }
  // Nobody is contained before their day.
  if (row.state === 'scheduled') return { kind: onHold === undefined ? 'opened' : 'on-hold', stored };
  if (onHold !== undefined) return { kind: 'on-hold', stored };
  return { kind: 'opened', stored: await startRow(vendors, settings, row, person, start, now) };
}

/** The answer about a case that was there before; where nobody has started it yet, this does. */
async function proceed(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: StartSettings,
  { request, person, start, now }: Work,
  stored: StoredCase,
  kind: 'merged' | 'duplicate',
): Promise<OpenedCase> {
  if (stored.row.state === 'refused') return { kind: 'refused', stored };
  if (!mayStart(stored.row, request)) return { kind: stored.row.onHold === undefined ? kind : 'on-hold', stored };
  const over = await endedBefore(vendors, settings, stored.row, person, now);
  return over ?? { kind, stored: await startRow(vendors, settings, stored.row, person, start, now) };
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

async function write(vendors: Pick<Vendors, 'denied' | 'storage'>, row: CaseRow): Promise<StoredCase | undefined> {
  await vendors.storage.enterInIndex(row);
  const stored = await vendors.storage.createCase(row);
  if (stored === undefined) await vendors.storage.removeFromIndex(row);
  return stored;
}

/** Contains the leaver and starts the case of a row that is `open`. */
export async function startRow(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: PolicySettings,
  row: CaseRow,
  person: Person,
  start: StartCase,
  now: () => Date,
): Promise<StoredCase> {
  const { caseId, instanceId } = row;
  const generation = row.mode === 'apply' ? await denyFirst(vendors, row, now) : undefined;
  await start(instanceId, {
    caseId,
    row,
    person: { ...person, github: [], devops: [] },
    ...(generation === undefined ? {} : { denialGeneration: generation }),
    policy: casePolicy(settings),
  });
  // The orchestration may be done by now and have filed the row: only an open one becomes running.
  return vendors.storage.updateCase(caseId, (current) => {
    if (current.state !== 'open') return undefined;
    const { onHold: _, ...rest } = current;
    return { ...rest, state: 'running' };
  });
}

/**
 * Denies the leaver before anything is started, so that an engine that is down keeps nobody in. What fails here is done
 * by the case, and by the timer that projects the table.
 * @returns the generation of the row; undefined where there is none
 */
async function denyFirst(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  { caseId, oid }: Pick<CaseRow, 'caseId' | 'oid'>,
  now: () => Date,
): Promise<number | undefined> {
  try {
    return (await denyLeaver(vendors, { caseId, oid, at: now().toISOString() })).row.generation;
  } catch {
    return undefined;
  }
}

function unknownYet(oid: string, tryAgainAfterMs: number): VendorFailure {
  const message = `Graph knows nobody with the id ${oid} yet; after a change that takes up to minutes.`;
  return { kind: 'unavailable', tryAgainAfterMs, message };
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
