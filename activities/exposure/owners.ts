import type { SsoCredential } from '../../src/connectors/github/credentials/credentials.ts';
import { ownersOf, type ProvedAccount } from '../../src/sweep/find-orphans.ts';

/** Whose a login or a number is, among the accounts that are proved to be somebody’s. */
export interface Owners {
  readonly ofId: (id: number) => ProvedAccount | undefined;
  readonly ofLogin: (login: string) => ProvedAccount | undefined;
  /** Every credential that single sign-on lists, with the number of its owner where that is known. */
  readonly listed: readonly (SsoCredential & { readonly organisation: string; readonly ownerId?: number })[];
}

/** Whose what is, by what was proved and by everybody who was seen. */
export function ownersAmong(
  proved: readonly ProvedAccount[],
  everybody: readonly Pick<ProvedAccount, 'id' | 'login'>[],
  sso: readonly Omit<Owners['listed'][number], 'ownerId'>[],
): Owners {
  const oidOf = ownersOf(proved, { seen: everybody });
  const byId = new Map(proved.map((account) => [account.id, account]));
  const numbers = Map.groupBy([...proved, ...everybody], ({ login }) => login.toLowerCase());
  const ofId = (id: number): ProvedAccount | undefined => {
    const oid = oidOf({ accountId: id });
    const account = byId.get(id);
    return oid === undefined || account === undefined ? undefined : { ...account, oid };
  };
  const ofLogin = (login: string): ProvedAccount | undefined => {
    const oid = oidOf({ login });
    const id = numbers.get(login.toLowerCase())?.[0]?.id;
    return oid === undefined || id === undefined ? undefined : { id, login, oid };
  };
  const listed = sso.map((each) => {
    const ownerId = ofLogin(each.login)?.id;
    return { ...each, ...(ownerId === undefined ? {} : { ownerId }) };
  });
  return { ofId, ofLogin, listed };
}

/** The mark of a credential that single sign-on lists. */
export function ssoMark(organisation: string, credentialId: number): string {
  return `sso ${organisation.toLowerCase()}/${credentialId}`;
}
