import {
  accountWritten,
  isFirmsDomain,
  isOwnAddress,
  type WrittenAccount,
} from '../../../../people/names/account-name.ts';
import { accountSign, withoutNameOf } from '../../../../people/names/account-signs.ts';
import type { NamedPerson } from '../../../../people/names/whole-names.ts';
import { type MachineOwner, type MachineSign, machineOwner, signOfAccount, signOfName } from '../machine-owner.ts';

/** What an agent published about where it runs. */
export interface PublishedAgent {
  readonly name: string;
  readonly capabilities: Readonly<Record<string, string>>;
}

const ACCOUNTS = ['USER', 'USERNAME', 'LOGNAME'];
/** The home of the account itself, and the folder of the agent, which may lie in one. */
const OWN_HOMES = ['HOME', 'USERPROFILE'];
const HOMES = [...OWN_HOMES, 'Agent.HomeDirectory'];
const MACHINES = ['Agent.ComputerName', 'COMPUTERNAME', 'HOSTNAME'];
/** Where Windows says whose domain the account is of: by its DNS name, and by its NetBIOS name. */
const DOMAINS = ['USERDNSDOMAIN', 'USERDOMAIN'];

/** An account that the environment tells of, with what told it. */
interface ToldAccount extends WrittenAccount {
  readonly key: string;
  /** It may be a folder of somebody else's home. */
  readonly folder?: true;
}

/**
 * Whose machine an agent runs on. The service knows nobody as an agent's owner. Who registered it stands in the audit log
 * alone (`registrar`), for ninety days and where auditing is on; else the environment that it published has to tell. An account of a domain that is not known as the firm's is only called
 * like the leaver; one of the machine itself, or without a domain, is named by whoever set the machine up.
 */
export function attributeAgent(
  agent: PublishedAgent,
  leaver: NamedPerson,
  registrar: readonly MachineSign[] = [],
): MachineOwner {
  const capabilities = new Map(Object.entries(agent.capabilities).map(([key, value]) => [key.toLowerCase(), value]));
  const published = (key: string): string => capabilities.get(key.toLowerCase()) ?? '';
  const machines = new Set([...MACHINES.map((key) => published(key).toLowerCase()), 'workgroup', '.', '']);
  const accounts = ACCOUNTS.map((key) => ({ key, ...accountWritten(published(key)) }));
  const homes = HOMES.flatMap((key) => homeOwners(key, published(key), leaver, machines));
  const named = (text: string): string =>
    accounts.reduce((rest, { name }) => (name === '' ? rest : withoutNameOf(name, rest, leaver)), text);
  const isFirms = (domain: string): boolean => isFirmsDomain(domain, leaver);
  const isForeign = (domain: string): boolean => !machines.has(domain) && !isFirms(domain);
  const ofMachine = DOMAINS.map((key) => published(key).toLowerCase());
  const ofOwnHome = homes.filter(({ key }) => OWN_HOMES.includes(key));
  const told = [...accounts, ...ofOwnHome].flatMap(({ domain }) => domain ?? []).concat(ofMachine);
  const elsewhere = told.some(isFirms) ? undefined : told.find(isForeign);
  const foreign = ({ name, domain }: WrittenAccount): string | undefined => {
    if (domain === undefined) return elsewhere;
    return isOwnAddress(`${name}@${domain}`, leaver) || !isForeign(domain) ? undefined : domain;
  };
  return machineOwner([
    ...registrar,
    ...[...accounts, ...homes].flatMap((account) => signsOfTold(account, foreign(account), leaver)),
    ...signOfName(named(agent.name), 'its name', leaver),
    ...MACHINES.flatMap((key) => signOfName(named(published(key)), key, leaver)),
  ]);
}

function signsOfTold({ key, name, folder }: ToldAccount, foreign: string | undefined, leaver: NamedPerson) {
  const signs = signOfAccount(name, key, leaver, { foreign });
  return folder === true ? signs.map((sign) => ({ ...sign, kind: 'name' as const, strength: 'weak' as const })) : signs;
}

/**
 * Whose home a path lies in: `/home/ann/agent`, `/Users/ann`, `C:\Users\ann\agent`, `/var/home/ann`; and
 * `/home/corp.example/ann` or `/home/CORP/ann`, as SSSD and winbind lay out the homes of a domain. A folder below one
 * that nobody knows for a domain may be another person's folder, unless it is itself what the account has for its home.
 */
function homeOwners(
  key: string,
  path: string,
  leaver: NamedPerson,
  machines: ReadonlySet<string>,
): readonly ToldAccount[] {
  const below = /^(?:[a-z]:)?(?:[\\/](?:var|usr|export|mnt|nfs|data))?[\\/](?:home|users)[\\/]+(.*)$/i.exec(path)?.[1];
  const [owner = '', inside = '', further] = (below ?? '').split(/[\\/]+/).map((each) => each.trim());
  if (inside !== '' && isFirmsDomain(owner, leaver))
    return [{ key, ...accountWritten(inside), domain: owner.toLowerCase() }];
  const own = owner === '' ? [] : [profileOwner(owner, leaver, machines)].map((account) => ({ key, ...account }));
  if (inside === '') return own;
  if (accountSign(owner, leaver) !== undefined) return own;
  const folder = { key, ...accountWritten(inside), folder: true } as const;
  // With a dot in it the folder above is called like a domain; without one it may be any: `/home/staff/ann`.
  const domain = owner.includes('.') ? { domain: owner.toLowerCase() } : {};
  if (OWN_HOMES.includes(key) && (further === undefined || further === '')) return [...own, { ...domain, ...folder }];
  return owner.includes('.') ? [...own, folder] : own;
}

/**
 * The account of a profile folder. Where its name was taken, Windows adds the domain, the machine or a number to it:
 * `alex.moreau.CORP`, `alex.moreau.000`.
 */
function profileOwner(folder: string, leaver: NamedPerson, machines: ReadonlySet<string>): WrittenAccount {
  const written = accountWritten(folder);
  const [, name = '', added = ''] = /^(.+)\.([^.]+)$/.exec(written.name) ?? [];
  if (written.domain !== undefined || name === '') return written;
  if (/^\d{3}$/.test(added) || machines.has(added) || isFirmsDomain(added, leaver)) return { name };
  const isWhole = accountSign(written.name, leaver) !== undefined;
  return !isWhole && accountSign(name, leaver)?.strength === 'medium' ? { name, domain: added } : written;
}
