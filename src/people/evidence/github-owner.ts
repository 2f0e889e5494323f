import type { GitHubAccount } from '../leaver.ts';

/** Who holds a GitHub name today, as GitHub answered. */
export type NameHolder =
  | { readonly state: 'held'; readonly id: number; readonly login: string }
  /** 404: anybody can register it, unless GitHub hides whose it is. */
  | { readonly state: 'unclaimed' }
  /** GitHub could not be asked, or the name is not one that anybody can register. */
  | { readonly state: 'unknown' };

/** A repository as GitHub answered about it; `unknown`: none that the app can see. */
export type SeenRepository =
  | { readonly state: 'seen'; readonly ownerId: number; readonly ownerLogin: string; readonly isPublic: boolean }
  | { readonly state: 'unknown' };

/** What is known of the owners that names stand for, on one GitHub installation. */
export interface GitHubOwners {
  /** The firm's organisations, and others that it trusts, by login; with the id where the firm or GitHub told it. */
  readonly firm: readonly { readonly login: string; readonly id?: number }[];
  /** By login in lower case; a name that is missing was not asked. */
  readonly names: ReadonlyMap<string, NameHolder>;
  /** By `owner/name` in lower case, or by numeric id. */
  readonly repositories: ReadonlyMap<string, SeenRepository>;
}

/** The logins of an account, today's first; the others are names that anybody may have taken, or may take. */
export function loginsOf({ login, formerLogins = [] }: GitHubAccount): readonly string[] {
  return [login, ...formerLogins.map((former) => former.login)];
}

/** How a name of somebody is written: by login, by numeric id in decimal digits, or by both. */
export interface WrittenName {
  readonly login?: string;
  readonly id?: string;
}

/** Whose a written name is. `unasked` names a login about which GitHub gave no answer. */
export type Whose =
  | { readonly who: 'firm' }
  | { readonly who: 'leaver'; readonly account: GitHubAccount; readonly by: 'id' | 'login' | 'former-login' }
  /** The leaver's login, now or before, that somebody else holds or that goes with another id. */
  | { readonly who: 'recycled'; readonly account: GitHubAccount; readonly id: string }
  | { readonly who: 'unclaimed' }
  | { readonly who: 'somebody'; readonly id?: string }
  | { readonly who: 'unasked' };

/**
 * Whose name it is. The numeric id decides wherever there is one, in the text or by GitHub's answer, because a login
 * can change hands; what GitHub does not know any more is the leaver's where the leaver had it, and else nobody's, the
 * firm's own names among them.
 */
export function whoseName({ login, id }: WrittenName, owners: GitHubOwners, accounts: readonly GitHubAccount[]): Whose {
  const holder = login === undefined ? undefined : owners.names.get(login.toLowerCase());
  const known = id ?? (holder?.state === 'held' ? String(holder.id) : undefined);
  const byName = login === undefined ? undefined : namedAccount(login, accounts);
  if (known !== undefined) {
    const own = accounts.find((account) => String(account.id) === known);
    if (own !== undefined) return { who: 'leaver', account: own, by: 'id' };
    if (owners.firm.some((firm) => firm.id !== undefined && String(firm.id) === known)) return { who: 'firm' };
    if (byName !== undefined) return { who: 'recycled', account: byName.account, id: known };
    // The firm's own name beside an id that GitHub did not confirm: the login is what a token carries.
    const unconfirmed =
      holder?.state !== 'unclaimed' && owners.firm.some((firm) => firm.id === undefined && isLogin(login, firm.login));
    return unconfirmed ? { who: 'firm' } : { who: 'somebody', id: known };
  }
  if (byName !== undefined) return { who: 'leaver', account: byName.account, by: byName.by };
  // Before the firm's own: a name that the firm has given up, or trusted once, is anybody's who registers it.
  if (holder?.state === 'unclaimed') return { who: 'unclaimed' };
  if (owners.firm.some((firm) => isLogin(login, firm.login))) return { who: 'firm' };
  return { who: 'unasked' };
}

function namedAccount(
  login: string,
  accounts: readonly GitHubAccount[],
): { readonly account: GitHubAccount; readonly by: 'login' | 'former-login' } | undefined {
  const current = accounts.find((account) => sameLogin(login, account.login));
  if (current !== undefined) return { account: current, by: 'login' };
  const former = accounts.find(({ formerLogins = [] }) => formerLogins.some((each) => sameLogin(login, each.login)));
  return former === undefined ? undefined : { account: former, by: 'former-login' };
}

/** GitHub logins have no case. */
export function sameLogin(left: string | undefined, right: string): boolean {
  return left !== undefined && left.toLowerCase() === right.toLowerCase();
}

/**
 * The same, where equality clears somebody: letters beyond ASCII fold to ASCII ones (`K` to `k`), and no login has any.
 */
function isLogin(text: string | undefined, login: string): boolean {
  return text !== undefined && /^[\w.-]+$/.test(text) && sameLogin(text, login);
}

/** Names that somebody can register: letters, digits and single hyphens inside, 39 at most. Managed ones have `_`. */
export function canBeRegistered(login: string): boolean {
  return login.length <= 39 && /^[a-z\d]+(?:-[a-z\d]+)*$/i.test(login);
}
