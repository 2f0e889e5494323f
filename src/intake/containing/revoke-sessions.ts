import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Leaver } from '../../people/leaver.ts';

/** What became of somebody's sign-in sessions. */
export type SessionsRevoked =
  | { readonly kind: 'done'; readonly requestId?: string }
  /** There is no account any more, and so no session. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'failed'; readonly failure: VendorFailure };

/**
 * Ends the sign-in sessions and refresh tokens of an account. It cannot be undone, and need not be: who may, signs in
 * again.
 */
export async function revokeSessions(
  vendors: Pick<Vendors, 'graph'>,
  { oid, state }: Pick<Leaver, 'oid' | 'state'>,
): Promise<SessionsRevoked> {
  if (state === 'soft-deleted' || state === 'gone') return { kind: 'deleted' };
  const answer = await vendors.graph.revokeSignInSessions(oid);
  if (answer.ok) return { kind: 'done', ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }) };
  // Deleted since it was read.
  return answer.failure.kind === 'not-found' ? { kind: 'deleted' } : { kind: 'failed', failure: answer.failure };
}
