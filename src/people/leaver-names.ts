import type { Leaver } from './leaver.ts';

/**
 * The names under which a person logs in to machines: the local part of UPN and mail, and the GitHub login, without
 * the short code that managed accounts carry. Lower case.
 */
export function leaverNames(leaver: Pick<Leaver, 'userPrincipalName' | 'mail' | 'github'>): ReadonlySet<string> {
  const addresses = [leaver.userPrincipalName, leaver.mail].flatMap((address) => address?.split('@')[0] ?? []);
  const logins = leaver.github.flatMap(({ login }) => [login, login.replace(/_[a-z0-9]{3,8}$/i, '')]);
  return new Set([...addresses, ...logins].map((name) => name.toLowerCase()).filter((name) => name.length > 2));
}

/**
 * Whether something that people named freely is named after the person: `AMOREAU_TOKEN` and `laptop-amoreau` are
 * after amoreau, `amoreau-silva` is after somebody else.
 */
export function namesLeaver(text: string, names: ReadonlySet<string>): boolean {
  const lower = text.toLowerCase();
  return [...names].some((name) => {
    for (let at = lower.indexOf(name); at !== -1; at = lower.indexOf(name, at + 1)) {
      const before = lower.charAt(at - 1);
      const after = lower.charAt(at + name.length);
      if (!/[a-z0-9]/.test(before) && (after === '' || after === '_' || after === '.')) return true;
    }
    return false;
  });
}
