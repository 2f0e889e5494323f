import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { ok, type VendorFailure, type VendorResult } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { OwnedCredential, ProvedAccount } from '../../src/sweep/find-orphans.ts';
import { loginToday } from '../runner-credentials/login-today.ts';

/** What asking the accounts of leavers by number came to, after lists that name owners by login alone were read. */
interface CheckedLogins {
  /** Accounts whose login of the list may be somebody else's: nothing under it counts as theirs. */
  readonly doubtful: ReadonlySet<number>;
  /** The lines of the lists in which they stand, which are not whole for it. */
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}

/**
 * Whether the logins under which leavers' credentials were listed still are those of their accounts. A login that was
 * given up can be claimed at once, so that a list under it may be another person's. The organisation's people are read
 * once more, so that it costs the same for one leaver as for a thousand.
 */
export async function checkLogins(
  vendors: Pick<Vendors, 'github'>,
  left: ReadonlySet<Oid>,
  credentials: readonly OwnedCredential[],
  accounts: readonly ProvedAccount[],
  coverage: readonly Coverage[],
): Promise<CheckedLogins> {
  const listedIn = (login: string): string[] =>
    credentials.flatMap(({ owner, source }) =>
      'login' in owner && owner.login.toLowerCase() === login.toLowerCase() ? [source] : [],
    );
  const asked = [...new Map(accounts.filter(({ oid }) => left.has(oid)).map((each) => [each.id, each])).values()]
    .map((account) => ({ account, sources: [...new Set(listedIn(account.login))] }))
    .filter(({ sources }) => sources.length > 0);
  const inOrganisations = Map.groupBy(asked, ({ sources: [first = ''] }) => first.slice(first.indexOf(':') + 1));
  const answers = await Promise.all(
    [...inOrganisations].map(async ([organisation, all]) => {
      const today = await loginsToday(vendors, organisation);
      return Promise.all(
        all.map(async ({ account }) => {
          const login = await today(account);
          const same = login.ok && login.value?.toLowerCase() === account.login.toLowerCase();
          return { account, same, failure: login.ok ? undefined : login.failure };
        }),
      );
    }),
  ).then((each) => each.flat());
  const wrong = answers.filter(({ same }) => !same);
  const lines = wrong.flatMap(({ account, failure }) =>
    listedIn(account.login).flatMap((source) => {
      const line = coverage.find((each) => each.source === source);
      const detail =
        failure?.message ??
        `The account ${account.id} is not called ${account.login} any more: what is listed under that login counts as nobody’s until the next sweep.`;
      return line?.state === 'complete' ? [{ ...line, state: 'partial' as const, detail }] : [];
    }),
  );
  return {
    doubtful: new Set(wrong.map(({ account }) => account.id)),
    coverage: [...new Map(lines.map((line) => [line.source, line])).values()],
    failures: wrong.flatMap(({ failure }) => failure ?? []),
  };
}

/** What accounts are called now: by the list of the organisation's people, or by number where they are not among them. */
async function loginsToday(
  vendors: Pick<Vendors, 'github'>,
  organisation: string,
): Promise<(account: ProvedAccount) => Promise<VendorResult<string | undefined>>> {
  const client = await vendors.github.organisation('reader', organisation);
  if (!client.ok) return () => Promise.resolve(client);
  const people = await client.value.organisationPeople();
  if (!people.ok) return () => Promise.resolve(people);
  const { members, identities } = people.value;
  const accounts = [...members, ...identities.flatMap(({ account }) => account ?? [])];
  const logins = new Map(accounts.map(({ id, login }) => [id, login]));
  return (account) => {
    const login = logins.get(account.id);
    return login === undefined ? loginToday(client.value, account) : Promise.resolve(ok(login));
  };
}
