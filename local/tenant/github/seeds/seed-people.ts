import type { SeedContext } from '../../seeds/seed-context.ts';
import { WORLD } from '../../seeds/world.ts';
import type { GitHubState } from '../state/state.ts';
import type { ExternalIdentity } from '../state/state-accounts.ts';
import type { SsoCredential } from '../state/state-credentials.ts';
import type { Organisation } from '../state/state-organisation.ts';

/** Classic tokens that the seed plants elsewhere too; GitHub knows their last eight characters. */
export interface PlantedTokens {
  readonly leaver: string;
  readonly colleague: string;
}

/** People, how single sign-on knows them, and the credentials that they authorised for the organisation. */
export function seedPeople({ mint }: SeedContext, state: GitHubState, organisation: Organisation): PlantedTokens {
  const { leaver, colleagues } = WORLD;
  const identities: ExternalIdentity[] = [];
  for (const person of [leaver, ...colleagues]) {
    state.users.add({ id: person.githubId, login: person.githubLogin, name: person.displayName });
    organisation.members.add(person.githubId);
    const [givenName = '', familyName = ''] = person.displayName.split(' ');
    identities.push({
      guid: `5a0e0000-0000-4000-8000-${String(person.githubId).padStart(12, '0')}`,
      nameId: person.userPrincipalName,
      givenName,
      familyName,
      attributes: entraAttributes(person.oid),
      userId: person.githubId,
    });
  }
  organisation.issuer = `https://sts.windows.net/${WORLD.tenantId}/`;
  // Invited, never signed in: an identity without an account behind it.
  identities.push({ guid: '5a0e0000-0000-4000-8000-000000000000', nameId: WORLD.manager.mail });
  organisation.identities = identities;

  const [first, second] = colleagues;
  const grants = [
    { id: 25_381, tokenId: 98_716, name: 'document-sync', ownerId: leaver.githubId },
    { id: 25_382, tokenId: 98_717, name: 'laptop', ownerId: leaver.githubId },
    { id: 25_383, tokenId: 98_718, name: 'release-notes', ownerId: first.githubId },
  ];
  for (const grant of grants) organisation.tokens.add(grant);

  organisation.tokenRequests.add({ id: 31_402, tokenId: 98_719, name: 'exports', ownerId: leaver.githubId });

  const tokens = { leaver: mint.mint('github-classic'), colleague: mint.mint('github-classic') };
  for (const credential of [
    ...credentialsOf(leaver, 7_100, tokens.leaver),
    ...credentialsOf(second, 7_200, tokens.colleague),
  ]) {
    organisation.credentials.add(credential);
  }
  return tokens;
}

/** One credential of every type that GitHub lists. */
function credentialsOf(
  { githubLogin, githubId }: { readonly githubLogin: string; readonly githubId: number },
  from: number,
  classic: string,
): SsoCredential[] {
  const scopes = ['repo', 'read:org'];
  const owner = { login: githubLogin, ownerId: githubId };
  return [
    { id: from + 1, ...owner, type: 'personal access token', tokenLastEight: classic.slice(-8), scopes, note: 'ci' },
    { id: from + 2, ...owner, type: 'SSH key', fingerprint: `SHA256:${'k'.repeat(42)}${from % 10}`, note: 'laptop' },
    { id: from + 3, ...owner, type: 'OAuth app token', tokenLastEight: 'A1b2C3d4', scopes, note: 'GitHub CLI' },
    { id: from + 4, ...owner, type: 'GitHub app token', tokenLastEight: 'E5f6G7h8', note: 'Editor' },
  ];
}

const CLAIMS = 'http://schemas.microsoft.com/identity/claims';

/** What Entra sends with every assertion, and no policy of its changes. */
export function entraAttributes(oid: string, tenantId: string = WORLD.tenantId): { name: string; value: string }[] {
  return [
    { name: `${CLAIMS}/tenantid`, value: tenantId },
    { name: `${CLAIMS}/objectidentifier`, value: oid },
  ];
}
