import type { OffboardingRequest } from '../../cases/case.ts';
import type { LeaverState } from '../../people/leaver.ts';

/**
 * Milliseconds for which an event about an unknown object id must wait, 0 where it need not. The directory answers from
 * replicas: somebody who was created a moment ago raises `UserUpdated` too, and may be unknown where we ask. Taking
 * them for gone would lock out a new colleague. An event that is older than the allowance, its id still unknown, is a
 * case, whose report says `incomplete`, since nothing more than an id is known of the person.
 */
export function notKnownYet(
  request: Pick<OffboardingRequest, 'trigger' | 'requestedAt'>,
  state: LeaverState,
  cases: number,
  now: Date,
  allowanceMs: number,
): number {
  if (request.trigger !== 'entra-event' || state !== 'gone' || cases > 0) return 0;
  return Math.max(0, Date.parse(request.requestedAt) + allowanceMs - now.getTime());
}
