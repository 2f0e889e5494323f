import { openNameHolders } from '../../../activities/case/accounts/name-holders.ts';
import { resolveGitHubAccounts } from '../../../activities/case/accounts/resolve-github-accounts.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { type Memory, NO_MEMORY } from '../../../src/people/evidence/remembered.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';

export const LEAVER: Leaver = {
  oid: WORLD.leaver.oid as Oid,
  state: 'active',
  displayName: WORLD.leaver.displayName,
  givenName: 'Alex',
  familyName: 'Moreau',
  userPrincipalName: WORLD.leaver.userPrincipalName,
  mail: WORLD.leaver.mail,
  createdAt: '2024-05-01T00:00:00Z',
  github: [],
  devops: [],
};

/** The case study's directory, GitHub and vault with the app in this process. One per test file. */
export async function startAccountsApp(options: { readonly storage?: boolean } = {}) {
  const context = {
    now: new Date(),
    scale: { repositories: 8, identities: 0, credentialsPerIdentity: 0 },
    mint: makeTokenMint(),
  };
  const vault = seedVault(context);
  const github = seedGitHub(context, vault);
  const entra = seedEntra(context);
  const app = await startApp({
    vendors: (core) => [makeVault(core, vault), makeGitHub(core, github), makeGraph(core, entra)],
    storage: options.storage === true ? 'memory' : false,
    settings: { GITHUB_POINTS_PER_MINUTE: '100000', RETRY_DELAY_MS: '1' },
  });
  github.limits.pointsPerMinute = 100_000;
  const organisation = github.organisations.get(WORLD.github.organisation);
  if (organisation === undefined) throw new Error('the seed lacks the organisation');

  /** What is taken for the person's, by what stands in the organisation now. */
  const resolve = async (
    person: Leaver = LEAVER,
    memory: Memory | undefined = NO_MEMORY,
    settings: Partial<typeof app.config> = {},
  ) => {
    const vendors = openVendors({ ...app.config, ...settings });
    const holders = openNameHolders(vendors, person.oid, memory);
    const circumstances = { memory, holders, now: new Date() };
    const answer = await resolveGitHubAccounts(vendors, { ...app.config, ...settings }, person, circumstances);
    return { ...answer, history: holders.coverage(), holders };
  };
  return { app, github, entra, organisation, resolve };
}
