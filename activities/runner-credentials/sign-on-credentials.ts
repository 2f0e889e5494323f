import type { CaseId } from '../../src/cases/ids.ts';
import type { Config } from '../../src/config.ts';
import type { SsoCredential } from '../../src/connectors/github/credentials/credentials.ts';
import type { GitHubOrganisation } from '../../src/connectors/github/index.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { explainedBySignOn, type Known, type OwnableToken } from '../../src/credentials/ownership.ts';
import type { GitHubAccount, Leaver } from '../../src/people/leaver.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { type Held, together } from './github/organisation/leavers-credentials.ts';
import { loginToday, MOST_RENAMES, renamedTooOften, withoutLogin } from './login-today.ts';

/** Cases of one organisation that may be under way in one process; of more, the oldest reads again. */
const CASES_KEPT = 16;

/** A credential of single sign-on; with the number of the account that holds it where that is one of the leaver's. */
export interface SignOnCredential extends SsoCredential {
  readonly ownerId?: number;
}

/** What was read for a case. It holds eight characters of everybody's tokens, so that memory is its only place. */
const read = new WeakMap<GitHubOrganisation, Map<CaseId, Promise<Listing<SignOnCredential>>>>();

/**
 * Everybody's single sign-on credentials of an organisation, read once for a case however many of its activities ask
 * in this process. A reading that broke off, and may succeed later, is not kept.
 */
export function signOnCredentials(
  client: GitHubOrganisation,
  caseId: CaseId,
  accounts: readonly GitHubAccount[],
): Promise<Listing<SignOnCredential>> {
  const cases = read.get(client) ?? new Map<CaseId, Promise<Listing<SignOnCredential>>>();
  read.set(client, cases);
  const known = cases.get(caseId);
  if (known !== undefined) return known;
  const asked = everybodys(client, accounts);
  cases.set(caseId, asked);
  const [oldest] = cases.keys();
  if (cases.size > CASES_KEPT && oldest !== undefined) cases.delete(oldest);
  const forget = (): unknown => cases.get(caseId) === asked && cases.delete(caseId);
  asked.then(({ failure }) => tryAgainAfter([failure]) !== undefined && forget(), forget);
  return asked;
}

/**
 * The rows name their owner by login and by nothing else. Which login is a leaver's account is asked by number, after
 * the list was read: where the account had another one before, the list is read again, because its rows may be of both.
 */
async function everybodys(
  client: GitHubOrganisation,
  accounts: readonly GitHubAccount[],
): Promise<Listing<SignOnCredential>> {
  let logins = new Map<number, string | undefined>(accounts.map(({ id, login }) => [id, login]));
  for (let renames = 0; renames <= MOST_RENAMES; renames += 1) {
    const listed = await client.listSsoCredentials();
    if (accounts.length === 0 || (listed.failure !== undefined && listed.items.length === 0)) return listed;
    const now = new Map<number, string | undefined>();
    for (const { id, login } of accounts) {
      const today = await loginToday(client, { id, login: logins.get(id) ?? login });
      if (!today.ok) return { ...listed, failure: today.failure };
      now.set(id, today.value);
    }
    const same = [...now].every(([id, login]) => login?.toLowerCase() === logins.get(id)?.toLowerCase());
    if (same) return { ...listed, items: listed.items.map((row) => owned(row, logins)) };
    logins = now;
  }
  const [first] = accounts;
  return { items: [], ...(first === undefined ? {} : { failure: renamedTooOften(first) }) };
}

function owned(row: SsoCredential, logins: ReadonlyMap<number, string | undefined>): SignOnCredential {
  const owner = [...logins].find(([, login]) => login?.toLowerCase() === row.login.toLowerCase());
  return owner === undefined ? row : { ...row, ownerId: owner[0] };
}

/**
 * Of everybody's credentials those of the leaver's accounts. Where that list broke off on the way, the accounts are
 * asked for by themselves: what is the leaver's must not wait for what explains others' tokens.
 */
export async function leaversSsoCredentials(
  client: GitHubOrganisation,
  { items, ...how }: Listing<SignOnCredential>,
  accounts: readonly GitHubAccount[],
): Promise<Listing<Held<SsoCredential>>> {
  if (how.failure !== undefined && items.length > 0) {
    return together(await Promise.all(accounts.map((account) => credentialsOf(client, account))));
  }
  const held = items.flatMap((item) => {
    const account = accounts.find(({ id }) => id === item.ownerId);
    return account === undefined ? [] : [{ item, account }];
  });
  return { ...how, items: held };
}

/** What an account has authorised for single sign-on, under the login that it still has once the list was read. */
export async function credentialsOf(
  client: GitHubOrganisation,
  account: GitHubAccount,
): Promise<Listing<Held<SsoCredential>>> {
  let { login } = account;
  for (let renames = 0; renames <= MOST_RENAMES; renames += 1) {
    const { items, failure } = await client.listSsoCredentials(login);
    const today = await loginToday(client, { id: account.id, login });
    if (!today.ok) return { items: [], failure: today.failure };
    if (today.value === undefined) return { items: [], failure: withoutLogin(account) };
    if (today.value.toLowerCase() === login.toLowerCase()) {
      return { items: items.map((item) => ({ item, account })), ...(failure && { failure }) };
    }
    login = today.value;
  }
  return { items: [], failure: renamedTooOften(account) };
}

/** What is asked: every organisation's list, and which tenant is ours. */
interface Owners {
  readonly vendors: Pick<Vendors, 'github'>;
  readonly settings: Pick<Config, 'TENANT_ID' | 'GITHUB_ORGANISATIONS'>;
}

export interface KnownOwners {
  readonly known: Known;
  readonly failures: readonly VendorFailure[];
}

/** What is known of the owners of these tokens. The lists of all organisations are asked only where one could tell. */
export async function knownOwners(
  { caseId, leaver }: { readonly caseId: CaseId; readonly leaver: Leaver },
  { vendors, settings }: Owners,
  found: readonly Pick<OwnableToken, 'hit'>[],
): Promise<KnownOwners> {
  const about = { leaver, tenantId: settings.TENANT_ID };
  if (!explainedBySignOn(found)) return { known: { ...about, credentials: [] }, failures: [] };
  const lists = await Promise.all(
    settings.GITHUB_ORGANISATIONS.map(async (organisation) => {
      const client = await vendors.github.organisation('reader', organisation);
      if (!client.ok) return { credentials: [], failure: client.failure };
      const { items, failure } = await signOnCredentials(client.value, caseId, leaver.github);
      return { credentials: items.map((item) => ({ ...item, organisation })), failure };
    }),
  );
  return {
    known: { ...about, credentials: lists.flatMap(({ credentials }) => credentials) },
    // What is missing is told by the source itself, in the scan of its organisation.
    failures: lists.flatMap(({ failure }) => failure ?? []),
  };
}
