import type { OffboardingRequest } from '../../cases/case.ts';
import type { Leaver } from '../../people/leaver.ts';

/** Whether a request may cut this person off as far as it says who they are. */
export type Confirmation =
  | { readonly kind: 'confirmed' }
  /** Somebody who works here, as far as anybody knows: an id alone may be a slip of the hand. */
  | { readonly kind: 'needed'; readonly why: string }
  /** The request names two people. */
  | { readonly kind: 'contradicted'; readonly why: string };

export const CONFIRMED: Confirmation = { kind: 'confirmed' };

/**
 * An enabled account without a last day belongs to a colleague who works: to cut it, the request must say the UPN as
 * well. A last day that has passed, in Entra or by HR's word, is what confirms otherwise; an operator's own word on the
 * day does not, because it says nothing about who the id is. A UPN that is given must be right in every case.
 */
export function confirmationOf(
  request: Pick<OffboardingRequest, 'trigger' | 'mode' | 'lastDay' | 'requestedAt'>,
  person: Pick<Leaver, 'oid' | 'state' | 'userPrincipalName' | 'displayName' | 'leaveAt'>,
  userPrincipalName: string | undefined,
): Confirmation {
  const given = userPrincipalName?.trim().toLowerCase();
  if (given !== undefined && given !== person.userPrincipalName?.toLowerCase()) {
    // A plan of somebody who could not be read cuts nobody off.
    if (request.mode === 'plan' && person.state === 'unreadable') return CONFIRMED;
    return {
      kind: 'contradicted',
      why: `The user principal name in the request is not that of ${nameOf(person)}: it names somebody else, or nobody.`,
    };
  }
  const known =
    request.mode === 'plan' ||
    request.trigger === 'entra-event' ||
    request.trigger === 'sweep' ||
    person.state !== 'active' ||
    given !== undefined ||
    (request.trigger === 'hr-queue' && request.lastDay !== undefined) ||
    (person.leaveAt !== undefined && Date.parse(person.leaveAt) <= Date.parse(request.requestedAt));
  if (known) return CONFIRMED;
  return {
    kind: 'needed',
    why: `The account of ${nameOf(person)} is enabled, and Entra has no last day that has passed.`,
  };
}

function nameOf({ displayName, oid }: Pick<Leaver, 'oid' | 'displayName'>): string {
  return displayName === undefined ? oid : `${displayName} (${oid})`;
}
