import { type Caller, sees } from '../access.ts';
import { nodeId } from '../shapes/node-ids.ts';
import type { GitHubState } from '../state/state.ts';
import type { ExternalIdentity } from '../state/state-accounts.ts';
import type { Organisation } from '../state/state-organisation.ts';
import { demand } from './graphql-faults.ts';
import { connection, type Page } from './graphql-pages.ts';
import { repositoryOf } from './graphql-repository.ts';
import { userOf } from './graphql-user.ts';

/** An organisation with its repositories, its members and the identities of its single sign-on. */
export function organisationOf(state: GitHubState, caller: Caller, organisation: Organisation): object {
  return {
    __typename: 'Organization',
    id: nodeId('O', organisation.id),
    databaseId: organisation.id,
    login: organisation.login,
    repositories: (page: Page) =>
      connection(
        state.repositories
          .where((row) => row.owner === organisation.login && sees(caller, row))
          .map((row) => repositoryOf(state, caller, row)),
        page,
        state,
      ),
    membersWithRole: (page: Page) => {
      demand(caller, 'members');
      return connection(
        [...organisation.members].flatMap((id) => userOf(state, id) ?? []),
        page,
        state,
      );
    },
    samlIdentityProvider: () => {
      demand(caller, 'members');
      if (organisation.identities === null) return null;
      const identities = organisation.identities;
      return {
        id: nodeId('SIP', organisation.id),
        issuer: organisation.issuer,
        externalIdentities: ({ userName, ...page }: Page & { userName?: string | null }) => {
          const wanted = userName?.toLowerCase();
          // The filter compares stored names, so that it misses whoever is stored under another one.
          const found = identities.filter(
            ({ nameId, scim }) =>
              wanted === undefined || [nameId, scim?.userName].some((name) => name?.toLowerCase() === wanted),
          );
          return connection(
            found.map((identity) => identityOf(state, identity)),
            page,
            state,
          );
        },
      };
    },
  };
}

function identityOf(
  state: GitHubState,
  { guid, nameId, attributes, scim, userId, ...named }: ExternalIdentity,
): object {
  const { givenName = null, familyName = null } = named;
  const mails = (addresses: readonly string[]) => addresses.map((value) => ({ value, primary: true, type: 'work' }));
  return {
    id: guid,
    guid,
    samlIdentity:
      nameId === null
        ? null
        : {
            nameId,
            username: nameId,
            givenName,
            familyName,
            emails: mails(nameId.includes('@') ? [nameId] : []),
            attributes: (attributes ?? []).map((each) => ({ ...each, metadata: '{}' })),
          },
    // Of a provisioned person GraphQL tells no externalId: only SCIM's own list does.
    scimIdentity:
      scim === undefined
        ? null
        : {
            username: scim.userName,
            givenName: scim.givenName ?? null,
            familyName: scim.familyName ?? null,
            emails: mails(scim.mails ?? []),
          },
    user: userOf(state, userId) ?? null,
  };
}
