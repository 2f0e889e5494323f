import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  stopsWithoutRunner,
  stopsWithoutVariable,
  stopsWithWorkflow,
} from '../../../../src/steps/runner-credentials/rules/github/workflows/what-stops.ts';
import { workflowUse } from '../../../../src/steps/runner-credentials/rules/github/workflows/workflow-use.ts';

const API = 'https://api.github.com';
const organisation = 'acme';

function use(repository: string, file: string, text: string, own: readonly string[] = []) {
  const place = { organisation, repository, path: `.github/workflows/${file}`, text };
  const read = workflowUse(place, new Set(own), API);
  assert.ok(read !== undefined);
  return read;
}

const NIGHTLY = use(
  'api',
  'nightly.yml',
  `
on:
  schedule: [{ cron: '0 3 * * *' }]
  workflow_dispatch: {}
jobs:
  sync:
    runs-on: [self-hosted, linux, gpu-7]
    environment: Production
    steps:
      - run: sync --token "\${{ vars.CI_TOKEN }}"
      # - run: old --token "\${{ vars.OLD_TOKEN }}"
`,
);
const CALLER = use(
  'api',
  'release.yml',
  `
'on': push
jobs:
  nightly:
    uses: ./.github/workflows/nightly.yml
    with: { key: "\${{ vars['Release_Key'] }}" }
`,
);
const OTHER = use(
  'web',
  'ci.yml',
  `
on: [push, pull_request]
jobs:
  build:
    runs-on: self-hosted
    steps: [{ run: "echo \${{ vars.ci_token }}" }]
  matrix:
    runs-on: \${{ matrix.os }}
    environment: { name: "\${{ inputs.where }}" }
`,
);
const SHADOWED = use('docs', 'ci.yml', `on: push\njobs: { a: { steps: [{ run: "\${{ vars.CI_TOKEN }}" }] } }`, [
  'CI_TOKEN',
]);
const uses = [NIGHTLY, CALLER, OTHER, SHADOWED, { kind: 'something-else' }];
const names = (impact: readonly { readonly what: string }[]) => impact.map(({ what }) => what);

const SCOPES = [
  [
    'of the organisation: every workflow that names it, but where the repository has its own',
    { type: 'organisation', organisation: 'Acme' },
    'CI_TOKEN',
    ['acme/api/.github/workflows/nightly.yml', 'acme/web/.github/workflows/ci.yml'],
  ],
  [
    'of a repository: its own workflows',
    { type: 'repository', organisation, repository: 'docs' },
    'CI_TOKEN',
    ['acme/docs/.github/workflows/ci.yml'],
  ],
  [
    'of an environment: where a job names the environment',
    { type: 'environment', organisation, repository: 'api', environment: 'production' },
    'CI_TOKEN',
    ['acme/api/.github/workflows/nightly.yml'],
  ],
  [
    'of an environment that no job names: nothing',
    { type: 'environment', organisation, repository: 'api', environment: 'staging' },
    'CI_TOKEN',
    [],
  ],
  [
    'of an environment, where the name is known only when the job runs: it may be this one',
    { type: 'environment', organisation, repository: 'web', environment: 'staging' },
    'CI_TOKEN',
    ['acme/web/.github/workflows/ci.yml'],
  ],
  [
    'written in brackets and in small letters',
    { type: 'repository', organisation, repository: 'api' },
    'RELEASE_KEY',
    ['acme/api/.github/workflows/release.yml'],
  ],
  ['named only in a comment: nothing', { type: 'repository', organisation, repository: 'api' }, 'OLD_TOKEN', []],
] as const;

for (const [name, scope, variable, stops] of SCOPES) {
  test(`a variable ${name}`, () => {
    assert.deepEqual(names(stopsWithoutVariable(scope, variable, uses)), stops);
  });
}

test('a workflow that is disabled for its schedule: its other events, its schedules, and who calls it', () => {
  const impact = stopsWithWorkflow({ organisation, repository: 'api', path: '.github/workflows/nightly.yml' }, uses);
  assert.deepEqual(names(impact), [
    'acme/api/.github/workflows/nightly.yml on workflow_dispatch',
    'acme/api/.github/workflows/nightly.yml at 0 3 * * *',
    'acme/api/.github/workflows/release.yml',
  ]);
  assert.equal(impact[2]?.link, 'https://github.com/acme/api/blob/HEAD/.github/workflows/release.yml');
});

test('a runner: what asks for its own label stops, what asks for any machine may', () => {
  const impact = stopsWithoutRunner({ organisation }, ['self-hosted', 'Linux', 'GPU-7'], uses);
  assert.deepEqual(
    impact.map(({ what, perhaps }) => [what, perhaps]),
    [
      ['acme/api/.github/workflows/nightly.yml', undefined],
      ['acme/web/.github/workflows/ci.yml', true],
    ],
  );
  assert.deepEqual(names(stopsWithoutRunner({ organisation, repository: 'web' }, ['gpu-7'], uses)), [
    'acme/web/.github/workflows/ci.yml',
  ]);
  // A job that asks for a label which this runner has not goes elsewhere.
  assert.deepEqual(names(stopsWithoutRunner({ organisation, repository: 'api' }, ['gpu-8'], uses)), []);
});

test('a file that is no workflow is used for nothing', () => {
  for (const text of ['just text', '- a\n- b', ': : :\n\t-'])
    assert.equal(workflowUse({ organisation, repository: 'api', path: 'x.yml', text }, new Set(), API), undefined);
});

test('a workflow that computes which variable it takes, or on which runner, may stop, and is told as that', () => {
  const computed = use(
    'any',
    'any.yml',
    `
on: push
jobs:
  all:
    runs-on: \${{ inputs.machine }}
    steps: [{ run: "echo '\${{ toJSON(vars) }}'" }]
`,
  );
  const one = use(
    'any',
    'one.yml',
    'on: push\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps: [{ run: "echo $' + '{{ vars[matrix.name] }}" }]\n',
  );
  const plain = use(
    'any',
    'plain.yml',
    'on: push\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps: [{ run: echo vars }]\n',
  );
  const perhapsOf = (impact: readonly { readonly what: string; readonly perhaps?: true | undefined }[]) =>
    impact.map(({ what, perhaps }) => [what.split('/').at(-1), perhaps]);
  const repository = { type: 'repository', organisation, repository: 'any' } as const;
  assert.deepEqual(perhapsOf(stopsWithoutVariable(repository, 'CI_TOKEN', [computed, one, plain])), [
    ['any.yml', true],
    ['one.yml', true],
  ]);
  assert.deepEqual(perhapsOf(stopsWithoutRunner({ organisation, repository: 'any' }, [], [computed, one, plain])), [
    ['any.yml', true],
  ]);
});
