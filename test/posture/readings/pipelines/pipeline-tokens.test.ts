import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeRead } from '../../../../activities/posture/make-read.ts';
import { readPipelineTokens } from '../../../../activities/posture/readers/pipelines/pipeline-tokens.ts';
import type { InventoryBatch } from '../../../../activities/runner-credentials/github/inventory/inventory-index.ts';
import { nodeId } from '../../../../local/tenant/github/shapes/node-ids.ts';
import { makeRepository } from '../../../../local/tenant/github/state/state-repository.ts';
import { makeGitHub, seedGitHub } from '../../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../../local/tenant/vault/vendor.ts';
import type { Storage } from '../../../../src/connectors/storage/index.ts';
import { pipelineTokens } from '../../../../src/posture/readings/pipelines/pipeline-tokens.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';

const seed = seedContext();
const vault = seedVault(seed);
const github = seedGitHub(seed, vault);
const app = await startApp({ vendors: (core) => [makeVault(core, vault), makeGitHub(core, github)] });
after(() => app.stop());
const { organisation } = WORLD.github;
const repository = makeRepository(organisation, 'pipelines', 880_900);
const known = { nodeId: nodeId('R', repository.id), id: repository.id, name: repository.name, archived: false };

const hit = (holder: 'personal' | 'service', sha256 = 'a'.repeat(64)) => ({
  ...{ type: 'github-classic' as const, holder, checksum: 'valid' as const, sha256, lastFour: 'abcd' },
});
const variable = (...hits: ReturnType<typeof hit>[]) => ({
  scope: { type: 'repository', organisation, repository: repository.name },
  name: 'TOKEN',
  tokens: hits.map((each) => ({ hit: each, alike: [] })),
});
/** What the last sweep filed: one batch, with the repository and what stands in its variables. */
function inventory(
  variables: readonly ReturnType<typeof variable>[],
  more: Partial<InventoryBatch> = {},
  at = new Date(),
): Storage {
  const batch = {
    ...{ organisation, at: at.toISOString(), cut: [], owned: [], coverage: [] },
    facts: [
      {
        repository: known,
        sources: {
          'repository-variables': { fact: variables, count: 1, failures: [], readAt: at.toISOString() },
        },
      },
    ],
    ...more,
  };
  const ref = { container: 'inventory', name: 'batch', sha256: '0'.repeat(64), bytes: 1 };
  const index = { organisation, at: batch.at, wholeAt: batch.at, batches: [{ ref, first: 1, last: 1_000_000 }] };
  return { getText: async () => JSON.stringify(index), getParsed: async () => batch } as unknown as Storage;
}
const read = async (storage: Storage, settings: object = {}) => {
  const context = {
    ...app.context,
    vendors: { ...app.context.vendors, storage },
    settings: { ...app.context.settings, DEVOPS_ORGANISATIONS: [], ...settings },
  };
  const { facts, gaps } = (await makeRead(pipelineTokens, readPipelineTokens, '2026-11-23T04:10:00Z', context)).read;
  const { places } = pipelineTokens.shape.parse(facts);
  return [
    places.map(({ repository: name, token, does }) => `${name} ${token} ${does}`),
    gaps.map(({ reason }) => reason),
  ];
};
const workflow = (text: string): void => {
  repository.files.set(
    '.github/workflows/ci.yml',
    `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${text}\n`,
  );
};

beforeEach(() => {
  github.repositories.clear();
  github.repositories.add(repository);
  repository.files.clear();
});

test('a personal token counts where a workflow calls the gateway or starts a server', async () => {
  const [personal, service] = [hit('personal'), hit('service', 'b'.repeat(64))];
  const storage = inventory([variable(personal, service), variable(personal)]);
  workflow('npm ci');
  assert.deepEqual((await read(storage))[0], []);
  workflow('npx -y @modelcontextprotocol/server-github');
  assert.deepEqual(await read(storage), [[`pipelines ${'a'.repeat(16)} starts-server`], []]);
  workflow(`curl https://${WORLD.apim.name.toUpperCase()}.azure-api.net/mcp/github`);
  assert.deepEqual((await read(storage))[0], [`pipelines ${'a'.repeat(16)} calls-gateway`]);
  assert.deepEqual((await read(inventory([variable(service)])))[0], []);
});

test('what the sweep did not read is not known', async () => {
  const none = { getText: async () => undefined } as unknown as Storage;
  assert.deepEqual(await read(none), [[], ['no-data']]);
  assert.deepEqual(await read(none, { GITHUB_ORGANISATIONS: [] }), [[], []]);
  assert.deepEqual(await read(none, { GITHUB_ORGANISATIONS: [], DEVOPS_ORGANISATIONS: ['x'] }), [[], ['no-data']]);
  assert.deepEqual(await read(inventory([], {}, new Date(Date.now() - 3 * 86_400_000))), [[], ['partial']]);
  const line = {
    source: `github/workflow-files:${organisation}`,
    state: 'partial' as const,
    detail: '429',
    looked: { count: 0, unit: 'files' },
  };
  assert.deepEqual(await read(inventory([], { coverage: [line] })), [[], ['partial']]);
});
