import type { OffboardingRequest } from '../../cases/case.ts';
import { instant } from '../../cases/words/wording.ts';
import type { Leaver } from '../../people/leaver.ts';
import type { Oid } from '../../people/oid.ts';

/** Whether a request may cut this person off as far as it says who they are. */
export type Confirmation =
  | { readonly kind: 'confirmed' }
  /** Somebody who works here, as far as anybody knows: an id alone may be a slip of the hand. */
  | { readonly kind: 'needed'; readonly why: string; readonly say: WhatToSay }
  /** The request names two people. */
  | { readonly kind: 'contradicted'; readonly why: string; readonly say: WhatToSay };

/** The member of a request that has to be sent, or to be another one. */
export type WhatToSay = 'oid' | 'confirmUserPrincipalName' | 'lastDay';

/** What a request says of the person beside their object id. */
export interface SaidName {
  /** Whose id it is. */
  readonly userPrincipalName?: string;
  /** Set where the id was found by a name that the request gave: who else had that name, by memory. */
  readonly foundByName?: { readonly formerHolders: readonly Oid[] };
}

export const CONFIRMED: Confirmation = { kind: 'confirmed' };

/**
 * An enabled account without a last day belongs to a colleague who works: to cut it, the request must say the UPN as
 * well. A last day that has passed, in Entra or by HR's word, is what confirms otherwise; an operator's own word on the
 * day does not, because it says nothing about who the id is. A UPN that is given must be right in every case.
 *
 * Names are given to others again. So one name confirms no other: who is named by one, and is there, is named by the
 * object id before anything is cut. And nobody left before their account was made: such a last day is a predecessor's.
 */
export function confirmationOf(
  request: Pick<OffboardingRequest, 'trigger' | 'mode' | 'lastDay' | 'requestedAt'>,
  person: Pick<Leaver, 'oid' | 'state' | 'userPrincipalName' | 'displayName' | 'leaveAt' | 'createdAt'>,
  { userPrincipalName, foundByName }: SaidName = {},
): Confirmation {
  const given = userPrincipalName?.trim().toLowerCase();
  if (given !== undefined && given !== person.userPrincipalName?.toLowerCase()) {
    // A plan of somebody who could not be read cuts nobody off.
    if (request.mode === 'plan' && person.state === 'unreadable') return CONFIRMED;
    return {
      kind: 'contradicted',
      say: 'confirmUserPrincipalName',
      why: `The user principal name in the request is not that of ${nameOf(person)}: it names somebody else, or nobody.`,
    };
  }
  const { createdAt } = person;
  if (request.lastDay !== undefined && isBeforeMade(`${request.lastDay}T00:00:00Z`, createdAt)) {
    return {
      kind: 'contradicted',
      say: 'lastDay',
      why: `The last day in the request (${request.lastDay}) is before the account of ${nameOf(person)} was made (${instant(createdAt ?? '')}): it is somebody else’s, perhaps of one who had the name before, or the account was made anew for the same person.`,
    };
  }
  if (request.mode === 'plan' || request.trigger === 'entra-event') return CONFIRMED;
  const { state, leaveAt } = person;
  const hasLeft =
    leaveAt !== undefined &&
    Date.parse(leaveAt) <= Date.parse(request.requestedAt) &&
    !isBeforeMade(leaveAt, createdAt);
  const isThere = state === 'active' || state === 'disabled';
  if (foundByName !== undefined && ((isThere && !hasLeft) || foundByName.formerHolders.length > 0)) {
    return { kind: 'needed', say: 'oid', why: whyNotByName(person, foundByName.formerHolders) };
  }
  const known =
    state !== 'active' ||
    hasLeft ||
    given !== undefined ||
    (request.trigger === 'hr-queue' && request.lastDay !== undefined);
  if (known) return CONFIRMED;
  const early = leaveAt !== undefined && isBeforeMade(leaveAt, createdAt);
  return {
    kind: 'needed',
    say: 'confirmUserPrincipalName',
    why: early
      ? `The account of ${nameOf(person)} is enabled, and its last day in Entra (${instant(leaveAt)}) is before it was made (${instant(createdAt ?? '')}).`
      : `The account of ${nameOf(person)} is enabled, and Entra has no last day that has passed.`,
  };
}

/** A day ends 36 hours after its midnight in UTC at the latest, in the zone that is furthest behind. */
const DAY_ENDS_MS = 36 * 3_600_000;

function isBeforeMade(day: string, createdAt: string | undefined): boolean {
  return createdAt !== undefined && Date.parse(day) + DAY_ENDS_MS < Date.parse(createdAt);
}

function whyNotByName(
  person: Pick<Leaver, 'oid' | 'displayName' | 'createdAt'>,
  formerHolders: readonly Oid[],
): string {
  const made = person.createdAt === undefined ? '' : `, whose account was made at ${instant(person.createdAt)}`;
  const others = formerHolders.length === 0 ? '' : ` It was ${formerHolders.join(' and ')} who had it before.`;
  return `The name is that of ${nameOf(person)}${made}. A name says who has it now, and it may have been another’s.${others}`;
}

function nameOf({ displayName, oid }: Pick<Leaver, 'oid' | 'displayName'>): string {
  return displayName === undefined ? oid : `${displayName} (${oid})`;
}
