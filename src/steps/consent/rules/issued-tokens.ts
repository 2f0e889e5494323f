import type { Finding } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import { lasting } from '../../../cases/words/wording.ts';
import type { Leaver } from '../../../people/leaver.ts';
import { accountFindingId } from '../../containment/rules/containment-findings.ts';

const MINUTE = 60_000;
const REFUSED =
  'Only the gateway’s deny list can refuse them (see containment); an API that is reached around the gateway does not.';
const NOBODY_REFUSES =
  'No gateway is there that could refuse them: whatever takes tokens of this application accepts them.';

interface TokensOfGateway {
  readonly gatewayAppId: string;
  readonly lifetimeMinutes: number;
  /** Whether there is a gateway that can refuse them. */
  readonly isRefusable: boolean;
}

/**
 * Access tokens that were issued before the account was closed. Nothing in Entra takes them back: an API of one's
 * own is not told of revocations, and accepts a token until it expires (60 to 90 minutes by default). Undefined
 * where the last one has expired by now. While the account gives out new ones they end at no known time.
 */
export function issuedTokens(
  leaver: Pick<Leaver, 'oid' | 'state' | 'deletedAt' | 'displayName'>,
  { gatewayAppId, lifetimeMinutes, isRefusable }: TokensOfGateway,
  now: Date,
): Finding | undefined {
  const lastIssue = lastIssueOf(leaver, now);
  if (lastIssue === undefined) return undefined;
  const until = new Date(lastIssue + lifetimeMinutes * MINUTE);
  if (until.getTime() <= now.getTime()) return undefined;
  const who = leaver.displayName ?? leaver.oid;
  return {
    id: findingId('consent', 'issued-tokens', `${gatewayAppId}/${leaver.oid}`),
    step: 'consent',
    kind: 'issued-tokens',
    title: `Access tokens that ${who} already holds stay valid until they expire`,
    resource: { system: 'entra', type: 'accessToken', id: leaver.oid },
    severity: 'medium',
    status: 'nothing-to-do',
    reason: `Revoking consent and sessions stops new tokens, not those already issued. ${isRefusable ? REFUSED : NOBODY_REFUSES}`,
    evidence: { lifetimeMinutes },
    ...(leaver.state === 'active' || leaver.state === 'unreadable'
      ? { closedWith: accountFindingId(leaver.oid) }
      : {
          residual: {
            until: until.toISOString(),
            why: `An access token issued at the last possible moment lives up to ${lasting(lifetimeMinutes)}.`,
          },
        }),
  };
}

/** Milliseconds since the epoch of the last moment at which Entra can have issued a token. */
function lastIssueOf({ state, deletedAt }: Pick<Leaver, 'state' | 'deletedAt'>, now: Date): number | undefined {
  switch (state) {
    case 'active':
    case 'disabled':
    case 'unreadable':
      return now.getTime();
    case 'soft-deleted': {
      const deleted = deletedAt === undefined ? Number.NaN : Date.parse(deletedAt);
      return Number.isNaN(deleted) ? now.getTime() : Math.min(deleted, now.getTime());
    }
    case 'gone':
      return undefined;
    default:
      return state satisfies never;
  }
}
