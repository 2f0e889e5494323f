import type { OffboardingRequest } from '../../cases/case.ts';
import { staleFor } from '../../cases/denied/person-returned.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { redactSecrets } from '../../credentials/redact-secrets.ts';
import { OffboardingError } from '../../errors.ts';
import { noteReturn } from '../containing/note-return.ts';
import { carryOut } from '../deciding/carry-out.ts';
import { protectionFor } from '../person/protection.ts';
import { type Asked, readAsked, type SaidOfPerson } from '../person/read-asked.ts';
import { decideIntake } from '../rules/decide-intake.ts';
import { asOfNow } from '../rules/schedule.ts';
import type { IntakeSettings, OpenedCase } from './opened-case.ts';
import { endedBefore, meansLeft, type StartCase, unknownYet } from './start-row.ts';

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
  said: OffboardingRequest,
  start: StartCase,
  now: () => Date = () => new Date(),
  about: SaidOfPerson = {},
): Promise<OpenedCase> {
  // Free text of people and other systems; the row keeps it, and the report shows it.
  const told = {
    ...asOfNow(said, now()),
    reason: redactSecrets(said.reason),
    requestedBy: redactSecrets(said.requestedBy),
  };
  const asked = await readAsked(vendors, settings, told, about, now());
  if ('kind' in asked) return asked;
  const { request, person } = asked;
  const protection = protectionFor(told.mode, asked.protection);
  const facts = {
    request,
    person,
    acceptUnknown: about.acceptUnknown === true,
    disabledMeansLeft: meansLeft(settings),
    ...(protection.kind === 'protected' && { protectedBecause: protection.why }),
  };
  let { cases } = asked;
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const decision = decideIntake({ ...facts, rows: cases.map(({ row }) => row) });
    if (decision.kind === 'not-a-leaver' && request.trigger === 'entra-event')
      return thereAgain(vendors, settings, asked, cases, decision.why, now);
    const done = await carryOut(vendors, settings, { ...asked, decision, cases, start, now });
    if (done !== undefined) return done;
    cases = await vendors.storage.casesOf(request.oid);
  }
  throw new OffboardingError('storage-conflict', `${MAX_TRIES} others opened cases of ${request.oid} meanwhile.`);
}

/** What Entra says of somebody who is there: their cases keep it, and what was never started ends here, on hold too. */
async function thereAgain(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: IntakeSettings,
  { request: { oid }, person }: Asked,
  cases: readonly StoredCase[],
  why: string,
  now: () => Date,
): Promise<OpenedCase> {
  const rows = cases.map(({ row }) => row);
  const late = Math.max(0, ...rows.map((row) => staleFor(row.deletedAt, settings.REPLICATION_SECONDS, now())));
  if (late > 0) return { kind: 'unreadable', failure: unknownYet(oid, late) };
  for (const row of rows) await endedBefore(vendors, settings, row, person, now);
  return { kind: 'not-a-leaver', why, restored: await noteReturn(vendors, person, rows, now()) };
}
