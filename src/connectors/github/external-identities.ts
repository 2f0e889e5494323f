import * as z from 'zod';
import type { SignOnIdentity } from '../../people/sign-on-identity.ts';
import { failed, NO_TIME_NAMED, ok, type VendorFailure, type VendorResult } from '../result.ts';
import type { GitHubClient } from './client.ts';
import { type Asked, shapeFailure } from './failure.ts';
import { type GraphqlAnswer, query } from './graphql.ts';

/** A GitHub account: the number is the account, the login its name today. */
export interface Account {
  readonly id: number;
  readonly login: string;
}

/** Whom an organisation knows: its members, and how its single sign-on knows people. */
export interface OrganisationPeople {
  readonly members: readonly Account[];
  /** `none`: single sign-on is the enterprise's, or there is none; GitHub answers null for both. */
  readonly provider: 'organisation' | 'none';
  /** Who issues the assertions; Entra's name the tenant. */
  readonly issuer?: string;
  /** Everybody's, and with `null` for an account invitations that nobody took up. */
  readonly identities: readonly SignOnIdentity[];
  /** Something of either list is missing. */
  readonly failure?: VendorFailure;
}

/** Both lists in one question; one that has come to its end is left out of the next. */
const QUERY = `query (
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
const User = z.object({ login: z.string(), databaseId: z.int() });
const Identity = z.object({
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

const Page = z.object({
  totalCount: z.number(),
  // Row by row: one odd row must not hide the others.
  nodes: z.array(z.unknown()),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: text }),
});
type Page = z.output<typeof Page>;
const Shape = z.object({
  organization: z.object({
    membersWithRole: Page.optional(),
    samlIdentityProvider: z.object({ issuer: text, externalIdentities: Page }).nullish(),
  }),
});

/**
 * Reads everybody, without a filter: GitHub's filter compares stored names, which may be another field's or an old one.
 * Both are read with members=read, by the description of `OrganizationIdentityProvider` in GitHub's GraphQL schema.
 */
export async function organisationPeople(client: GitHubClient): Promise<VendorResult<OrganisationPeople>> {
  const login = client.installation.organisation;
  const asked: Asked = {
    what: 'the accounts that single sign-on knows',
    where: login,
    permission: 'members=read',
  };
  const members = rowsOf(asked, User);
  const identities = rowsOf(asked, Identity);
  let provider: OrganisationPeople['provider'] = 'organisation';
  let issuer: string | undefined;
  const read = (failure?: VendorFailure): VendorResult<OrganisationPeople> => {
    const all = failure ?? members.failure() ?? identities.failure();
    return ok({
      members: members.rows().map(({ databaseId, login: name }) => ({ id: databaseId, login: name })),
      provider,
      ...(issuer === undefined ? {} : { issuer }),
      identities: identities.rows().map(identityOf),
      ...(all === undefined ? {} : { failure: all }),
    });
  };
  for (;;) {
    const variables = {
      login,
      members: members.goesOn(),
      identities: identities.goesOn(),
      membersAfter: members.after(),
      identitiesAfter: identities.after(),
    };
    const answer: GraphqlAnswer<z.output<typeof Shape>> = await query(client, asked, QUERY, variables, Shape);
    const { data, faults } = answer;
    if (data === undefined || faults[0] !== undefined) {
      const failure = faults[0]?.failure ?? shapeFailure(asked, 200);
      return members.rows().length + identities.rows().length === 0 ? failed(failure) : read(failure);
    }
    const { membersWithRole, samlIdentityProvider: saml } = data.organization;
    if (variables.members) members.add(membersWithRole);
    if (variables.identities && saml === null) {
      provider = 'none';
      identities.end();
    } else if (variables.identities) {
      issuer = saml?.issuer ?? undefined;
      identities.add(saml?.externalIdentities);
    }
    if (!members.goesOn() && !identities.goesOn()) return read();
  }
}

/** One list that comes in pages: what was read of it, and whether that is all there is. */
function rowsOf<T>(asked: Asked, shape: z.ZodType<T>) {
  const found: T[] = [];
  let seen = 0;
  let unreadable = 0;
  let announced = 0;
  let cursor: string | null = null;
  let over = false;
  let broken = false;
  return {
    goesOn: (): boolean => !over,
    after: (): string | null => cursor,
    end: (): void => {
      over = true;
    },
    add: (page: Page | undefined): void => {
      const next: string | null = page?.pageInfo.endCursor ?? null;
      for (const node of page?.nodes ?? []) {
        const parsed = shape.safeParse(node);
        if (parsed.success) found.push(parsed.data);
        else unreadable += 1;
      }
      seen += page?.nodes.length ?? 0;
      announced = Math.max(announced, page?.totalCount ?? 0);
      const more = page?.pageInfo.hasNextPage === true;
      broken ||= page === undefined || (more && (next === null || next === cursor));
      over = broken || !more;
      cursor = next;
    },
    rows: (): readonly T[] => found,
    failure: (): VendorFailure | undefined => {
      if (broken) return shapeFailure(asked, 200);
      if (unreadable === 0 && seen >= announced) return undefined;
      const message =
        unreadable > 0
          ? `GitHub sent ${unreadable} rows of ${asked.what} of ${asked.where} that cannot be read.`
          : `GitHub announced ${announced} of ${asked.what} of ${asked.where} and sent ${seen}.`;
      return { kind: 'unavailable', status: 200, tryAgainAfterMs: NO_TIME_NAMED, message };
    },
  };
}

const CLAIMS = 'http://schemas.microsoft.com/identity/claims/';

function identityOf({ guid, samlIdentity: saml, scimIdentity: scim, user }: z.output<typeof Identity>): SignOnIdentity {
  const mails = [...(saml?.emails ?? []), ...(scim?.emails ?? [])].map(({ value }) => value);
  const valuesOf = (claim: string): string[] =>
    (saml?.attributes ?? []).flatMap(({ name, value }) => (name.toLowerCase() === CLAIMS + claim ? [value] : []));
  const givenName = saml?.givenName ?? scim?.givenName;
  const familyName = saml?.familyName ?? scim?.familyName;
  return {
    guid,
    ...(saml?.nameId && { nameId: saml.nameId }),
    names: [saml?.username, scim?.username, ...mails].flatMap((name) => name ?? []),
    ...(givenName && { givenName }),
    ...(familyName && { familyName }),
    objectIds: valuesOf('objectidentifier'),
    tenantIds: valuesOf('tenantid'),
    account: user ? { login: user.login, id: user.databaseId } : null,
  };
}
