import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type LeaversSchedule,
  scheduleFindings,
} from '../../../../src/steps/runner-credentials/rules/github/workflows/schedule-finding.ts';
import {
  WorkflowUseSchema,
  workflowUse,
} from '../../../../src/steps/runner-credentials/rules/github/workflows/workflow-use.ts';

const API = 'https://api.github.com';
const PATH = '.github/workflows/nightly.yml';
const RUN = { actor: { id: 7, login: 'alice' }, createdAt: '2026-11-20T03:00:00Z' };
const BY_RUN = { verdict: 'leaver', basis: 'run', login: 'alice', accountId: 7 } as const;
const schedule = (more: Partial<LeaversSchedule> = {}): LeaversSchedule => ({
  ...{ organisation: 'acme', repository: 'pay', workflowId: 9, path: PATH, filedAs: PATH },
  ...{ crons: ['0 3 * * *'], next: BY_RUN, run: RUN },
  ...more,
});
const told = (more: Partial<LeaversSchedule> = {}) => scheduleFindings(schedule(more), API);

test('a schedule that runs as the leaver is ended or taken over, and a person chooses', () => {
  const [ended, taken, ...more] = told();
  assert.deepEqual(more, []);
  assert.equal(ended?.title, 'The schedule of nightly.yml in acme/pay runs as alice');
  assert.deepEqual(
    [ended?.severity, ended?.status, ended?.remedy?.call.kind],
    ['high', 'awaiting-decision', 'disable-workflow'],
  );
  assert.deepEqual(ended?.remedy?.call.expected, { path: PATH, runsAs: 7 });
  assert.deepEqual(
    [taken?.status, taken?.closedWith, taken?.remedy?.call.kind],
    ['nothing-to-do', ended?.id, 'hand-over-schedule'],
  );
  assert.deepEqual(taken?.evidence.proposed, ['0 3 * 1-12 *']);
});

test('it is not offered to be taken over where its line has no other form', () => {
  assert.equal(told({ crons: ['@daily'] }).length, 1);
  assert.equal(told({ crons: ['0 3 * * *', '@daily'] }).length, 1);
  assert.equal(told({ crons: [] }).length, 1);
});

const { run: _, ...NEVER_RAN } = schedule();
test('one whose line the leaver changed last will run as them, whoever it ran as', () => {
  const next = { ...BY_RUN, basis: 'change' } as const;
  const change = { at: '2026-11-21T00:00:00Z', by: [{ account: RUN.actor }], sinceRun: true };
  const [finding, ...more] = scheduleFindings({ ...NEVER_RAN, next, change }, API);
  assert.deepEqual(more, []);
  assert.equal(finding?.title, 'The schedule of nightly.yml in acme/pay will run as alice');
  assert.match(
    finding?.reason ?? '',
    /^The leaver changed its cron line last, on 2026-11-21, and it has not run since/,
  );
  assert.deepEqual(finding?.remedy?.call.expected, { path: PATH, runsAs: null });
});

test('what is not proved, or was handed over, is looked at, and nothing is offered', () => {
  const [maybe] = told({ next: { verdict: 'maybe', why: 'the account has the leaver’s name' } });
  assert.deepEqual(
    [maybe?.kind, maybe?.severity, maybe?.status, maybe?.remedy],
    ['schedule-may-run-as-leaver', 'medium', 'manual-action', undefined],
  );
  const [over, ...more] = told({ next: { verdict: 'handed-over', login: 'alice', accountId: 7, to: 'ana' } });
  assert.equal(over?.title, 'The schedule of nightly.yml in acme/pay ran as alice last, and ana has changed it since');
  assert.deepEqual([over?.severity, over?.remedy, more], ['low', undefined, []]);
});

const use = (text: string, own: readonly string[] = []) =>
  workflowUse({ organisation: 'acme', repository: 'pay', path: PATH, text }, new Set(own), API);

test('what a workflow rests on stands in its file', () => {
  const text = [
    'on:\n  push:\n  schedule:\n    - cron: "0 3 * * *"',
    'jobs:',
    `  a:\n    runs-on: [self-hosted, GPU]\n    environment: Prod\n    steps:\n      - run: echo \${{ vars.pat }} \${{ vars['Other'] }}`,
    '  # vars.COMMENTED\n  b:\n    uses: ./.github/workflows/b.yml',
  ].join('\n');
  assert.deepEqual(use(text, ['PAT']), {
    ...{ kind: 'github-workflow', organisation: 'acme', repository: 'pay', path: PATH },
    url: `https://github.com/acme/pay/blob/HEAD/${PATH}`,
    ...{ variables: ['OTHER', 'PAT'], anyVariable: false, ownVariables: ['PAT'], environments: ['prod'] },
    ...{ runsOn: [['self-hosted', 'gpu']], anyRunner: false, events: ['push'], crons: ['0 3 * * *'] },
    calls: ['.github/workflows/b.yml'],
  });
  assert.ok(WorkflowUseSchema.safeParse(use(text)).success);
});

test('what is put together when it runs may be anything', () => {
  const job = (line: string) => use(`on: push\njobs:\n  a:\n    ${line}\n`);
  assert.equal(job(`runs-on: \${{ matrix.os }}`)?.anyRunner, true);
  assert.equal(job(`environment: \${{ inputs.stage }}`)?.environments, null);
  assert.equal(job(`name: \${{ toJSON(vars) }}`)?.anyVariable, true);
  assert.equal(job(`name: \${{ vars[matrix.name] }}`)?.anyVariable, true);
  assert.equal(job('name: x')?.anyVariable, false);
});

test('a file that is no workflow rests on nothing that is known', () => {
  assert.equal(use('a: [1'), undefined);
  assert.equal(use('just a text'), undefined);
});
