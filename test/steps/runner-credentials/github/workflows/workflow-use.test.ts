import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWorkflowTriggers } from '../../../../../src/steps/runner-credentials/rules/github/workflows/read-workflow.ts';
import {
  type WorkflowUse,
  WorkflowUseSchema,
  workflowUse,
} from '../../../../../src/steps/runner-credentials/rules/github/workflows/workflow-use.ts';

const FILE = { organisation: 'acme', repository: 'pay', path: '.github/workflows/a.yml' };
const use = (text: string) => workflowUse({ ...FILE, text }, new Set(['PAT']), 'https://api.github.com');
const NOTHING: WorkflowUse = {
  ...{ kind: 'github-workflow', ...FILE, url: 'https://github.com/acme/pay/blob/HEAD/.github/workflows/a.yml' },
  ...{ variables: [], anyVariable: false, ownVariables: [], environments: [], runsOn: [], anyRunner: false },
  ...{ events: [], crons: [], calls: [] },
};

const job = (...lines: readonly string[]) => `jobs:\n  a:\n${lines.map((line) => `    ${line}\n`).join('')}`;
/** What stands in a file, and what of it the workflow rests on. */
const TEXTS: readonly (readonly [what: string, text: string, rests: Partial<WorkflowUse>])[] = [
  ['no job at all', 'name: x', {}],
  ['jobs that are none', 'jobs: [a, b]', {}],
  ['a job that is none', 'jobs: { a: null, b: { runs-on: linux } }', { runsOn: [['linux']] }],
  ['one event', 'on: push', { events: ['push'] }],
  ['several events, one of which is no name', 'on: [push, 7, schedule]', { events: ['push'] }],
  ['a key that old YAML reads as true', 'true: { push: {} }', { events: ['push'] }],
  ['an event that is no name', 'on: 7', {}],
  [
    'a schedule with lines that are none',
    "on: { push: {}, schedule: [null, { cron: 7 }, { cron: '0 3 * * *' }] }",
    { events: ['push'], crons: ['0 3 * * *'] },
  ],
  ['a schedule that is no list', "on: { schedule: '0 3 * * *' }", {}],
  ['one label', job('runs-on: Linux'), { runsOn: [['linux']] }],
  ['labels, one of which is no name', job('runs-on: [GPU, 7]'), { runsOn: [['gpu']] }],
  ['labels of a group', job('runs-on: { group: x, labels: [GPU] }'), { runsOn: [['gpu']] }],
  ['no label', job('runs-on: []'), {}],
  ['a label that is computed', job(`runs-on: [linux, "\${{ matrix.os }}"]`), { anyRunner: true }],
  [
    'a second job whose label is computed',
    `${job('runs-on: linux')}  b:\n    runs-on: \${{ matrix.os }}\n`,
    { runsOn: [['linux']], anyRunner: true },
  ],
  ['an environment', job('environment: Prod'), { environments: ['prod'] }],
  ['an environment by its name', job('environment: { name: Prod, url: x }'), { environments: ['prod'] }],
  ['an environment without a name', job("environment: ''"), {}],
  ['an environment that is a number', job('environment: 7'), {}],
  [
    'an environment that is computed, beside one that is not',
    `${job('environment: Prod')}  b:\n    environment: \${{ inputs.stage }}\n`,
    { environments: null },
  ],
  ['a workflow of the same repository', job('uses: ./b.yml'), { calls: ['b.yml'] }],
  ['a workflow of another repository', job('uses: acme/shared/b.yml@v1'), {}],
  ['what is called like the folder itself', job('uses: acme/./'), {}],
  ['a use that is a number', job('uses: 7'), {}],
  [
    'a variable behind a command, and one in a line that is a comment',
    job('steps:', `  - run: a \${{ vars.pat }} # vars.LATER`, '  # vars.NEVER toJSON(vars)'),
    { variables: ['LATER', 'PAT'], ownVariables: ['PAT'] },
  ],
  ['a variable in brackets', job(`env: { A: "\${{ vars[ 'Pat' ] }}" }`), { variables: ['PAT'], ownVariables: ['PAT'] }],
];
for (const [what, text, rests] of TEXTS) {
  test(`a workflow file with ${what}`, () => assert.deepEqual(use(text), { ...NOTHING, ...rests }));
}

test('what an earlier version kept of a workflow says nothing of what is computed', () => {
  const { anyVariable: _, anyRunner: __, ...before } = NOTHING;
  assert.deepEqual(WorkflowUseSchema.parse(before), NOTHING);
});

const NO_CRON = { kind: 'scheduled', crons: [], lines: [] };
const ONE = { kind: 'scheduled', crons: ['0 3 * * *'] };
/** How a file starts by itself. */
const TRIGGERS: readonly (readonly [what: string, text: string, triggers: object])[] = [
  ['a key that old YAML reads as true', "true:\n  schedule:\n    - cron: '0 3 * * *'", { ...ONE, lines: [3] }],
  ['a schedule without lines', 'on: schedule', NO_CRON],
  ['a schedule among events', 'on: [push, schedule]', NO_CRON],
  ['a schedule that is no list', "on: { schedule: '0 3 * * *' }", NO_CRON],
  ['a schedule with lines that are none', 'on: { schedule: [null, { cron: 7 }] }', NO_CRON],
  ['no event', 'on:', { kind: 'unreadable' }],
  ['an event that is a number', 'on: 7', { kind: 'unreadable' }],
  ['nothing but a text', 'push', { kind: 'unreadable' }],
  [
    'its line again in a step, and other lines that are no schedule of it',
    "on:\n  schedule:\n    - cron: '0 3 * * *'\nenv:\n  cron: '0 3 * * *'\n  name: '0 3 * * *'\nx:\n  cron: '9 9 * * *'\ny:\n  cron: ['0 3 * * *']\n? [cron]\n: '0 3 * * *'\n",
    { ...ONE, lines: [3, 5] },
  ],
  [
    'a key that stands there twice',
    "on:\n  schedule:\n    - cron: '0 3 * * *'\nname: a\nname: b",
    { ...ONE, lines: [3] },
  ],
];
for (const [what, text, triggers] of TRIGGERS) {
  test(`a workflow file starts by: ${what}`, () => assert.deepEqual(readWorkflowTriggers(text), triggers));
}
