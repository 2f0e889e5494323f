import { isNameOf, namesLeaver } from '../../../../people/leaver-names.ts';

/** What an agent published about where it runs. */
export interface PublishedAgent {
  readonly name: string;
  readonly capabilities: Readonly<Record<string, string>>;
}

export type AgentOwner =
  /** It runs under the person's account, or from the person's home directory. */
  | { readonly verdict: 'leaver'; readonly signals: readonly string[] }
  /** Only its name says so; anybody may name an agent. */
  | { readonly verdict: 'perhaps'; readonly signals: readonly string[] }
  | { readonly verdict: 'not-leaver' };

const ACCOUNTS = ['USER', 'USERNAME', 'LOGNAME'];
const HOMES = ['HOME', 'USERPROFILE', 'Agent.HomeDirectory'];

/**
 * Whose machine an agent runs on. The service knows nobody as an agent's owner (whoever registered it is not kept),
 * so the environment that it published has to tell. Names are compared whole: `amoreau` is not `amoreau-silva`, but
 * `AlexMoreau` is `alex.moreau`.
 */
export function attributeAgent(agent: PublishedAgent, names: ReadonlySet<string>): AgentOwner {
  const capabilities = new Map(Object.entries(agent.capabilities).map(([key, value]) => [key.toLowerCase(), value]));
  const published = (key: string): string => capabilities.get(key.toLowerCase()) ?? '';
  const signals = [
    ...ACCOUNTS.filter((key) => isNameOf(accountName(published(key)), names)),
    ...HOMES.filter((key) => isNameOf(accountName(homeOwner(published(key))), names)),
  ];
  if (signals.length > 0) return { verdict: 'leaver', signals };
  return namesLeaver(agent.name, names) ? { verdict: 'perhaps', signals: ['agent name'] } : { verdict: 'not-leaver' };
}

/** `CORP\alex.moreau` and `alex.moreau@corp.example` are `alex.moreau`. */
function accountName(account: string): string {
  return (account.split('\\').at(-1) ?? '').split('@')[0]?.toLowerCase() ?? '';
}

/** The person whose home a path lies in: `/home/ann/agent`, `/Users/ann`, `C:\Users\ann\agent`. */
function homeOwner(path: string): string {
  return /^(?:[a-z]:)?[\\/](?:home|users)[\\/]([^\\/]+)/i.exec(path)?.[1]?.toLowerCase() ?? '';
}
