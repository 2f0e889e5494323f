import type { Coverage } from '../../src/cases/coverage.ts';
import { becauseOf, coverageOf } from '../../src/cases/coverage-of.ts';
import type { Config } from '../../src/config.ts';
import type { ExternalIdentity } from '../../src/connectors/github/external-identities.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { GitHubAccount, Leaver } from '../../src/people/leaver.ts';

export interface ResolvedGitHubAccounts {
  readonly accounts: GitHubAccount[];
  readonly coverage: Coverage[];
  readonly failures: VendorFailure[];
  /** The missing permission for which none was found. */
  readonly blockedBy?: string;
}

interface Looked {
  readonly accounts: readonly GitHubAccount[];
  readonly coverage: Coverage;
  readonly failure?: VendorFailure;
}

/**
 * The person's GitHub accounts, by what single sign-on calls them: their original UPN. The numeric id is kept, because
 * a login can change, and can be taken by somebody else afterwards. An account that was not found may still exist: a
 * person who was never linked would be missed, so the case says that it does not know.
 */
export async function resolveGitHubAccounts(
  vendors: Pick<Vendors, 'github'>,
  settings: Pick<Config, 'GITHUB_ORGANISATIONS'>,
  { userPrincipalName, blockedBy }: Pick<Leaver, 'userPrincipalName' | 'blockedBy'>,
): Promise<ResolvedGitHubAccounts> {
  const looked = await Promise.all(
    settings.GITHUB_ORGANISATIONS.map((organisation) =>
      look(vendors, organisation, userPrincipalName, blockedBy?.person),
    ),
  );
  const found = looked.flatMap(({ accounts }) => accounts);
  const missing = looked.find(({ coverage }) => coverage.state === 'denied')?.coverage.missingPermission;
  return {
    ...(found.length === 0 && missing !== undefined ? { blockedBy: missing } : {}),
    accounts: [...new Map(found.map((account) => [account.id, account])).values()],
    coverage: looked.map(({ coverage }) => coverage),
    failures: looked.flatMap(({ failure }) => failure ?? []),
  };
}

async function look(
  vendors: Pick<Vendors, 'github'>,
  organisation: string,
  upn: string | undefined,
  missing: string | undefined,
): Promise<Looked> {
  const source = `identity/github:${organisation}`;
  const unknown = (detail: string): Looked => ({
    accounts: [],
    coverage: { source, state: 'unavailable', looked: { count: 0, unit: 'identities' }, detail },
  });
  if (upn === undefined) {
    const { coverage, ...nobody } = unknown(
      'The person’s original user principal name is not known, so that no account could be looked up.',
    );
    return { ...nobody, coverage: becauseOf(missing, coverage) };
  }
  const connected = await vendors.github.organisation('reader', organisation);
  if (!connected.ok) return failedLook(source, connected.failure, []);
  const answer = await connected.value.externalIdentities(upn);
  if (!answer.ok) return failedLook(source, answer.failure, []);
  if (answer.value.provider === 'none') {
    return unknown(
      `${organisation} has no single sign-on of its own (it may be the enterprise’s), so that nobody tells the ` +
        'person’s GitHub login. Answer it on the case.',
    );
  }
  const { identities, failure } = answer.value;
  const accounts = accountsOf(identities, upn, `github/saml-identity:${organisation}`);
  if (failure !== undefined) return failedLook(source, failure, accounts);
  if (accounts.length === 0) {
    return unknown(
      `Single sign-on of ${organisation} links no GitHub account to ${upn}. The person may have one that was never ` +
        'linked; answer the login on the case if so.',
    );
  }
  const looked = { count: identities.length, unit: 'identities' };
  return { accounts, coverage: { source, state: 'complete', looked } };
}

function failedLook(source: string, failure: VendorFailure, accounts: readonly GitHubAccount[]): Looked {
  const looked = { count: accounts.length, unit: 'identities' };
  return { accounts, failure, coverage: coverageOf(source, looked, [failure]) };
}

/** Compared again: what a filter lets through is no proof. */
function accountsOf(identities: readonly ExternalIdentity[], upn: string, source: string): GitHubAccount[] {
  const wanted = upn.toLowerCase();
  return identities.flatMap(({ names, account }) =>
    account !== null && names.some((name) => name.toLowerCase() === wanted)
      ? [{ ...account, source, confidence: 'certain' as const }]
      : [],
  );
}
