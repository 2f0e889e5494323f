import { coverageOfList } from '../../src/cases/coverage/coverage-of.ts';
import type { GitHubOrganisation } from '../../src/connectors/github/index.ts';
import { findTokens } from '../../src/credentials/detector/detect-tokens.ts';
import { tokenFact } from '../../src/credentials/token-fact.ts';
import { ownedTokens } from '../runner-credentials/github/facts/owned.ts';
import type { OwnedCredentials } from './owned-credentials.ts';
import { provedIn } from './proved-owner.ts';

/** Tokens in the organisation's own variables that name their owner by object id. Values stay in memory, and go. */
export async function organisationTokens(
  client: Pick<GitHubOrganisation, 'name' | 'listVariables'>,
  tenantId: string,
): Promise<OwnedCredentials> {
  const organisation = client.name;
  const source = `github/organisation-variables:${organisation}`;
  const listed = await client.listVariables({ type: 'organisation', organisation });
  const credentials = listed.items.flatMap(({ name, value }) => {
    // What single sign-on lists is read as its own list.
    const tokens = findTokens(value, name).map((token) => tokenFact(token, []));
    return ownedTokens(tokens, name, source).flatMap((each) => provedIn(each, tenantId));
  });
  return {
    credentials,
    coverage: [coverageOfList(source, 'variables', listed)],
    failures: listed.failure === undefined ? [] : [listed.failure],
  };
}
