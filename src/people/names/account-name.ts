import { addressesOf, type Leaver } from '../leaver.ts';

/** An account as a machine or an issuer writes it, taken apart. Both in lower case. */
export interface WrittenAccount {
  readonly name: string;
  /** The domain that it was written with, by its NetBIOS or its DNS name; absent where there was none. */
  readonly domain?: string;
}

/** What of a person tells which domains are their firm's. */
export type OfFirm = Pick<Leaver, 'userPrincipalName' | 'mail' | 'otherAddresses' | 'onPremises' | 'userType'>;

/** `CORP\ann`, `ann@corp.example`, `live.com#ann@mail.example` (a guest with an account of Microsoft's) and `ann`. */
export function accountWritten(account: string): WrittenAccount {
  const written = account
    .trim()
    .toLowerCase()
    .replace(/^[^#@\\]*#(?=[^#]*@)/, '');
  const behind = written.lastIndexOf('\\');
  const name = written.slice(behind + 1);
  const [local = '', ...suffix] = name.split('@');
  const domain = suffix.length > 0 ? suffix.join('@') : written.slice(0, Math.max(behind, 0));
  // `.\ann` is an account of the machine itself.
  return { name: local, ...(domain === '' || domain === '.' ? {} : { domain }) };
}

/** Whether somebody wrote one of the person's own addresses, which are theirs whatever their domain. */
export function isOwnAddress(account: string, person: OfFirm): boolean {
  return addressesOf(person).includes(account.trim().toLowerCase());
}

/**
 * Whether a domain is the firm's: that of the principal name, of a member's mail and of the directory on premises, what
 * lies below one of them, and the first label of each, which is what Windows calls the domain unless somebody chose
 * otherwise. A guest's mail is of the guest's own firm. `AzureAD` stands on every machine that is joined to Entra.
 * A firm may have domains that none of this tells: what is not known here is not proved to be another's.
 */
export function isFirmsDomain(domain: string, person: OfFirm): boolean {
  const wanted = domain.toLowerCase().replace(/\.$/, '');
  const known = domainsOfFirm(person);
  return (
    wanted === 'azuread' ||
    known.some((each) => wanted === each || wanted.endsWith(`.${each}`) || wanted === each.split('.')[0])
  );
}

function domainsOfFirm({ userPrincipalName, mail, onPremises, userType }: OfFirm): string[] {
  const written = [userPrincipalName, userType === 'Guest' ? undefined : mail];
  const domains = [...written.map((address) => address?.split('@').at(-1)), onPremises?.domain];
  return domains.flatMap((each) => (each === undefined || each === '' ? [] : [each.toLowerCase()]));
}
