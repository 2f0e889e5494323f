import type { Finding } from '../../../cases/finding.ts';
import type { CaseId } from '../../../cases/ids.ts';
import { findingId } from '../../../cases/stable-id.ts';
import { counted, lasting } from '../../../cases/words/wording.ts';
import type { Oid } from '../../../people/oid.ts';
import { remedyOf } from '../../define-remedy.ts';
import { denyIdentity } from '../remedies/deny-identity.ts';
import { TRUST_LINGERS_MINUTES } from './trust-lingers.ts';

/** A pipeline identity of which this case cuts a trust by itself, and what else uses it. */
export interface IdentityUse {
  readonly oid: Oid;
  readonly name: string;
  /** Whose credentials they are, as `keyOfParent` has it. */
  readonly parent: string;
  /** Whose tokens are exchanged for its own, where no trust of its own is cut, and how long those can be had. */
  readonly through?: { readonly name: string; readonly credential: string; readonly minutes: number };
  /** The credentials that are cut. */
  readonly cut: readonly string[];
  /** The credentials that stay: others sign in by them. */
  readonly otherTrusts: readonly string[];
  /** App roles on the gateway; `not-read` where nobody knows. */
  readonly roles: number | 'not-read';
  /** Calls of MCP tools in the time that the audit reads; the log does not say which workload made them. */
  readonly calls: number | 'not-read';
  /** Days of which the log proves nothing, where calls are `not-read` for it. */
  readonly unprovenDays?: number;
  /** Whether the firm named it in PROTECTED_OIDS: this app does not cut it off by itself. */
  readonly isProtected: boolean;
  /** Whether there is a gateway that could refuse it. */
  readonly isRefusable: boolean;
  /** How long a token of it lives at most. */
  readonly tokenMinutes: number;
}

export const IDENTITY_TOKENS = 'identity-tokens';

const STEP = 'federated-credentials';
const MINUTE = 60_000;

/**
 * The tokens that live on when a trust is cut: nothing takes them back, and only the gateway can refuse them. Refusing is
 * safe only where nothing else uses the identity, as far as all three were read; otherwise a person decides, and until
 * then the tokens are access that ends at a known time.
 */
export function identityTokens(caseId: CaseId, use: IdentityUse, now: Date): Finding {
  const { oid, name, parent, through, cut, otherTrusts, roles, calls, isRefusable, tokenMinutes } = use;
  const users = usersOf(use);
  const id = findingId(STEP, IDENTITY_TOKENS, oid);
  const minutes = (through?.minutes ?? TRUST_LINGERS_MINUTES) + tokenMinutes;
  const call = { kind: 'deny-identity', caseId, oid, name, minutes, expected: { oid } } as const;
  const alone = isRefusable && users.length === 0;
  const remedy = remedyOf(denyIdentity, id, call, undefined, { risk: alone ? 'safe' : 'disruptive' });
  const live =
    through !== undefined
      ? `Whoever signed in as ${through.name} before the leaver’s trust there is cut can sign in as ${name} by ${through.credential} for up to ${lasting(through.minutes)}, and then keeps a token for up to ${lasting(tokenMinutes)}.`
      : `Whoever signed in as ${name} by ${cut.join(' or ')} before ${cut.length === 1 ? 'it is' : 'they are'} removed keeps a token for up to ${lasting(tokenMinutes)}.`;
  return {
    id,
    step: STEP,
    kind: IDENTITY_TOKENS,
    title: `Tokens of ${name} live on when the trust in the leaver is cut`,
    resource: { system: 'entra', type: 'servicePrincipal', id: oid, name },
    severity: 'medium',
    ...whatBecomes(live, alone, isRefusable, users),
    evidence: {
      parent,
      cut,
      ...(through === undefined ? {} : { through: through.name }),
      otherTrusts,
      roles: roles === 'not-read' ? null : roles,
      calls: calls === 'not-read' ? null : calls,
      tokenMinutes,
    },
    ...(isRefusable ? { remedy } : {}),
    ...(alone
      ? {}
      : {
          residual: {
            until: new Date(now.getTime() + minutes * MINUTE).toISOString(),
            why:
              through === undefined
                ? `Entra may honour the trust for ${lasting(TRUST_LINGERS_MINUTES)} more, and a token then lives up to ${lasting(tokenMinutes)}, unless the gateway refuses the identity.`
                : `A token that was had by one of ${through.name} lives up to ${lasting(minutes)} from the cut, unless the gateway refuses the identity.`,
          },
        }),
  };
}

function whatBecomes(
  live: string,
  alone: boolean,
  isRefusable: boolean,
  users: readonly string[],
): Pick<Finding, 'status' | 'reason'> {
  if (!isRefusable)
    return { status: 'nothing-to-do', reason: `${live} No gateway is there that could refuse the identity.` };
  if (alone) {
    const reason = `${live} Nothing else uses the identity, so that the gateway refuses it until they have ended.`;
    return { status: 'planned', reason };
  }
  const reason = `${live} To refuse the identity at the gateway would stop what else uses it, or may: ${users.join('; ')}.`;
  return { status: 'awaiting-decision', reason };
}

function usersOf({ otherTrusts, roles, calls, unprovenDays, isProtected }: IdentityUse): string[] {
  return [
    ...(isProtected ? ['what PROTECTED_OIDS names it for'] : []),
    ...(otherTrusts.length === 0 ? [] : [`sign-in by ${otherTrusts.join(', ')}`]),
    ...(roles === 0
      ? []
      : [
          roles === 'not-read'
            ? 'app roles on the gateway that could not be read'
            : `${counted(roles, 'app role', 'app roles')} on the gateway`,
        ]),
    ...(calls === 0
      ? []
      : [
          calls === 'not-read'
            ? unprovenDays === undefined
              ? 'calls that could not be read'
              : `calls on ${counted(unprovenDays, 'day', 'days')} of which the log proves nothing: no row from anybody, or rows that name nobody`
            : `${counted(calls, 'call', 'calls')} of MCP tools in the last 90 days`,
        ]),
  ];
}
