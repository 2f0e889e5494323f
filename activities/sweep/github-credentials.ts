import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { coverageOf, coverageOfList, NOTHING_READ } from '../../src/cases/coverage/coverage-of.ts';
import type { Config } from '../../src/config.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { type Memory, NO_MEMORY } from '../../src/people/evidence/remembered.ts';
import type { ProvedAccount } from '../../src/sweep/find-orphans.ts';
import { provedIn, readSignOnPeople } from '../case/accounts/organisation-people.ts';
import { organisationTokens } from './organisation-tokens.ts';
import type { OwnedCredentials } from './owned-credentials.ts';

/** Everybody's tokens that one organisation knows, and how its single sign-on links logins to people. */
export async function githubCredentials(
  vendors: Pick<Vendors, 'github' | 'graph'>,
  settings: Pick<Config, 'TENANT_ID'>,
  organisation: string,
  at: string,
): Promise<OwnedCredentials> {
  const sources = {
    tokens: `github/fine-grained-tokens:${organisation}`,
    sso: `github/sso-credentials:${organisation}`,
    identities: `github/saml-identities:${organisation}`,
    variables: `github/organisation-variables:${organisation}`,
  };
  const client = await vendors.github.organisation('reader', organisation);
  if (!client.ok) {
    const { failure } = client;
    const coverage = Object.values(sources).map((source) => coverageOf(source, NOTHING_READ, [failure]));
    return { credentials: [], coverage, failures: [failure] };
  }
  const [tokens, sso, people, variables] = await Promise.all([
    client.value.listFineGrainedTokens(),
    client.value.listSsoCredentials(),
    readSignOnPeople(vendors, client.value, settings.TENANT_ID),
    organisationTokens(client.value, settings.TENANT_ID),
  ]);
  const linked = linksOf(people, sources.identities, at);
  return {
    credentials: [
      ...tokens.items.map(({ grantId, owner }) => ({
        kind: 'fine-grained-token' as const,
        source: sources.tokens,
        id: String(grantId),
        owner: { accountId: owner.id },
      })),
      ...sso.items.map(({ credentialId, login }) => ({
        kind: 'sso-credential' as const,
        source: sources.sso,
        id: String(credentialId),
        owner: { login },
      })),
      ...variables.credentials,
    ],
    accounts: linked.accounts,
    seen: linked.seen,
    everybody: 'identities' in people ? people.accounts : [],
    coverage: [
      coverageOfList(sources.tokens, 'tokens', tokens),
      coverageOfList(sources.sso, 'credentials', sso),
      linked.coverage,
      ...variables.coverage,
    ],
    failures: [tokens.failure, sso.failure, ...linked.failures, ...variables.failures].filter(
      (failure) => failure !== undefined,
    ),
  };
}

interface Links {
  readonly accounts: readonly ProvedAccount[];
  readonly seen: Memory;
  readonly coverage: Coverage;
  readonly failures: readonly VendorFailure[];
}

/** Whose accounts are, and how completely that is known. */
function linksOf(people: Awaited<ReturnType<typeof readSignOnPeople>>, source: string, at: string): Links {
  if (!('identities' in people)) {
    const { failure } = people;
    return {
      accounts: [],
      seen: NO_MEMORY,
      coverage: coverageOf(source, NOTHING_READ, [failure]),
      failures: [failure],
    };
  }
  if (people.provider === 'none') {
    const looked = { count: 0, unit: 'identities' };
    const detail = 'The organisation has no single sign-on of its own, so logins cannot be linked to people.';
    return { accounts: [], seen: NO_MEMORY, coverage: { source, state: 'unavailable', looked, detail }, failures: [] };
  }
  const proved = provedIn(people).map(({ account, ...owner }) => ({ ...account, ...owner }));
  const provedIds = new Set(proved.map(({ id }) => id));
  const unproved = people.accounts.filter(({ id }) => !provedIds.has(id)).length;
  const note =
    unproved === 0
      ? undefined
      : `${unproved} of ${people.accounts.length} accounts belong to nobody provable: what they own is counted as unlinked.`;
  const failures = [people.failure, ...people.failures].filter((failure) => failure !== undefined);
  const looked = { count: people.identities.length, unit: 'identities' };
  return {
    accounts: proved,
    seen: {
      accounts: proved.map(({ id, oid, code }) => ({
        vendor: 'github',
        id: String(id),
        oid,
        code,
        source: people.source,
        firstSeen: at,
        lastSeen: at,
      })),
      logins: proved.map(({ id, login }) => ({ id: String(id), login, from: at, to: at })),
      names: proved.flatMap(({ oid, names }) =>
        names.filter((name) => name.includes('@')).map((name) => ({ name, oid, kind: 'sign-on', from: at, to: at })),
      ),
    },
    coverage: coverageOf(source, looked, [people.failure], note),
    failures,
  };
}
