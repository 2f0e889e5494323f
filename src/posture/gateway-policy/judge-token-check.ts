import type { TokenCheck } from './token-check.ts';

/** Whose tokens the gateway takes. */
export interface Expected {
  readonly tenantId: string;
  readonly audiences: readonly string[];
  /** A setting names the audiences: another one is wrong, not unknown. */
  readonly audiencesAreAll: boolean;
}

/** Why a check of a token is not the one that is wanted. */
export type CheckFault = 'check-other-issuer' | 'check-other-audience' | 'check-weak';

/** What a check is worth; `unclear` with what the app cannot judge of it. */
export type CheckWorth =
  | { readonly is: 'right' }
  | { readonly is: 'wrong'; readonly reason: CheckFault; readonly says: string }
  | { readonly is: 'unclear'; readonly says: string };

/** Where Entra issues tokens, in the clouds of Microsoft. */
const AUTHORITIES = ['login.microsoftonline.com', 'login.microsoftonline.us', 'login.partner.microsoftonline.cn'];
const OLD_AUTHORITIES = ['sts.windows.net', 'sts.chinacloudapi.cn'];
/** Tenants that are none: the keys are the same, and tokens of every tenant are signed with them. */
const ANY_TENANT: readonly (string | undefined)[] = ['common', 'organizations', 'consumers'];
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a check lets in tokens of this tenant for the gateway alone. */
export function worthOfCheck(check: TokenCheck, expected: Expected): CheckWorth {
  const faults = [weakness(check), issuerOf(check, expected), audienceOf(check, expected)];
  const wrong = faults.find((each) => each?.is === 'wrong');
  if (wrong !== undefined) return wrong;
  if (check.token !== 'authorization') {
    return unclear(`The token comes from ${check.token}, and not from the header Authorization.`);
  }
  if (check.unread.length > 0) return unclear(`What ${check.unread.join(', ')} says is not written in the policy.`);
  return faults.find((each) => each?.is === 'unclear') ?? { is: 'right' };
}

function weakness({ weak }: TokenCheck): CheckWorth | undefined {
  const says = weak.map((each) => WEAK[each]).join(' ');
  return weak.length === 0 ? undefined : { is: 'wrong', reason: 'check-weak', says };
}

const WEAK: Readonly<Record<TokenCheck['weak'][number], string>> = {
  unsigned: 'It takes tokens without a signature.',
  unlimited: 'It takes tokens that never expire, or that expired long ago.',
  'own-keys': 'It takes tokens that are signed with keys from the policy, and not with Entra’s.',
};

function issuerOf(check: TokenCheck, { tenantId }: Expected): CheckWorth | undefined {
  const { element, tenants, issuers, configurations, unread } = check;
  if (element === 'validate-azure-ad-token') {
    const others = tenants.map((each) => each.toLowerCase()).filter((each) => each !== tenantId);
    const other = others.find((each) => GUID.test(each) || ANY_TENANT.includes(each));
    if (other !== undefined) return otherIssuer(other);
    return others.length > 0 ? unclear(`Which tenant ${others[0]} is, the policy does not say.`) : undefined;
  }
  const foreign = [
    ...issuers.filter((each) => tenantIn(each) !== tenantId),
    ...configurations.filter((each) => tenantIn(each) !== tenantId && !isOfAnyTenant(each)),
  ];
  if (foreign[0] !== undefined) return otherIssuer(foreign[0]);
  const any = configurations.find(isOfAnyTenant);
  if (issuers.length === 0 && unread.length === 0) {
    if (any !== undefined) return otherIssuer(any);
    return configurations.length === 0 ? otherIssuer('nobody') : undefined;
  }
  // Not verified: whether the issuer of such a configuration counts beside those that are named.
  if (any !== undefined) return unclear(`The keys come from ${any}, which is of no one tenant.`);
  return configurations.length === 0 ? unclear('Where the keys come from is not written in the policy.') : undefined;
}

/** The tenant of an issuer or of a configuration; undefined where it is none of Entra’s. */
function tenantIn(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname } = new URL(url);
  const [, tenant = '', ...rest] = pathname.toLowerCase().split('/');
  const ours = AUTHORITIES.includes(host) || (OLD_AUTHORITIES.includes(host) && rest.join('') === '');
  return protocol === 'https:' && ours ? tenant : undefined;
}

function isOfAnyTenant(url: string): boolean {
  return ANY_TENANT.includes(tenantIn(url));
}

function otherIssuer(who: string): CheckWorth {
  return {
    is: 'wrong',
    reason: 'check-other-issuer',
    says: `It takes tokens of ${who}, and not of this tenant alone.`,
  };
}

function audienceOf({ element, audiences, unread }: TokenCheck, expected: Expected): CheckWorth | undefined {
  const wanted = expected.audiences.map((each) => each.toLowerCase());
  const other = audiences.find((each) => !wanted.includes(each.toLowerCase()));
  if (other !== undefined && expected.audiencesAreAll) {
    return otherAudience(`It takes tokens for ${other}, which GATEWAY_AUDIENCES does not name.`);
  }
  if (other !== undefined) return unclear(`It takes tokens for ${other}, and GATEWAY_AUDIENCES is not set.`);
  if (audiences.length > 0 || unread.length > 0) return undefined;
  // Not verified: what Entra’s own check takes then.
  if (element === 'validate-azure-ad-token') return unclear('It names no audience.');
  return otherAudience('It takes tokens for anything: no audience is named.');
}

function otherAudience(says: string): CheckWorth {
  return { is: 'wrong', reason: 'check-other-audience', says };
}

function unclear(says: string): CheckWorth {
  return { is: 'unclear', says };
}
