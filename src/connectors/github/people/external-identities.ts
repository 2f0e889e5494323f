import type * as z from 'zod';
import type { SignOnIdentity } from '../../../people/evidence/sign-on-identity.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../result.ts';
import type { GitHubClient } from '../call/client.ts';
import { type Asked, shapeFailure } from '../call/failure.ts';
import { type GraphqlAnswer, query } from '../call/graphql.ts';
import { type Row, stableListing } from '../call/stable-listing.ts';
import { Identity, type List, QUERY, Shape, User } from './external-identities-query.ts';

/** A GitHub account: the number is the account, the login its name today. */
export interface Account {
  readonly id: number;
  readonly login: string;
  /** `User`, `Bot`, `Organization`; absent where the list holds users alone. */
  readonly type?: string | undefined;
}

/** Whether somebody can be behind the account. */
export function isPerson({ type }: Pick<Account, 'type'>): boolean {
  return type === undefined || type === 'User';
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

/** A row of either list. */
type Person =
  | { readonly member: z.output<typeof User>; readonly identity?: undefined }
  | { readonly identity: z.output<typeof Identity>; readonly member?: undefined };

/** How far one of the two lists was read. */
interface Progress {
  readonly after: string | null;
  readonly over: boolean;
  readonly total: number;
}

const START: Progress = { after: null, over: false, total: 0 };

/**
 * Reads everybody, without a filter: GitHub's filter compares stored names, which may be another field's or an old one.
 * Both lists are read as one, until they stand still: who is skipped while somebody else leaves would be nobody's.
 * Both are read with members=read, by the description of `OrganizationIdentityProvider` in GitHub's GraphQL schema.
 */
export async function organisationPeople(client: GitHubClient): Promise<VendorResult<OrganisationPeople>> {
  const login = client.installation.organisation;
  const asked: Asked = {
    what: 'the accounts that single sign-on knows',
    where: login,
    permission: 'members=read',
  };
  let provider: OrganisationPeople['provider'] = 'organisation';
  let issuer: string | undefined;
  const start = { members: START, identities: START };
  const { items, failure } = await stableListing<Person, typeof start>(
    asked,
    start,
    async ({ members, identities }) => {
      const variables = {
        login,
        members: !members.over,
        identities: !identities.over,
        membersAfter: members.after,
        identitiesAfter: identities.after,
      };
      const answer: GraphqlAnswer<z.output<typeof Shape>> = await query(client, asked, QUERY, variables, Shape);
      const { data, faults } = answer;
      const [fault] = faults;
      if (data === undefined) return failed(fault?.failure ?? shapeFailure(asked, 200));
      const { membersWithRole, samlIdentityProvider: saml } = data.organization;
      // Null beside an error is not told; null alone says that there is none.
      const told = variables.identities && fault === undefined;
      if (told) provider = saml === null ? 'none' : 'organisation';
      if (told) issuer = saml?.issuer ?? undefined;
      const none = saml === null ? NOBODY : undefined;
      const read = [
        partOf(members, membersWithRole, memberRow),
        partOf(identities, none ?? saml?.externalIdentities, identityRow),
      ] as const;
      const [first, second] = read;
      if (first === undefined || second === undefined) return failed(fault?.failure ?? shapeFailure(asked, 200));
      return ok({
        rows: [...first.rows, ...second.rows],
        total: first.progress.total + second.progress.total,
        cutShort: first.cutShort || second.cutShort,
        ...(fault === undefined ? {} : { failure: fault.failure }),
        ...(first.progress.over && second.progress.over
          ? {}
          : { next: { members: first.progress, identities: second.progress } }),
      });
    },
  );
  if (failure !== undefined && items.length === 0) return failed(failure);
  return ok({
    members: items.flatMap(({ member }) => (member ? [{ id: member.databaseId, login: member.login }] : [])),
    provider,
    ...(issuer === undefined ? {} : { issuer }),
    identities: items.flatMap(({ identity }) => (identity ? [identityOf(identity)] : [])),
    ...(failure === undefined ? {} : { failure }),
  });
}

const NOBODY: List = { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** One page of one of the lists; undefined where it did not come, or leads nowhere. */
function partOf(
  before: Progress,
  page: List | undefined,
  rowOf: (node: unknown) => Row<Person>,
): { readonly rows: readonly Row<Person>[]; readonly progress: Progress; readonly cutShort: boolean } | undefined {
  if (before.over) return { rows: [], progress: before, cutShort: false };
  if (page === undefined) return undefined;
  const { hasNextPage, endCursor } = page.pageInfo;
  const after = endCursor ?? null;
  if (hasNextPage && (after === null || after === before.after)) return undefined;
  return {
    rows: page.nodes.map(rowOf),
    progress: { after, over: !hasNextPage, total: page.totalCount },
    cutShort: before.after !== null && page.nodes.length === 0,
  };
}

function memberRow(node: unknown): Row<Person> {
  const member = User.safeParse(node).data;
  return member === undefined ? UNREADABLE : { id: `member ${member.databaseId}`, item: { member } };
}

function identityRow(node: unknown): Row<Person> {
  const identity = Identity.safeParse(node).data;
  return identity === undefined ? UNREADABLE : { id: `identity ${identity.guid}`, item: { identity } };
}

const UNREADABLE: Row<Person> = { id: undefined, item: undefined };

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
