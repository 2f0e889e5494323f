import type { CaseRow, OffboardingRequest, OffboardLeaverInput } from '../../cases/case.ts';
import { staleFor } from '../../cases/denied/person-returned.ts';
import { instant } from '../../cases/words/wording.ts';
import { casePolicy, type PolicySettings } from '../../config/config-cases.ts';
import type { Config } from '../../config.ts';
import type { Person } from '../../connectors/graph/people/person-of-user.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../connectors/result.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { enqueueMessages } from '../../outbox/enqueue.ts';
import type { OutboxSettings } from '../../outbox/listening.ts';
import { containFirst } from '../containing/contain-first.ts';
import { releaseRestored } from '../containing/release-restored.ts';
import { askProtection, type KnownProtection, type ProtectionSettings, protectionFor } from '../person/protection.ts';
import { resolveSubject, type Subject } from '../person/resolve-subject.ts';
import { waitsForDirectory, whyNotALeaver } from '../rules/decide-intake.ts';
import { datedWord, wordsAt } from '../rules/words.ts';
import { keepBegun } from './begun-with.ts';
import { paused, released, whichHold } from './hold-case.ts';
import { refuseRow, refuseStart } from './refuse-start.ts';

/** Starts the orchestration of a case. Starting one that runs already changes nothing. */
export type StartCase = (instanceId: string, input: OffboardLeaverInput) => Promise<void>;

/** What starting one depends on that was left open. */
export type StartedLater = PolicySettings &
  OutboxSettings &
  ProtectionSettings &
  Pick<Config, 'DISABLED_MEANS_LEFT_AFTER_DAYS' | 'REPLICATION_SECONDS'>;
/**
 * Starts a case that was written and never started, because the process died in between and the request was not
 * delivered again. Not for somebody who was restored or put under protection since: the case is refused, and whom it
 * denied is let in.
 * @returns whether it was started; `unreadable` where the directory could not be asked
 */
export async function startOpenCase(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: StartedLater,
  row: CaseRow,
  start: StartCase,
  now: () => Date = () => new Date(),
): Promise<'started' | 'not-open' | 'unreadable'> {
  if (row.state !== 'open' || row.onHold !== undefined) return 'not-open';
  const subject = await resolveSubject(vendors, row.oid);
  if (subject.kind === 'not-a-person') {
    await refuseStart(vendors, settings, row, { why: subject.why, by: 'entra' }, now);
    return 'not-open';
  }
  const person = whoever(row, subject);
  if (!person.ok) return 'unreadable';
  const over = await endedBefore(vendors, settings, row, person.value, now);
  if (over !== undefined) return over.kind === 'unreadable' ? 'unreadable' : 'not-open';
  const words = wordsAt(row, now());
  const why = words.map((asked) => whyNotALeaver(asked, person.value, meansLeft(settings)));
  if (why.every((each) => each !== undefined)) {
    // A replica may not have heard yet of what the case was opened for.
    if (staleFor(row.deletedAt ?? row.openedAt, settings.REPLICATION_SECONDS, now()) > 0) return 'unreadable';
    const refusal = `No reason for the case was left when it was to be started: ${why[0] ?? 'nobody asks for it now.'}`;
    // A day that somebody named, and that is yet to come, starts it then.
    if (datedWord(row) === undefined)
      await refuseRow(vendors, settings, row, { why: refusal, at: now().toISOString() });
    await releaseRestored(vendors, row, person.value, now());
    return 'not-open';
  }
  const protection = await askProtection(vendors, settings, person.value);
  const guarded = await protectedBefore(vendors, settings, row, protection, now);
  if (guarded !== undefined) return guarded.kind === 'unreadable' ? 'unreadable' : 'not-open';
  const started = await startRow(vendors, settings, row, person.value, start, now);
  return started.row.onHold === undefined && started.row.state !== 'refused' ? 'started' : 'not-open';
}

