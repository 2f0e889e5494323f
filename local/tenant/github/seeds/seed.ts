import type { SeedContext } from '../../seeds/seed-context.ts';
import { WORLD } from '../../seeds/world.ts';
import type { VaultState } from '../../vault/state.ts';
import { APP_KEY, ASSESSOR_KEY } from '../../vault/vendor.ts';
import { emptyGitHub, type GitHubState } from '../state/state.ts';
import { APP_PERMISSIONS, ASSESSOR_PERMISSIONS, ownApp, type Permissions } from '../state/state-apps.ts';
import { makeOrganisation, type Organisation } from '../state/state-organisation.ts';
import { seedPeople } from './seed-people.ts';
import { seedRepositories } from './seed-repositories.ts';

/**
 * The case study's organisation. What the leaver left: the laptop that still takes jobs, two nightly schedules that
 * run as him, tokens in variables and in a workflow file, and everything his account is authorised for.
 */
export function seedGitHub(context: SeedContext, vault: VaultState): GitHubState {
  const state: GitHubState = {
    ...emptyGitHub(),
    appId: WORLD.github.appId,
    appKey: vault.keys.all().find(({ name }) => name === APP_KEY.name)?.publicKey ?? null,
    assessor: Object.defineProperty(ownApp(WORLD.github.assessor.appId, 'mcp-posture'), 'appKey', {
      get: () => vault.keys.all().find(({ name }) => name === ASSESSOR_KEY.name)?.publicKey ?? null,
    }),
  };
  const organisation = state.organisations.add(
    makeOrganisation(WORLD.github.organisation, WORLD.github.organisationId),
  );
  state.installations.add({
    id: WORLD.github.installationId,
    organisation: organisation.login,
    permissions: new Map(Object.entries(APP_PERMISSIONS)) satisfies Permissions,
    repositorySelection: 'all',
    selected: new Set(),
    denials: 403,
  });
  state.assessor.installations.add({
    id: WORLD.github.assessor.installationId,
    organisation: organisation.login,
    permissions: new Map(Object.entries(ASSESSOR_PERMISSIONS)) satisfies Permissions,
    repositorySelection: 'all',
    selected: new Set(),
    denials: 403,
  });
  const tokens = seedPeople(context, state, organisation);
  seedRunners(organisation);
  seedAuditLog(context, organisation);
  seedVariables(context, organisation);
  seedRepositories(context, state, organisation, tokens);
  return state;
}

function seedRunners(organisation: Organisation): void {
  const { runner } = WORLD.github;
  const common = { os: 'linux', busy: false } as const;
  organisation.runners.add({ ...common, ...runner, status: 'online', labels: [WORLD.leaver.githubLogin, 'docs'] });
  organisation.runners.add({ ...common, id: 41, name: 'build-01', status: 'online', labels: ['build'] });
  organisation.runners.add({ ...common, id: 42, name: 'build-02', status: 'offline', labels: ['build'] });
  // A colleague whose login begins with the leaver's.
  const colleague = WORLD.colleagues[0].githubLogin;
  organisation.runners.add({ ...common, id: 43, name: `laptop-${colleague}`, status: 'online', labels: [colleague] });
}

/** Who registered which runner: the leaver theirs, a colleague the machine that the leaver's login is part of. */
function seedAuditLog({ now }: SeedContext, organisation: Organisation): void {
  const { leaver, colleagues, github } = WORLD;
  const at = new Date(now.getTime() - 150 * 86_400_000);
  const more = (id: number, name: string) => ({ runner_id: id, runner_name: name });
  const register = 'register_self_hosted_runner';
  organisation.auditLog = [
    {
      id: 'a1',
      action: `org.${register}`,
      actorId: leaver.githubId,
      at,
      more: more(github.runner.id, github.runner.name),
    },
    {
      id: 'a2',
      action: `repo.${register}`,
      actorId: leaver.githubId,
      at,
      more: { ...more(61, `${leaver.githubLogin}-desktop`), repo: `${organisation.login}/document-pipeline` },
    },
    {
      id: 'a3',
      action: `org.${register}`,
      actorId: colleagues[0].githubId,
      at,
      more: more(43, `laptop-${colleagues[0].githubLogin}`),
    },
  ];
}

/** More than the 30 that one page of variables holds. */
function seedVariables({ mint }: SeedContext, organisation: Organisation): void {
  for (let n = 1; n <= 32; n += 1) {
    organisation.variables.add({
      name: `SERVICE_URL_${String(n).padStart(2, '0')}`,
      value: `https://svc-${n}.example`,
    });
  }
  organisation.variables.add({ name: 'CLAUDE_CODE_OAUTH_TOKEN', value: mint.mint('anthropic-oauth') });
}
