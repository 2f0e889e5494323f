import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOfRun } from '../../../../src/machines/keep.ts';
import type { Telling } from '../../../../src/machines/telling.ts';
import {
  machineOfIdentity,
  runsToAsk,
  type Standing,
  standingOf,
} from '../../../../src/steps/runner-credentials/rules/machines/bound-to.ts';
import { inventoryLine } from '../../../../src/steps/runner-credentials/rules/machines/inventory-line.ts';
import type {
  ListedAt,
  ListedMachine,
} from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { identityOf, keptMachine, RUNNER, tellingOf } from '../../../support/apps/kept-machine.ts';
import { byJob, DAY, now, recent, runner, SUB } from './bound-to-situations.ts';

const ago = (days: number): string => new Date(now.getTime() - days * DAY).toISOString();
const GITHUB = { vendor: 'github', organisation: 'NorthWind', machines: [] } as const;
const DEVOPS = { ...GITHUB, vendor: 'azure-devops' } as const;
const agent = (more: Partial<ListedMachine> = {}): ListedMachine => ({
  ...{ name: 'build-77', pool: 'Default', online: true },
  ...more,
});
const byIdentity = (
  sayer: Telling['sayer'],
  vendor: Telling['vendor'] = 'azure-devops',
  told: Parameters<typeof keptMachine>[2] = {},
) => tellingOf(keptMachine(vendor, ago(1), { ...told, sayer }));
const one = byJob([RUNNER]);
const [run] = one.runs;
const [answer] = one.answers;
assert.ok(run !== undefined && answer !== undefined);
const older = { ...run, runId: '2' };
const answered = (on: number, of = run) => ({ ...answer, run: keyOfRun(of), on: [{ id: on, group: 1 }] });

