import assert from 'node:assert/strict';
import { makeDevOps, seedDevOps } from '../../../../local/tenant/devops/vendor.ts';
import { emptyEntra } from '../../../../local/tenant/entra/state/state.ts';
import { makeGraph } from '../../../../local/tenant/entra/vendor.ts';
import { makeEnvironment } from '../../../../local/tenant/github/state/state-actions.ts';
import { makeRepository } from '../../../../local/tenant/github/state/state-repository.ts';
import { makeGitHub, seedGitHub } from '../../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../../local/tenant/vault/vendor.ts';
import { noStoredSecrets } from '../../../../src/posture/checks/no-stored-secrets.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';
import { checked, told } from '../../support/checked.ts';
import { DEPLOYED, deployGatewayApps } from '../../support/gateway-firm.ts';

const seed = seedContext();
export const entra = emptyEntra();
export const devops = seedDevOps(seed);
const vault = seedVault(seed);
export const github = seedGitHub(seed, vault);
export const app = await startApp({
  vendors: (core) => [
    makeGraph(core, entra),
    makeDevOps(core, devops),
    makeVault(core, vault),
    makeGitHub(core, github),
  ],
});

export const { organisation } = WORLD.github;
export const repository = makeRepository(organisation, 'pipelines', 880_900);
export const owner = github.organisations.get(organisation) ?? assert.fail();

export const reset = () => {
  deployGatewayApps(entra);
  devops.connections.clear();
  devops.behaviour.unseen.clear();
  github.repositories.clear();
  github.repositories.add(repository);
  repository.files.clear();
  repository.environments.clear();
  for (const { secrets } of [owner, repository]) secrets.clear();
};

/** An expression of a workflow. */
export const of = (expression: string): string => `$\{{ ${expression} }}`;
export const WITHOUT_GITHUB = { ...DEPLOYED, GITHUB_ORGANISATIONS: [] };
export const outcome = async (settings: object = WITHOUT_GITHUB): Promise<string> =>
  told(await checked(app, noStoredSecrets, settings));

/** A workflow of the repository, one line of which is given. */
const workflow = (line: string): void =>
  void repository.files.set(
    '.github/workflows/deploy.yml',
    `on: push\njobs:\n  go:\n    steps:\n      - with:\n          ${line}\n`,
  );
export const creds = (name = 'AZURE_CREDENTIALS'): void => workflow(`creds: ${of(`secrets.${name}`)}`);
export const keep = (name = 'AZURE_CREDENTIALS'): void => void repository.secrets.add({ name });
export const others = (count: number): void => {
  for (let n = 0; n < count; n += 1) repository.secrets.add({ name: `NPM_TOKEN_${n}` });
};

export const WITH_GITHUB: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['no secret', () => {}, 'pass'],
  ['secrets that tell nothing, and ids', () => ['NPM_TOKEN', 'AZURE_CLIENT_ID', 'AZURE_TENANT_ID'].map(keep), 'pass'],
  [
    'name used as `creds:`',
    () => {
      keep();
      creds();
    },
    'fail: workflow-signs-in-with-secret deploy.yml#creds=AZURE_CREDENTIALS',
  ],
  ['it is used, and listed nowhere', creds, 'fail: workflow-signs-in-with-secret deploy.yml#creds=AZURE_CREDENTIALS'],
  [
    'a name that tells nothing, in small letters, used as `client-secret:`',
    () => {
      keep('DEPLOY');
      workflow(`client-secret: ${of("secrets['deploy']")}`);
    },
    'fail: workflow-signs-in-with-secret deploy.yml#client-secret=deploy',
  ],
  ['telling name no workflow uses', keep, 'unknown: no-data'],
  ['it is the organisation’s', () => void owner.secrets.add({ name: 'ARM_CLIENT_SECRET' }), 'unknown: no-data'],
  [
    'it is an environment’s',
    () => void repository.environments.add(makeEnvironment('prod/eu', 7)).secrets.add({ name: 'MCP_TOKEN' }),
    'unknown: no-data',
  ],
  [
    'it is on the second page',
    () => {
      others(100);
      keep();
    },
    'unknown: no-data',
  ],
  [
    'a workflow uses it for something else',
    () => {
      keep();
      workflow(`run: echo ${of('secrets.AZURE_CREDENTIALS')}`);
    },
    'unknown: unreadable',
  ],
  [
    'a workflow of another repository uses one of that name',
    () => {
      keep();
      creds();
      github.repositories.add(makeRepository(organisation, 'shop', 880_901)).secrets.add({ name: 'AZURE_CREDENTIALS' });
    },
    'fail: workflow-signs-in-with-secret deploy.yml#creds=AZURE_CREDENTIALS',
  ],
  [
    'it is in an archived repository',
    () =>
      void github.repositories
        .add(makeRepository(organisation, 'old', 880_902, { archived: true }))
        .secrets.add({ name: 'AZURE_CREDENTIALS' }),
    'pass',
  ],
];
