import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGap, isStandingLimit } from '../../../../src/cases/coverage/coverage.ts';
import { type Keeping, keep } from '../../../../src/machines/keep.ts';
import type { Sayer } from '../../../../src/machines/kept.ts';
import type { MachineVendor } from '../../../../src/machines/report.ts';
import { answerOfJobs, type RanJob, type RunAnswer, type Telling } from '../../../../src/machines/telling.ts';
import {
  machineOfIdentity,
  standingOf,
  UNBOUND,
  type Unbound,
} from '../../../../src/steps/runner-credentials/rules/machines/bound-to.ts';
import { inventoryLine } from '../../../../src/steps/runner-credentials/rules/machines/inventory-line.ts';
import type { ListedMachine } from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { aReport } from '../../../machines/a-report.ts';
import { identityOf, keptMachine, RUNNER, tellingOf } from '../../../support/apps/kept-machine.ts';
import { fc } from '../../../support/properties.ts';

/*
 * Whose word closes the gap of which machine. A report may come from any workflow of the firm and from any identity with
 * the role, and name any machine: it counts where GitHub says that its run had a job on that very runner, or where the
 * identity is that of the one machine of its name in Azure.
 */

const now = new Date('2026-11-23T10:00:00.000Z');
const DAY = 86_400_000;
const ago = (days: number): string => new Date(now.getTime() - days * DAY).toISOString();
const recent = { now, days: 7 };
const runner = (more: Partial<ListedMachine> = {}): ListedMachine => ({
  ...{ name: 'build-77', id: RUNNER, group: 1, online: true },
  ...more,
});
const agent = (more: Partial<ListedMachine> = {}): ListedMachine => ({
  ...{ name: 'build-77', pool: 'Default', online: true },
  ...more,
});

type Told = Parameters<typeof keptMachine>[2];
/** A job of `northwind/app` names the machine; GitHub says on which runners that run had jobs. */
const byJob = (on: readonly number[], told: Told = {}, sayer: Partial<Extract<Sayer, { kind: 'github-job' }>> = {}) => {
  const kept = keptMachine('github', ago(1), told);
  return tellingOf(kept.sayer.kind === 'github-job' ? { ...kept, sayer: { ...kept.sayer, ...sayer } } : kept, on);
};
const answering = (state: RunAnswer['state'] | undefined): Telling => {
  const telling = byJob([]);
  return { ...telling, answers: telling.answers.flatMap((each) => (state === undefined ? [] : [{ ...each, state }])) };
};
const byIdentity = (vendor: MachineVendor, sayer: Sayer, told: Told = {}) =>
  tellingOf(keptMachine(vendor, ago(1), { ...told, sayer }));
const SUB = '/subscriptions/0/resourceGroups/rg/providers';
const of = (resourceId: string): Sayer => ({ kind: 'managed-identity', oid: 'an-identity', resourceId });
const at = (registeredAt: string): Told => ({ machine: { registeredAt } });
const OF_ENTERPRISE = at('https://github.com/enterprises/northwind-group');

