import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Keeping, keep } from '../../../../src/machines/keep.ts';
import type { Sayer } from '../../../../src/machines/kept.ts';
import { answerOfJobs, type RanJob, type Telling } from '../../../../src/machines/telling.ts';
import { standingOf } from '../../../../src/steps/runner-credentials/rules/machines/bound-to.ts';
import { inventoryLine } from '../../../../src/steps/runner-credentials/rules/machines/inventory-line.ts';
import type { ListedMachine } from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { aReport } from '../../../machines/a-report.ts';
import { identityOf } from '../../../support/apps/kept-machine.ts';
import { fc } from '../../../support/properties.ts';
import { DAY, now, recent } from './bound-to-situations.ts';

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
