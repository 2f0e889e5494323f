import { type NamedPerson, withoutNameOf } from '../../../../people/machine-names.ts';
import { type MachineOwner, machineOwner, signOfAccount, signOfName } from '../machine-owner.ts';

/** What an agent published about where it runs. */
export interface PublishedAgent {
  readonly name: string;
  readonly capabilities: Readonly<Record<string, string>>;
}

const ACCOUNTS = ['USER', 'USERNAME', 'LOGNAME'];
const HOMES = ['HOME', 'USERPROFILE', 'Agent.HomeDirectory'];
const MACHINES = ['Agent.ComputerName', 'COMPUTERNAME', 'HOSTNAME'];

/**
 * Whose machine an agent runs on. The service knows nobody as an agent's owner (whoever registered it is not kept),
 * so the environment that it published has to tell.
 */
export function attributeAgent(agent: PublishedAgent, leaver: NamedPerson): MachineOwner {
  const capabilities = new Map(Object.entries(agent.capabilities).map(([key, value]) => [key.toLowerCase(), value]));
  const published = (key: string): string => capabilities.get(key.toLowerCase()) ?? '';
  const domains = domainsOf(leaver);
  const accounts = ACCOUNTS.map((key) => accountName(published(key), domains)).filter((account) => account !== '');
  const named = (text: string): string =>
    accounts.reduce((rest, account) => withoutNameOf(account, rest, leaver), text);
  return machineOwner([
    ...ACCOUNTS.flatMap((key) => signOfAccount(accountName(published(key), domains), key, leaver)),
    ...HOMES.flatMap((key) =>
      homeOwners(published(key), domains).flatMap((owner) => signOfAccount(accountName(owner, domains), key, leaver)),
    ),
    ...HOMES.flatMap((key) =>
      underDottedName(published(key)).flatMap((owner) =>
        signOfAccount(accountName(owner, domains), key, leaver).map((sign) => ({ ...sign, strength: 'weak' as const })),
      ),
    ),
    ...signOfName(named(agent.name), 'its name', leaver),
    ...MACHINES.flatMap((key) => signOfName(named(published(key)), key, leaver)),
  ]);
}

/** `CORP\alex.moreau`, `alex.moreau@corp.example` and the profile `alex.moreau.CORP` are `alex.moreau`. */
function accountName(account: string, domains: readonly string[]): string {
  const name = (account.split('\\').at(-1) ?? '').split('@')[0]?.toLowerCase() ?? '';
  const suffix = [...domains.map((domain) => `.${domain.split('.')[0]}`), '.000'].find((each) => name.endsWith(each));
  return suffix === undefined ? name : name.slice(0, -suffix.length);
}

/**
 * Whose home a path lies in: `/home/ann/agent`, `/Users/ann`, `C:\Users\ann\agent`; and `/home/corp.example/ann`, as
 * SSSD and winbind lay out the homes of a domain.
 */
function homeOwners(path: string, domains: readonly string[]): string[] {
  const [, owner = '', inside] = /^(?:[a-z]:)?[\\/](?:home|users)[\\/]([^\\/]+)(?:[\\/]([^\\/]+))?/i.exec(path) ?? [];
  const isDomain = domains.some((domain) => [domain, domain.split('.')[0]].includes(owner.toLowerCase()));
  return isDomain && inside !== undefined ? [inside] : [owner];
}

/**
 * The folder in a home that is called like a domain which nobody knows: `/home/corp.example/ann` is Ann's home, and
 * `/home/ben.okafor/ann` is a folder of Ben's, so that the name there is a weak sign.
 */
function underDottedName(path: string): string[] {
  const [, inside] = /^(?:[a-z]:)?[\\/](?:home|users)[\\/][^\\/]+\.[^\\/]+[\\/]([^\\/]+)/i.exec(path) ?? [];
  return inside === undefined ? [] : [inside];
}

function domainsOf({ userPrincipalName, mail }: NamedPerson): string[] {
  return [userPrincipalName, mail].flatMap((address) => address?.split('@')[1]?.toLowerCase() ?? []);
}
