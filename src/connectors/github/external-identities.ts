import * as z from 'zod';
import { failed, ok, type VendorFailure, type VendorResult } from '../result.ts';
import type { GitHubClient } from './client.ts';
import { type Asked, shapeFailure } from './failure.ts';
import { type GraphqlAnswer, query } from './graphql.ts';

/** How single sign-on knows somebody, and the GitHub account behind it. */
export interface ExternalIdentity {
  /** Every name of the person at the identity provider. */
  readonly names: readonly string[];
  /** Null for an invitation that nobody took up. */
  readonly account: { readonly login: string; readonly id: number } | null;
}

export type ExternalIdentities =
  | {
      readonly provider: 'organisation';
      readonly identities: readonly ExternalIdentity[];
      readonly failure?: VendorFailure;
    }
  /** Single sign-on is the enterprise's, or there is none: GitHub answers null for both. */
  | { readonly provider: 'none' };

const QUERY = `query ($login: String!, $userName: String, $after: String) {
  organization(login: $login) {
    samlIdentityProvider {
      externalIdentities(first: 100, after: $after, userName: $userName, membersOnly: false) {
        nodes {
          samlIdentity { nameId username emails { value } }
          scimIdentity { username emails { value } }
          user { login databaseId }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

const Names = z
  .object({
    nameId: z.string().nullish(),
    username: z.string().nullish(),
    emails: z.array(z.object({ value: z.string() })).nullish(),
  })
  .nullish();
const Shape = z.object({
  organization: z.object({
    samlIdentityProvider: z
      .object({
        externalIdentities: z.object({
          nodes: z.array(
            z
              .object({
                samlIdentity: Names,
                scimIdentity: Names,
                user: z.object({ login: z.string(), databaseId: z.number().nullable() }).nullable(),
              })
              .nullable(),
          ),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        }),
      })
      .nullable(),
  }),
});

/** The identities of one UPN, or of everybody. */
export async function externalIdentities(
  client: GitHubClient,
  userName?: string,
): Promise<VendorResult<ExternalIdentities>> {
  const login = client.installation.organisation;
  const asked: Asked = {
    what: 'the accounts that single sign-on knows',
    where: login,
    // By the description of `OrganizationIdentityProvider` in GitHub's GraphQL schema.
    permission: 'members=read',
  };
  const identities: ExternalIdentity[] = [];
  let after: string | null = null;
  for (;;) {
    const variables = { login, userName: userName ?? null, after };
    const answer: GraphqlAnswer<z.output<typeof Shape>> = await query(client, asked, QUERY, variables, Shape);
    const { data, faults } = answer;
    const failure = faults[0]?.failure ?? (data === undefined ? shapeFailure(asked, 200) : undefined);
    if (failure !== undefined || data === undefined) {
      const broken = failure ?? shapeFailure(asked, 200);
      return identities.length === 0 ? failed(broken) : ok({ provider: 'organisation', identities, failure: broken });
    }
    const provider = data.organization.samlIdentityProvider;
    if (provider === null) return ok({ provider: 'none' });
    const { nodes, pageInfo } = provider.externalIdentities;
    for (const node of nodes) {
      if (node === null) continue;
      const { user } = node;
      identities.push({
        names: [...namesOf(node.samlIdentity), ...namesOf(node.scimIdentity)],
        account: user === null || user.databaseId === null ? null : { login: user.login, id: user.databaseId },
      });
    }
    if (!pageInfo.hasNextPage) return ok({ provider: 'organisation', identities });
    if (pageInfo.endCursor === null || pageInfo.endCursor === after) {
      return ok({ provider: 'organisation', identities, failure: shapeFailure(asked, 200) });
    }
    after = pageInfo.endCursor;
  }
}

function namesOf(names: z.output<typeof Names>): string[] {
  const all = [names?.nameId, names?.username, ...(names?.emails ?? []).map(({ value }) => value)];
  return all.flatMap((name) => (typeof name === 'string' ? [name] : []));
}
