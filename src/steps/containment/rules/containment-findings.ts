import type { Finding } from '../../../cases/finding.ts';
import type { FindingId } from '../../../cases/ids.ts';
import { findingId } from '../../../cases/stable-id.ts';
import type { Leaver } from '../../../people/leaver.ts';

export type DenyOutcome =
  | { readonly kind: 'done'; readonly namedValue: string }
  | {
      readonly kind: 'already';
      readonly namedValue?: string;
      /** Who had contained the leaver before there was a case, since when and why. */
      readonly before?: { readonly since: string; readonly by: string; readonly why: string };
    }
  | { readonly kind: 'planned' }
  /** Denied by the case and released since, by whom and why. */
  | { readonly kind: 'released'; readonly by: string; readonly at: string; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

export type SessionsOutcome =
  | { readonly kind: 'done' | 'deleted' | 'planned' }
  | { readonly kind: 'failed'; readonly why: string };

type Who = Pick<Leaver, 'oid' | 'state' | 'displayName' | 'userType'>;

/** The id of the finding that says whether the gateway refuses somebody. */
export function denyListFindingId(gatewayId: string, oid: string): FindingId {
  return findingId('containment', 'gateway-deny-list', `${gatewayId}/${oid}`);
}

/** Whether the gateway refuses the leaver, whatever token they hold. */
export function denyListFinding(leaver: Who, gatewayId: string, outcome: DenyOutcome): Finding {
  const who = nameOf(leaver);
  const base = {
    id: denyListFindingId(gatewayId, leaver.oid),
    step: 'containment',
    kind: 'gateway-deny-list',
    resource: { system: 'gateway', type: 'namedValue', id: gatewayId },
  } as const;
  switch (outcome.kind) {
    case 'failed':
      return {
        ...base,
        title: `The gateway may still accept ${who}`,
        severity: 'critical',
        status: 'failed',
        reason:
          `The leaver could not be put on the deny list: ${outcome.why} Tokens that were already issued are accepted ` +
          `until they expire. The app tries again every minute; as long as it fails, add “${leaver.oid},” at the ` +
          'very end of the named value in the portal, without a blank: the gateway looks for the id between two commas.',
        evidence: { oid: leaver.oid },
      };
    case 'planned':
      return {
        ...base,
        title: `The gateway still accepts ${who}`,
        severity: 'high',
        status: 'planned',
        reason: 'This case is a plan. Carried out, it would put the object id on the deny list before anything else.',
        evidence: { oid: leaver.oid },
      };
    case 'released':
      return {
        ...base,
        title: `The gateway accepts ${who} again`,
        severity: 'medium',
        status: 'manual-action',
        reason: `The denial was released by ${outcome.by} at ${outcome.at}: ${outcome.why} If they leave after all, open another case.`,
        evidence: { oid: leaver.oid, released: true, releasedBy: outcome.by, releasedAt: outcome.at },
      };
    case 'done':
    case 'already':
      return {
        ...base,
        title: `The gateway refuses ${who}`,
        severity: 'info',
        status: outcome.kind === 'done' ? 'done' : 'nothing-to-do',
        reason:
          outcome.kind === 'done'
            ? 'The object id was put on the deny list, which is checked after the token and before any tool.'
            : alreadyInWords(outcome),
        evidence: {
          oid: leaver.oid,
          ...(outcome.namedValue === undefined ? {} : { namedValue: outcome.namedValue }),
        },
      };
    default:
      return outcome satisfies never;
  }
}

function alreadyInWords({ before }: Extract<DenyOutcome, { readonly kind: 'already' }>): string {
  if (before === undefined) return 'The object id was on the deny list before this case looked.';
  return `The leaver was contained since ${before.since} by ${before.by}, before the case was opened: ${before.why}`;
}

/** What is wrong with the list as a whole: it is nobody's own finding, and every case has to say it. */
export function tableFindings(
  gatewayId: string,
  faults: readonly { readonly code: string; readonly message: string }[],
): Finding[] {
  const blocked = faults.find(({ code }) => code === 'deny-list-blocked');
  if (blocked === undefined) return [];
  return [
    {
      id: findingId('containment', 'deny-list-blocked', gatewayId),
      step: 'containment',
      kind: 'deny-list-blocked',
      title: 'Nobody knows whether the gateway refuses everybody whom earlier cases denied',
      resource: { system: 'gateway', type: 'namedValue', id: gatewayId },
      severity: 'high',
      status: 'could-not-check',
      reason: `${blocked.message} The leaver of this case was put on the list all the same. Recover the table, or accept it.`,
      evidence: {},
    },
  ];
}

/** What became of sign-in sessions and refresh tokens. */
export function sessionsFinding(leaver: Who, outcome: SessionsOutcome): Finding {
  const who = nameOf(leaver);
  const base = {
    id: findingId('containment', 'sign-in-sessions', leaver.oid),
    step: 'containment',
    kind: 'sign-in-sessions',
    resource: { system: 'entra', type: 'user', id: leaver.oid },
    evidence: { accountState: leaver.state, userType: leaver.userType ?? null },
  } as const;
  switch (outcome.kind) {
    case 'failed':
      return {
        ...base,
        title: `The sign-in sessions of ${who} still stand`,
        severity: 'high',
        status: 'failed',
        reason: `They could not be revoked: ${outcome.why} Revoke them in the Entra portal, or disable the account.`,
      };
    case 'planned':
      return {
        ...base,
        title: `The sign-in sessions of ${who} still stand`,
        severity: 'medium',
        status: 'planned',
        reason: 'This case is a plan. Carried out, it would revoke refresh tokens and session cookies.',
      };
    case 'deleted':
      return {
        ...base,
        title: `Nobody can sign in as ${who}, whose account is deleted`,
        severity: 'info',
        status: 'nothing-to-do',
        reason: 'Nobody can sign in with a deleted account or renew a token, so that there are no sessions to revoke.',
      };
    case 'done':
      return {
        ...base,
        title: `The sign-in sessions of ${who} were revoked`,
        severity: 'info',
        status: 'done',
        reason:
          leaver.userType === 'Guest'
            ? 'For a guest this has no effect on the sessions of the home organisation; tell it that the person left.'
            : 'Refresh tokens and session cookies stop working within minutes.',
      };
    default:
      return outcome satisfies never;
  }
}

/** The id of the finding that says that the account of somebody is still enabled, or that nobody knows. */
export function accountFindingId(oid: string): FindingId {
  return findingId('containment', 'account-enabled', oid);
}

/** An account that is still enabled gives out new tokens, whatever was revoked. */
export function accountFinding(leaver: Who, hasGateway: boolean): Finding | undefined {
  if (leaver.state !== 'active' && leaver.state !== 'unreadable') return undefined;
  const base = {
    id: accountFindingId(leaver.oid),
    step: 'containment',
    kind: 'account-enabled',
    resource: { system: 'entra', type: 'user', id: leaver.oid },
    severity: 'high',
  } as const;
  if (leaver.state === 'unreadable') {
    return {
      ...base,
      title: `Nobody knows whether the account of ${nameOf(leaver)} is still enabled`,
      status: 'could-not-check',
      reason: 'Entra could not be asked. An enabled account gives out new tokens, whatever was revoked.',
      evidence: { accountState: leaver.state },
    };
  }
  return {
    ...base,
    title: `The account of ${nameOf(leaver)} is still enabled`,
    status: 'manual-action',
    reason:
      'Whoever knows the password, or holds a registered device, can sign in again and get new tokens. Disable or ' +
      `delete the account. ${hasGateway ? 'Until then only the gateway’s deny list can refuse the person.' : 'No gateway is there that could refuse the person.'}`,
    evidence: { accountState: leaver.state },
  };
}

function nameOf({ displayName, oid }: Who): string {
  return displayName ?? oid;
}
