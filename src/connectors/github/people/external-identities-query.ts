import * as z from 'zod';

/** Both lists in one question; one that has come to its end is left out of the next. */
export const QUERY = `query (
  $login: String!, $identities: Boolean!, $members: Boolean!, $identitiesAfter: String, $membersAfter: String
) {
  organization(login: $login) {
    membersWithRole(first: 100, after: $membersAfter) @include(if: $members) {
      totalCount
      nodes { login databaseId }
      pageInfo { hasNextPage endCursor }
    }
    samlIdentityProvider @include(if: $identities) {
      issuer
      externalIdentities(first: 100, after: $identitiesAfter, membersOnly: false) {
        totalCount
        nodes {
          guid
          samlIdentity { nameId username givenName familyName emails { value } attributes { name value } }
          scimIdentity { username givenName familyName emails { value } }
          user { login databaseId }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

const text = z.string().nullish();

const Named = {
  username: text,
  givenName: text,
  familyName: text,
  emails: z.array(z.object({ value: z.string() })).nullish(),
};

/** An account in the answer. */
export const User = z.object({ login: z.string(), databaseId: z.int() });

/** A row of single sign-on in the answer. */
export const Identity = z.object({
  guid: z.string(),
  samlIdentity: z
    .object({
      ...Named,
      nameId: text,
      attributes: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    })
    .nullish(),
  scimIdentity: z.object(Named).nullish(),
  user: User.nullish(),
});

/** A page of either list. */
export const List = z.object({
  totalCount: z.number(),
  // Row by row: one odd row must not hide the others.
  nodes: z.array(z.unknown()),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: text }),
});

/** A page of either list. */
export type List = z.output<typeof List>;

/** The whole answer. */
export const Shape = z.object({
  organization: z.object({
    membersWithRole: List.optional(),
    samlIdentityProvider: z.object({ issuer: text, externalIdentities: List }).nullish(),
  }),
});
