import type { Coverage } from '../../src/cases/coverage.ts';
import { coverageOf, coverageOfList, NOTHING_READ } from '../../src/cases/coverage-of.ts';
import type { externalIdentities } from '../../src/connectors/github/external-identities.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { LoginIdentity } from '../../src/sweep/find-orphans.ts';
import type { OwnedCredentials } from './owned-credentials.ts';

/** Everybody's tokens that one organisation knows, and how its single sign-on links logins to people. */
export async function githubCredentials(
  vendors: Pick<Vendors, 'github'>,
  organisation: string,
): Promise<OwnedCredentials> {
  const sources = {
    tokens: `github/fine-grained-tokens:${organisation}`,
    sso: `github/sso-credentials:${organisation}`,
    identities: `github/saml-identities:${organisation}`,
  };
  const client = await vendors.github.organisation('reader', organisation);
  if (!client.ok) {
    const { failure } = client;
    const coverage = Object.values(sources).map((source) => coverageOf(source, NOTHING_READ, [failure]));
    return { credentials: [], coverage, failures: [failure] };
  }
  const [tokens, sso, identities] = await Promise.all([
    client.value.listFineGrainedTokens(),
    client.value.listSsoCredentials(),
    client.value.externalIdentities(),
  ]);
  const linked = linksOf(identities, sources.identities);
  return {
    credentials: [
      ...tokens.items.map(({ grantId, owner }) => ({
        kind: 'fine-grained-token' as const,
        source: sources.tokens,
        id: String(grantId),
        owner: { login: owner.login },
      })),
      ...sso.items.map(({ credentialId, login }) => ({
        kind: 'sso-credential' as const,
        source: sources.sso,
        id: String(credentialId),
        owner: { login },
      })),
    ],
    identities: linked.identities,
    coverage: [
      coverageOfList(sources.tokens, 'tokens', tokens),
      coverageOfList(sources.sso, 'credentials', sso),
      linked.coverage,
    ],
    failures: [tokens.failure, sso.failure, linked.failure].filter((failure) => failure !== undefined),
  };
}

interface Links {
  readonly identities: readonly LoginIdentity[];
  readonly coverage: Coverage;
  readonly failure?: VendorFailure;
}

function linksOf(answer: Awaited<ReturnType<typeof externalIdentities>>, source: string): Links {
  if (!answer.ok) {
    return { identities: [], coverage: coverageOf(source, NOTHING_READ, [answer.failure]), failure: answer.failure };
  }
  const found = answer.value;
  if (found.provider === 'none') {
    const looked = { count: 0, unit: 'identities' };
    const detail = 'The organisation has no single sign-on of its own, so logins cannot be linked to people.';
    return { identities: [], coverage: { source, state: 'unavailable', looked, detail } };
  }
  const identities = found.identities.flatMap(({ names, account }) =>
    account === null ? [] : [{ login: account.login, names }],
  );
  const { failure } = found;
  const listed = { items: found.identities, ...(failure === undefined ? {} : { failure }) };
  return { identities, coverage: coverageOfList(source, 'identities', listed), ...(failure && { failure }) };
}
