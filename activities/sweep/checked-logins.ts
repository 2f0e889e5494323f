import type { Coverage } from '../../src/cases/coverage.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
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
 * given up can be claimed at once, so that a list under it may be another person's. Only accounts of people who have
 * left, and that the list has, are asked for: a call for each.
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
  const answers = await Promise.all(
    asked.map(async ({ account, sources: [first = ''], ...rest }) => {
      const client = await vendors.github.organisation('reader', first.slice(first.indexOf(':') + 1));
      const today = client.ok ? await loginToday(client.value, account) : client;
      const same = today.ok && today.value?.toLowerCase() === account.login.toLowerCase();
      return { ...rest, account, same, failure: today.ok ? undefined : today.failure };
    }),
  );
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