interface Situation {
  readonly listed: ListedMachine;
  readonly told: readonly Telling[];
  readonly at?: ListedAt;
  readonly is: string;
}
const SET = { name: 'linux-p0q1r', id: 90, ephemeral: true };
const SITUATIONS: Readonly<Record<string, Situation>> = {
  'a report of exactly seven days ago': {
    listed: agent(),
    told: [tellingOf(keptMachine('azure-devops', ago(7)))],
    at: DEVOPS,
    is: 'told',
  },
  'an old report of which a run is recent': { listed: runner(), told: [{ ...one, reportedAt: ago(9) }], is: 'told' },
  'a recent report whose run on it is old': {
    listed: runner(),
    told: [{ ...one, runs: [{ ...run, at: ago(9) }] }],
    is: 'without-run',
  },
  'a newer run elsewhere, and an older one on it': {
    listed: runner(),
    told: [{ ...one, runs: [run, older], answers: [answered(5), answered(RUNNER, older)] }],
    is: 'told',
  },
  'runs elsewhere': {
    listed: runner(),
    told: [{ ...one, runs: [run, older], answers: [answered(5), answered(6, older)] }],
    is: 'elsewhere',
  },
  'a run whose attempt GitHub was not asked about': {
    listed: runner(),
    told: [{ ...one, answers: [{ ...answer, run: 'another' }] }],
    is: 'unasked',
  },
  'a runner of the enterprise, by another organisation’s job that ran on it': {
    listed: runner({ ofEnterprise: true }),
    told: [byJob([RUNNER], { machine: { registeredAt: 'https://github.com/enterprises/e' } }, { owner: 'contoso' })],
    is: 'told',
  },
  'an owner in other letters': { listed: runner(), told: [byJob([RUNNER], {}, { owner: 'NORTHWIND' })], is: 'told' },
  'a repository in other letters': {
    listed: runner({ repository: 'App' }),
    told: [byJob([RUNNER], { machine: { registeredAt: 'https://github.com/northwind/aPP' } }, { repository: 'APP' })],
    is: 'told',
  },
  'one for one job, of whose group GitHub says nothing': {
    listed: { ...SET, online: true },
    told: [byJob([5], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    is: 'told',
  },
  'one for one job, by several runners of which one is of its group': {
    listed: { ...SET, online: true, group: 4 },
    told: [
      {
        ...byJob([5], { machine: { name: 'linux-x8f2k', ephemeral: true } }),
        answers: [
          {
            ...answer,
            on: [
              { id: 5, group: 1 },
              { id: 6, group: 4 },
            ],
          },
        ],
      },
    ],
    is: 'told',
  },
  'one for one job, by an identity of its set, beside another of that name which told of another of the set': {
    listed: { ...SET, online: true },
    told: [
      byIdentity(identityOf('linux-aaaa'), 'github', { machine: { name: 'linux-aaaa', ephemeral: true } }),
      byIdentity(identityOf('linux-aaaa', 'other'), 'github', { machine: { name: 'linux-bbbb', ephemeral: true } }),
    ],
    is: 'told',
  },
  'a virtual machine in other letters': {
    listed: agent({ name: 'BUILD-77' }),
    told: [byIdentity(identityOf('build-77'), 'azure-devops', { machine: { name: 'Build-77' } })],
    at: DEVOPS,
    is: 'told',
  },
  'two virtual machines of one name in other letters': {
    listed: agent(),
    told: [
      byIdentity(identityOf('build-77')),
      byIdentity(identityOf('Build-77', 'other'), 'azure-devops', { machine: { name: 'BUILD-77' } }),
    ],
    at: DEVOPS,
    is: 'twins',
  },
  'one virtual machine, written in two ways': {
    listed: agent(),
    told: [byIdentity(identityOf('build-77')), byIdentity(identityOf('BUILD-77', 'RG'))],
    at: DEVOPS,
    is: 'told',
  },
  'one that was registered in the moment of the report': {
    listed: agent({ since: ago(1) }),
    told: [byIdentity(identityOf('build-77'))],
    at: DEVOPS,
    is: 'told',
  },
  'a runner of GitHub’s beside a repository’s of its name, by its identity': {
    listed: runner(),
    told: [byIdentity(identityOf('build-77'), 'github')],
    at: { ...GITHUB, machines: [runner({ repository: 'app' })] },
    is: 'told',
  },
  'an agent without a pool, by a report with one, beside another of its name': {
    listed: { name: 'build-77', online: true },
    told: [byIdentity(identityOf('build-77'))],
    at: { ...DEVOPS, machines: [agent({ name: 'build-78' }), agent({ pool: 'Other' })] },
    is: 'twins',
  },
  'an agent without a pool, beside others of other names': {
    listed: { name: 'build-77', online: true },
    told: [byIdentity(identityOf('build-77'))],
    at: { ...DEVOPS, machines: [agent({ name: 'build-78' })] },
    is: 'told',
  },
};
for (const [what, { listed, told, at = GITHUB, is }] of Object.entries(SITUATIONS)) {
  test(`how a machine stands: ${what}: ${is}`, () => {
    const standing = standingOf(listed, { ...at, machines: [listed, ...at.machines] }, told, recent);
    assert.equal(standing.kind === 'unbound' ? standing.why : standing.kind, is);
  });
}

test('of reports that do not count the newest says why, with its newest run', () => {
  const late = { ...byJob([5], {}, { repositoryId: 9 }), reportedAt: ago(0.5) };
  const early = { ...byJob([5]), answers: [] };
  const expected: Standing = { kind: 'unbound', why: 'elsewhere', by: late, run };
  for (const told of [
    [early, late],
    [late, early],
  ])
    assert.deepEqual(standingOf(runner(), GITHUB, told, recent), expected);
});

test('an identity is a machine’s by its whole resource id alone', () => {
  const vm = 'resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-1';
  assert.equal(machineOfIdentity(`/subscriptions/0/${vm}`), 'vm-1');
  assert.equal(machineOfIdentity(`/x/subscriptions/0/${vm}`), undefined);
  assert.equal(machineOfIdentity(`${SUB}/Microsoft.HybridCompute/machines/arc-1`), 'arc-1');
});

test('GitHub is asked of recent runs that told of a machine which is online and has not told for sure', () => {
  const unasked = { ...one, runs: [run, { ...older, at: ago(9) }], answers: [] };
  const asked = (machines: readonly ListedMachine[], ...told: readonly Telling[]) =>
    runsToAsk({ ...GITHUB, machines }, told, recent);
  assert.deepEqual(asked([runner({ name: 'build-78' }), runner()], unasked), [{ telling: unasked, run }]);
  assert.deepEqual(asked([runner({ online: false })], unasked), []);
  assert.deepEqual(asked([runner()], one, unasked), [], 'it has told');
  assert.deepEqual(asked([runner({ name: 'build-78' })], unasked), [], 'another machine');
  const identity = byIdentity(identityOf('build-78'), 'github');
  assert.deepEqual(asked([runner()], { ...identity, runs: [run] }), [], 'an identity has no runs');
});

test('a line of what does not count names each machine, and what could not be read counts as begun', () => {
  const machines = [runner(), runner({ name: 'build-79' })];
  const told = [byJob([5]), byJob([5], { machine: { name: 'build-79' } })];
  const [line] = inventoryLine({ ...GITHUB, machines }, { tellings: told, unreadable: [] }, now);
  assert.equal(
    line?.detail,
    'build-77 and build-79: named in a report of a job of northwind/app (run 3, attempt 1), which does not count, because GitHub shows no job of that run on this machine: look at who wrote that workflow, and run a job that reports on the machine itself; docs/runner-inventory.md says which senders count.',
  );
  assert.deepEqual(line?.looked, { asked: 2, count: 0, unit: 'machines' });
  const other = { tellings: [byJob([RUNNER], { machine: { name: 'build-99' } })], unreadable: ['x'] };
  assert.equal(inventoryLine({ ...GITHUB, machines }, other, now)[0]?.state, 'partial');
});
