import type { OffboardingRequest } from '../../cases/case.ts';
import type { Person } from '../../connectors/graph/people/person-of-user.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { CONFIRMED, confirmationOf, type SaidName } from '../rules/confirm-person.ts';
import { whyNotALeaver } from '../rules/decide-intake.ts';
import { notKnownYet } from '../rules/not-known-yet.ts';
import type { IntakeSettings, NoCase } from '../starting/opened-case.ts';
import { meansLeft, unknownYet, whoever } from '../starting/start-row.ts';
import { askProtection, type KnownProtection, protectionFor } from './protection.ts';
import { resolveSubject } from './resolve-subject.ts';

/** What the requester says of the person beside the id. */
export interface SaidOfPerson {
  /** That the directory knows nobody of this id any more. */
  readonly acceptUnknown?: boolean;
  /** Whose id it is. */
  readonly confirmUserPrincipalName?: string;
  /** Set where they were found by a name that the requester gave. */
  readonly foundByName?: SaidName['foundByName'];
}

/** A request with all that is read before anything is decided. */
export interface Asked {
  /** As a plan where nobody confirmed who is meant. */
  readonly request: OffboardingRequest;
  readonly person: Person;
  readonly protection: KnownProtection;
  readonly cases: readonly StoredCase[];
}

/**
 * Reads who is meant, whether a case may touch them, whether they are who the request says, and which cases they have.
 * Each is asked once: a redelivery waits for the directory no longer than the first delivery did.
 */
export async function readAsked(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: IntakeSettings,
  request: OffboardingRequest,
  { confirmUserPrincipalName, foundByName }: SaidOfPerson,
  now: Date,
): Promise<Asked | NoCase> {
  const { oid, trigger, mode, reason } = request;
  const [subject, cases] = await Promise.all([resolveSubject(vendors, oid), vendors.storage.casesOf(oid)]);
  if (subject.kind === 'not-a-person') return subject;
  const found = whoever(request, subject);
  if (!found.ok) return { kind: 'unreadable', failure: found.failure };
  const person = found.value;
  const wait = notKnownYet(request, person.state, cases.length, now, settings.REPLICATION_SECONDS * 1_000);
  if (wait > 0) return { kind: 'unreadable', failure: unknownYet(oid, wait) };
  // Somebody of whom no case would be opened is not asked about.
  const isLeaver = whyNotALeaver(request, person, meansLeft(settings)) === undefined;
  const protection = isLeaver ? await askProtection(vendors, settings, person) : { kind: 'free' as const };
  const about = protectionFor(mode, protection);
  if (about.kind === 'unreadable') return about;
  // Whom no case may touch is refused for that, whatever else the request says.
  const guarded = about.kind === 'protected' || request.requestedBy === oid;
  const said: SaidName = {
    ...(confirmUserPrincipalName === undefined ? {} : { userPrincipalName: confirmUserPrincipalName }),
    ...(foundByName === undefined ? {} : { foundByName }),
  };
  const confirmation = guarded ? CONFIRMED : confirmationOf(request, person, said);
  if (confirmation.kind === 'confirmed') return { request, person, protection, cases };
  if (confirmation.kind === 'contradicted' || trigger === 'api')
    return { kind: 'not-confirmed', why: confirmation.why, say: confirmation.say };
  // Nobody can be asked back: the report says what would be cut, and why it was not.
  const asPlan = { ...request, mode: 'plan', reason: `${reason} Opened as a plan: ${confirmation.why}` } as const;
  return { request: asPlan, person, protection, cases };
}