/** Contains the leaver and starts the case of a row that is `open`; not of one that somebody refused meanwhile. */
export async function startRow(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: PolicySettings & OutboxSettings,
  row: CaseRow,
  person: Person,
  start: StartCase,
  now: () => Date,
): Promise<StoredCase> {
  const { caseId, instanceId } = row;
  const { generation, stored } = await containFirst(vendors, settings, row, now);
  const current = stored ?? (await vendors.storage.getCase(caseId));
  if (current !== undefined && current.row.state !== 'open') return current;
  const held = await paused(vendors);
  if (held !== undefined) {
    const { hold, since } = held;
    const revision = await whichHold(vendors, caseId, since);
    await enqueueMessages(vendors, settings, { row, moments: ['on-hold'], at: now().toISOString(), revision });
    return vendors.storage.updateCase(caseId, (current) =>
      current.state === 'open' ? { ...current, ...hold } : current,
    );
  }
  const begun = {
    person: { ...person, github: [], devops: [] },
    ...(generation === undefined ? {} : { denialGeneration: generation }),
  };
  await keepBegun(vendors, caseId, begun);
  await start(instanceId, { caseId, row, ...begun, policy: casePolicy(settings) });
  await enqueueMessages(vendors, settings, { row, moments: ['started'], at: now().toISOString() });
  // The orchestration may be done by now and have filed the row: only an open one becomes running.
  return vendors.storage.updateCase(caseId, (current) => {
    if (current.state !== 'open') return undefined;
    return { ...released(current), state: 'running' };
  });
}

/** The directory does not know the id, and may in a moment. */
export function unknownYet(oid: string, tryAgainAfterMs: number): VendorFailure {
  const message = `Graph knows nobody with the id ${oid} yet; after a change that takes up to minutes.`;
  return { kind: 'unavailable', tryAgainAfterMs, message };
}

/** What had begun by then says itself what became of the deletion. */
function withoutDeletion(row: CaseRow): CaseRow {
  if (row.state !== 'open') return row;
  const { deletedAt: _, ...rest } = row;
  return rest;
}

type NeverStarted =
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure }
  | { readonly kind: 'refused'; readonly stored: StoredCase };

/**
 * A case about a deletion that was never started, of somebody who was restored since: it is refused for good, and whom
 * it denied is let in, since no report will say that they are kept out. Where HR or an operator named them before they
 * were deleted, that word holds, and it is about no deletion any more. Undefined where it may be started.
 */
export async function endedBefore(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: OutboxSettings & Pick<Config, 'REPLICATION_SECONDS'>,
  row: CaseRow,
  person: Person,
  now: () => Date,
): Promise<NeverStarted | undefined> {
  const { oid, deletedAt } = row;
  const isThere = person.state === 'active' || person.state === 'disabled';
  if (row.mode !== 'apply' || row.state !== 'open' || deletedAt === undefined || !isThere) return undefined;
  const wait = staleFor(deletedAt, settings.REPLICATION_SECONDS, now());
  if (wait > 0) return { kind: 'unreadable', failure: unknownYet(oid, wait) };
  // Who was named while the account was there; what is said of a deleted one may rest on that alone.
  const wasNamed = wordsAt(row, now()).some(
    (asked) => Date.parse(asked.requestedAt) < Date.parse(deletedAt) && whyNotALeaver(asked, person) === undefined,
  );
  if (wasNamed) {
    await vendors.storage.updateCase(row.caseId, withoutDeletion);
    return undefined;
  }
  const why = `The account was deleted (at ${instant(deletedAt)}) when the case was opened, and was restored before it was started.`;
  return { kind: 'refused', stored: (await refuseStart(vendors, settings, row, { why, by: 'entra' }, now)).stored };
}

/**
 * A case that was never started, of somebody who must not be cut off by now, is refused for good. Undefined where it may
 * be started. Ask it before anybody is contained by a case that was written earlier.
 */
export async function protectedBefore(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: OutboxSettings,
  row: CaseRow,
  known: KnownProtection,
  now: () => Date,
): Promise<NeverStarted | undefined> {
  const protection = protectionFor(row.mode, known);
  if (protection.kind === 'free') return undefined;
  if (protection.kind === 'unreadable') return protection;
  const refusal = { why: protection.why, by: 'settings' } as const;
  const { stored } = await refuseStart(vendors, settings, row, refusal, now);
  return { kind: 'refused', stored };
}

/** Nobody is cut off before the directory has said what the id is; a plan that a person asked for cuts nobody off. */
export function whoever(
  { oid, trigger, mode }: Pick<OffboardingRequest, 'oid' | 'trigger' | 'mode'>,
  subject: Exclude<Subject, { readonly kind: 'not-a-person' }>,
): VendorResult<Person> {
  if (subject.kind === 'person') return ok(subject.person);
  return mode === 'apply' || waitsForDirectory(trigger) ? failed(subject.failure) : ok({ oid, state: 'unreadable' });
}

/** Whether an account that has been disabled for long means that its person has left. */
export function meansLeft({
  DISABLED_MEANS_LEFT_AFTER_DAYS: days,
}: Pick<Config, 'DISABLED_MEANS_LEFT_AFTER_DAYS'>): boolean {
  return days > 0;
}