interface Situation {
  readonly vendor: MachineVendor;
  readonly listed: ListedMachine;
  readonly others?: readonly ListedMachine[];
  readonly told: readonly Telling[];
  readonly is: 'told' | 'silent' | Unbound;
}
const github = (listed: ListedMachine, told: readonly Telling[], is: Situation['is']): Situation => ({
  ...{ vendor: 'github', listed, told, is },
});
const devops = (listed: ListedMachine, told: readonly Telling[], is: Situation['is']): Situation => ({
  ...{ vendor: 'azure-devops', listed, told, is },
});

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'a job that ran on it': github(runner(), [byJob([RUNNER])], 'told'),
  'a run that had one of its jobs on it': github(runner(), [byJob([5, RUNNER])], 'told'),
  'a job that ran elsewhere and names it': github(runner(), [byJob([5])], 'elsewhere'),
  'a job of which GitHub shows no runner, and the run is over': github(runner(), [byJob([])], 'elsewhere'),
  'a run that goes on': github(runner(), [answering('under-way')], 'under-way'),
  'a run that was deleted': github(runner(), [answering('gone')], 'gone'),
  'a run that GitHub was not asked about': github(runner(), [answering(undefined)], 'unasked'),
  'a report that was kept before runs were': github(runner(), [{ ...byJob([]), runs: [] }], 'without-run'),
  'one that lies, and one that ran there': github(
    runner(),
    [byJob([5]), byJob([RUNNER], {}, { repositoryId: 9 })],
    'told',
  ),
  'an old run': github(runner(), [tellingOf(keptMachine('github', ago(7.1)))], 'silent'),
  nobody: github(runner(), [], 'silent'),
  'a name that is not registered': github(runner(), [byJob([RUNNER], { machine: { name: 'build-99' } })], 'silent'),
  'a machine that was set up anew under its name': github(runner({ id: 88 }), [byJob([RUNNER])], 'elsewhere'),
  'a machine that is called otherwise now': github(runner({ name: 'build-78' }), [byJob([RUNNER])], 'silent'),
  'its name in other letters': github(runner({ name: 'Build-77' }), [byJob([RUNNER])], 'told'),
  'the same name in another organisation': github(runner(), [byJob([RUNNER], { organisation: 'contoso' })], 'silent'),
  'a job of another organisation': github(runner(), [byJob([RUNNER], {}, { owner: 'contoso' })], 'elsewhere'),
  'a repository’s runner, by its job': github(
    runner({ repository: 'app' }),
    [byJob([RUNNER], at('https://github.com/northwind/app'), { repository: 'northwind/app' })],
    'told',
  ),
  'a repository’s runner, by a job of another': github(
    runner({ repository: 'app' }),
    [byJob([RUNNER], at('https://github.com/northwind/app'), { repository: 'northwind/other' })],
    'elsewhere',
  ),
  'a runner of the enterprise': github(runner({ ofEnterprise: true }), [byJob([RUNNER], OF_ENTERPRISE)], 'told'),
  'a runner of the enterprise, by a job that ran elsewhere': github(
    runner({ ofEnterprise: true }),
    [byJob([5], OF_ENTERPRISE)],
    'elsewhere',
  ),
  'a runner of the enterprise, which the organisation does not list': github(
    runner(),
    [byJob([RUNNER], OF_ENTERPRISE)],
    'silent',
  ),
  'one for one job, by another of its set': github(
    runner({ name: 'linux-p0q1r', id: 90, ephemeral: true }),
    [byJob([RUNNER], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    'told',
  ),
  'one for one job, by a job elsewhere that names one of its set': github(
    runner({ name: 'linux-p0q1r', id: 90, ephemeral: true }),
    [byJob([], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    'elsewhere',
  ),
  'one for one job, by one of another group': github(
    runner({ name: 'linux-p0q1r', id: 90, ephemeral: true, group: 4 }),
    [byJob([RUNNER], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    'elsewhere',
  ),
  'a laptop that stays, by one for one job': github(
    runner({ name: 'linux-amoreau', id: 90, ephemeral: false }),
    [byJob([RUNNER], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    'silent',
  ),
  'a laptop of which GitHub does not say that it stays': github(
    runner({ name: 'linux-amoreau', id: 90 }),
    [byJob([RUNNER], { machine: { name: 'linux-x8f2k', ephemeral: true } })],
    'silent',
  ),
  'GitHub: the identity of its virtual machine': github(
    runner(),
    [byIdentity('github', identityOf('build-77'))],
    'told',
  ),
  'GitHub: the identity of another virtual machine': github(
    runner(),
    [byIdentity('github', identityOf('build-78'))],
    'other-identity',
  ),
  'the identity of its virtual machine': devops(agent(), [byIdentity('azure-devops', identityOf('BUILD-77'))], 'told'),
  'that of a server of Azure Arc': devops(
    agent(),
    [byIdentity('azure-devops', of(`${SUB}/Microsoft.HybridCompute/machines/build-77`))],
    'told',
  ),
  'that of another machine': devops(
    agent(),
    [byIdentity('azure-devops', identityOf('laptop-amoreau'))],
    'other-identity',
  ),
  'a user-assigned one, of its very name': devops(
    agent(),
    [byIdentity('azure-devops', of(`${SUB}/Microsoft.ManagedIdentity/userAssignedIdentities/build-77`))],
    'shared-identity',
  ),
  'that of a scale set, of its very name': devops(
    agent(),
    [byIdentity('azure-devops', of(`${SUB}/Microsoft.Compute/virtualMachineScaleSets/build-77`))],
    'shared-identity',
  ),
  'one whose token does not say whose it is': devops(
    agent(),
    [byIdentity('azure-devops', { kind: 'managed-identity', oid: 'an-identity' })],
    'nameless-identity',
  ),
  'two virtual machines of one name': devops(
    agent(),
    [byIdentity('azure-devops', identityOf('build-77')), byIdentity('azure-devops', identityOf('build-77', 'other'))],
    'twins',
  ),
  'its own, and a user-assigned one beside it': devops(
    agent(),
    [
      byIdentity('azure-devops', of(`${SUB}/Microsoft.ManagedIdentity/userAssignedIdentities/all`)),
      byIdentity('azure-devops', identityOf('build-77')),
    ],
    'told',
  ),
  'an agent of another pool': devops(
    agent({ pool: 'Other' }),
    [byIdentity('azure-devops', identityOf('build-77'))],
    'silent',
  ),
  'an agent of one name in two pools, and a report that names none': {
    ...devops(agent(), [byIdentity('azure-devops', identityOf('build-77'))].map(withoutPool), 'twins'),
    others: [agent({ pool: 'Other', online: false })],
  },
  'a machine of an environment that is called like an agent': {
    ...devops({ name: 'build-77', online: true }, [byIdentity('azure-devops', identityOf('build-77'))], 'twins'),
    others: [agent()],
  },
  'a machine of an environment': devops(
    { name: 'build-77', online: true },
    [byIdentity('azure-devops', identityOf('build-77'))],
    'told',
  ),
  'an agent that was registered after the report': devops(
    agent({ since: ago(0.5) }),
    [byIdentity('azure-devops', identityOf('build-77'))],
    'before',
  ),
  'an agent that was registered before it': devops(
    agent({ since: ago(30) }),
    [byIdentity('azure-devops', identityOf('build-77'))],
    'told',
  ),
  'an old report of its own identity': devops(agent(), [tellingOf(keptMachine('azure-devops', ago(7.1)))], 'silent'),
  'an agent of one name in another organisation': devops(
    agent(),
    [byIdentity('azure-devops', identityOf('build-77'), { organisation: 'contoso' })],
    'silent',
  ),
};

function withoutPool(telling: Telling): Telling {
  const { pool: _, ...about } = telling.about;
  return { ...telling, about };
}

for (const [what, { vendor, listed, others = [], told, is }] of Object.entries(SITUATIONS)) {
  test(`${vendor}: ${what}: ${is}`, () => {
    const where = { vendor, organisation: 'northwind', machines: [listed, ...others] };
    const standing = standingOf(listed, where, told, recent);
    assert.equal(standing.kind === 'unbound' ? standing.why : standing.kind, is);
    const inventory = { tellings: told, unreadable: [], maxAgeDays: 7 };
    const [line, ...more] = inventoryLine({ ...where, machines: [listed] }, inventory, now);
    assert.deepEqual(more, []);
    if (others.length > 0) return;
    assert.equal(line === undefined ? undefined : isStandingLimit(line), is === 'told');
    assert.equal(line === undefined ? undefined : isGap(line), is !== 'told');
    assert.ok(line?.detail?.includes(listed.name) === (is !== 'told'), line?.detail);
  });
}

test('every reason has a situation, and one sentence that says it and what to do', () => {
  assert.deepEqual(
    [...new Set(Object.values(SITUATIONS).map(({ is }) => is))].sort(),
    [...UNBOUND, 'silent', 'told'].sort(),
  );
  const listed = runner();
  const where = {
    vendor: 'github',
    organisation: 'northwind',
    machines: [listed, runner({ name: 'build-78' })],
  } as const;
  const [line] = inventoryLine(where, { tellings: [byJob([5])], unreadable: [] }, now);
  assert.equal(
    line?.detail,
    'No report within 7 days of 1 self-hosted runner of northwind that is online (build-78): what stands on its disk nobody read. Install the inventory there, or run a job where it is installed: docs/runner-inventory.md says how to install it. build-77: named in a report of a job of northwind/app (run 3, attempt 1), which does not count, because GitHub shows no job of that run on this machine: look at who wrote that workflow, and run a job that reports on the machine itself; docs/runner-inventory.md says which senders count.',
  );
  const inventory = { tellings: [answering(undefined)], unreadable: [], unasked: 'GitHub answered 503' };
  const [unasked] = inventoryLine({ ...where, machines: [listed] }, inventory, now);
  assert.match(
    unasked?.detail ?? '',
    /GitHub was not asked where that run ran \(GitHub answered 503\): read the case again/,
  );
});

test('of resource ids those of one machine name one, in any letters', () => {
  for (const [resourceId, machine] of [
    [`${SUB}/Microsoft.Compute/virtualMachines/vm-1`, 'vm-1'],
    [`${SUB.toLowerCase()}/microsoft.compute/virtualmachines/VM-1`, 'VM-1'],
    [`${SUB}/Microsoft.Compute/virtualMachines/vm-1/extensions/x`, undefined],
    [`${SUB}/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0`, undefined],
    [`${SUB}/Microsoft.Evil/x/providers/Microsoft.Compute/virtualMachines/vm-1`, undefined],
    ['/subscriptions/0/providers/Microsoft.Compute/virtualMachines/vm-1', undefined],
    ['vm-1', undefined],
  ] as const)
    assert.equal(machineOfIdentity(resourceId), machine, resourceId);
});

/*
 * The oracle: a firm of runners, and runs whose attempts had jobs on some of them. Reports name any machine. A gap is
 * closed if and only if some report of the last seven days names the machine and really came from a job on it, or from
 * the identity of the virtual machine of its name; of each sender that names a machine its four newest runs are asked.
 */
const NAMES = ['a', 'b', 'c'] as const;
const jobs = fc.array(fc.record({ runner: fc.integer({ min: 0, max: 5 }), check: fc.integer({ min: 1, max: 3 }) }), {
  maxLength: 3,
});
const anyFirm = fc.record({
  runners: fc
    .shuffledSubarray([1, 2, 3, 4, 5], { minLength: 1, maxLength: 3 })
    .map((ids) => ids.flatMap((id, index) => NAMES.slice(index, index + 1).map((name) => ({ id, name })))),
  /** Who is which number, also of runners that are gone. */
  called: fc.array(fc.constantFrom(...NAMES), { minLength: 6, maxLength: 6 }),
  /** By run and attempt. */
  runs: fc.array(fc.array(jobs, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
  reports: fc.array(
    fc.record({
      by: fc.constantFrom('one', 'two', 'identity'),
      run: fc.nat(3),
      attempt: fc.nat(1),
      check: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      names: fc.constantFrom(...NAMES),
      vm: fc.constantFrom(...NAMES),
      days: fc.integer({ min: 0, max: 12 }),
    }),
    { maxLength: 10 },
  ),
});
type Firm = typeof anyFirm extends fc.Arbitrary<infer T> ? T : never;
type Report = Firm['reports'][number];

/** A number keeps the name that its runner has, where it still is registered. */
const nameOf = ({ runners, called }: Firm, id: number): string =>
  runners.find((each) => each.id === id)?.name ?? called[id] ?? '';
const jobsOf = ({ runs }: Firm, { run, attempt }: Pick<Report, 'run' | 'attempt'>) => runs[run]?.[attempt];

/** In the order in which they came; a repository’s run, and its reports of one job are one. */
const inOrder = ({ reports }: Firm): readonly (Report & { readonly order: number })[] =>
  reports.map((each, order) => ({ ...each, order })).toSorted((a, b) => b.days - a.days || a.order - b.order);

function reallyTold(firm: Firm, { id, name }: Firm['runners'][number]): boolean {
  const about = inOrder(firm).filter(({ names }) => names === name);
  const fromIdentity = about.some(({ by, vm, days }) => by === 'identity' && vm === name && days <= 7);
  const fromJobs = ['one', 'two'].some((sender) => {
    const newestFirst = about.filter(({ by }) => by === sender).toReversed();
    const distinct = [...new Map(newestFirst.toReversed().map((each) => [keyOf(each), each])).values()]
      .toSorted((a, b) => newestFirst.indexOf(a) - newestFirst.indexOf(b))
      .slice(0, 4);
    return distinct.some(
      (each) =>
        each.days <= 7 &&
        jobsOf(firm, each)?.some(({ runner: on, check }) => on === id && (each.check ?? check) === check) === true,
    );
  });
  return fromIdentity || fromJobs;
}

const keyOf = ({ run, attempt, check }: Report): string => `${run} ${attempt} ${check}`;

function tellingsOf(firm: Firm): Telling[] {
  const kept = new Map<string, Keeping>();
  for (const { by, run, attempt, check, names, vm, days, order } of inOrder(firm)) {
    const sayer: Sayer =
      by === 'identity'
        ? identityOf(vm)
        : {
            ...{ kind: 'github-job', owner: 'northwind', ownerId: 1, repository: `northwind/${by}`, runId: `${run}` },
            ...{ repositoryId: by.length * 10 + (by === 'one' ? 1 : 2), runAttempt: `${attempt}` },
            ...(check === undefined ? {} : { checkRunId: `${check}` }),
          };
    const key = `${names} ${by === 'identity' ? vm : by}`;
    const when = new Date(now.getTime() - days * DAY);
    const report = aReport({ job: `${order}`, takenAt: when.toISOString(), machine: { name: names } });
    kept.set(key, keep(kept.get(key), { sayer, report, at: when }).keeping);
  }
  return [...kept.values()].map(({ machine, runs = [] }) => {
    const { name, registeredAt } = machine.report.machine;
    const answers = runs.map((run) => {
      const ran = (jobsOf(firm, { run: Number(run.runId), attempt: Number(run.attempt) }) ?? []).map(
        ({ runner: on, check }): RanJob => ({
          ...{ status: 'completed', checkRunId: `${check}` },
          ...(on === 0 ? {} : { runnerId: on, runnerName: nameOf(firm, on).toUpperCase(), runnerGroupId: 1 }),
        }),
      );
      const key = `${run.runId}/${run.attempt}/${run.checkRunId ?? ''}`;
      return answerOfJobs({ ...run, key }, ran, name, now);
    });
    return {
      ...{ keys: { partitionKey: 'p', rowKey: 'r' }, vendor: 'github', sayer: machine.sayer },
      ...{ reportedAt: machine.reportedAt, about: { name, registeredAt }, runs, answers },
    };
  });
}

test('for any firm, runs and reports: a gap is closed if and only if a report came from the machine itself', () => {
  let closed = 0;
  fc.assert(
    fc.property(anyFirm, (firm) => {
      const machines = firm.runners.map(({ id, name }) => ({ id, name, group: 1, online: true }));
      const where = { vendor: 'github', organisation: 'northwind', machines } as const;
      const tellings = tellingsOf(firm);
      for (const each of firm.runners) {
        const machine = machines.find(({ name }) => name === each.name) as ListedMachine;
        const isTold = standingOf(machine, where, tellings, recent).kind === 'told';
        assert.equal(isTold, reallyTold(firm, each), JSON.stringify(each));
        closed += isTold ? 1 : 0;
        const [line] = inventoryLine(
          { ...where, machines: [machine] },
          { tellings, unreadable: [], maxAgeDays: 7 },
          now,
        );
        assert.equal(line?.state, isTold ? 'not-examined' : 'partial');
      }
    }),
    { numRuns: 2_000 },
  );
  assert.ok(closed > 100, `${closed} gaps were closed`);
});
