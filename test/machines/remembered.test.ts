import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isEnterprise,
  type Keeping,
  keep,
  keyOfRun,
  keyOfSayer,
  organisationOf,
  repositoryOf,
} from '../../src/machines/keep.ts';
import type { Sayer, ToldRun } from '../../src/machines/kept.ts';
import { KeepingSchema } from '../../src/machines/kept-shape.ts';
import { goneServers } from '../../src/machines/machine-servers.ts';
import type { MachineReport } from '../../src/machines/report.ts';
import { aReport, aToken, SHA } from './a-report.ts';

const START = Date.parse('2026-11-30T08:00:00.000Z');
const DAY = 86_400_000;
const at = (ms: number): Date => new Date(START + ms);
const iso = (ms: number): string => at(ms).toISOString();
const identity = { kind: 'managed-identity', oid: 'A1000000-0000-4000-8000-0000000000AA' } as const;
const job = (runId: string, more: Partial<Extract<Sayer, { kind: 'github-job' }>> = {}): Sayer => ({
  ...{ kind: 'github-job', owner: 'northwind', ownerId: 5, repository: 'northwind/app', repositoryId: 7, runId },
  ...more,
});
type Tokens = MachineReport['tokens'];

/** What stands after a report of each of these, a minute after the other. */
function after(sayers: readonly Sayer[]): Keeping | undefined {
  return sayers.reduce<Keeping | undefined>((before, sayer, n) => {
    const report = aReport({ job: `${n}`, takenAt: iso(n * 60_000) });
    return keep(before, { sayer, report, at: at(n * 60_000) }).keeping;
  }, undefined);
}
const run = (runId: string, minute: number, more: Partial<ToldRun> = {}): ToldRun => ({
  ...{ runId, attempt: '1', at: iso(minute * 60_000) },
  ...more,
});

test('the newest runs of a repository that told of a machine are remembered, each job of each attempt once', () => {
  const first = { runAttempt: '1' };
  const situations: readonly (readonly [
    what: string,
    sayers: readonly Sayer[],
    runs: readonly ToldRun[] | undefined,
  ])[] = [
    ['an identity has none', [identity], undefined],
    ['an identity after a job', [job('1', first), identity], undefined],
    ['a job whose token does not tell', [job('1')], undefined],
    ['one run', [job('1', first)], [run('1', 0)]],
    ['one that does not tell, after one that does', [job('1', first), job('2')], [run('1', 0)]],
    ['two of a run', [job('1', first), job('2', first), job('1', first)], [run('1', 2), run('2', 1)]],
    [
      'two jobs of a run',
      [job('1', { ...first, checkRunId: '8' }), job('1', { ...first, checkRunId: '9' })],
      [run('1', 1, { checkRunId: '9' }), run('1', 0, { checkRunId: '8' })],
    ],
    [
      'five runs',
      ['1', '2', '3', '4', '5'].map((id) => job(id, first)),
      [run('5', 4), run('4', 3), run('3', 2), run('2', 1)],
    ],
  ];
  for (const [what, sayers, runs] of situations) assert.deepEqual(after(sayers)?.runs, runs, what);
  assert.equal(keyOfRun(run('1', 0)), '1/1/');
  assert.equal(keyOfRun(run('1', 0, { checkRunId: '9' })), '1/1/9');
});

test('the first report of a machine is kept as it came', () => {
  const report = aReport({ job: '1', tokens: [aToken('a')] });
  assert.deepEqual(keep(undefined, { sayer: identity, report, at: at(5) }), {
    taken: 'new',
    keeping: {
      machine: {
        ...{ vendor: 'github', id: 'github/northwind/laptop-7', sayer: identity, reportedAt: iso(5), report, gone: [] },
      },
      heardAt: iso(5),
      jobs: ['1'],
    },
  });
});

test('a report of the same moment stands in the place of the one before', () => {
  const before = keep(undefined, { sayer: identity, report: aReport({ job: '1', tokens: [aToken('a')] }), at: at(60) });
  const same = keep(before.keeping, { sayer: job('9'), report: aReport({ job: '2' }), at: at(60) }).keeping;
  assert.deepEqual(same.jobs, ['2', '1']);
  assert.deepEqual([same.machine.report.job, same.machine.sayer, same.heardAt], ['2', job('9'), iso(60)]);
  assert.deepEqual(same.machine.gone, [{ token: aToken('a'), lastNamed: iso(60) }]);
});

test('fifty jobs are known again', () => {
  let keeping = keep(undefined, { sayer: identity, report: aReport({ job: 'first' }), at: at(0) }).keeping;
  const more = (n: number) =>
    keep(keeping, { sayer: identity, report: aReport({ job: `${n}`, takenAt: iso(n) }), at: at(n) });
  for (let n = 1; n < 50; n += 1) keeping = more(n).keeping;
  const again = { sayer: identity, report: aReport({ job: 'first' }), at: at(99) };
  assert.equal(keep(keeping, again).taken, 'before');
  keeping = more(50).keeping;
  assert.equal(keep(keeping, again).taken, 'new');
});

/** What is gone of a machine after the last of these reports, each a day after the one before. */
const goneAfter = (...reports: readonly Tokens[]): readonly (readonly [sha256: string, lastNamed: string])[] => {
  const keeping = reports.reduce<Keeping | undefined>((before, tokens, day) => {
    const report = aReport({ job: `${day}`, takenAt: iso(day * DAY), tokens });
    return keep(before, { sayer: identity, report, at: at(day * DAY) }).keeping;
  }, undefined);
  return (keeping?.machine.gone ?? []).map(({ token, lastNamed }) => [token.sha256, lastNamed]);
};
const gone = (of: string, day: number) => [SHA(of), iso(day * DAY)];

test('what is gone is told with what was named last first, and what is over or each job’s own behind it', () => {
  assert.deepEqual(goneAfter([aToken('a')], [aToken('b')], [aToken('c')], []), [
    gone('c', 2),
    gone('b', 1),
    gone('a', 0),
  ]);
  assert.deepEqual(goneAfter([aToken('a'), aToken('b')], [aToken('c')], [aToken('a')], []), [
    gone('a', 2),
    gone('c', 1),
    gone('b', 0),
  ]);
  const ends = (of: string, ms: number) => ({ ...aToken(of), claims: { exp: (START + ms) / 1_000 } });
  const service = { ...aToken('service'), holder: 'service' as const };
  const unknown = { ...aToken('unknown'), holder: 'unknown' as const };
  assert.deepEqual(
    goneAfter([aToken('a')], [unknown], [service], [ends('over', 4 * DAY), ends('not', 4 * DAY + 1e3)], []),
    [
      gone('unknown', 1),
      gone('a', 0),
      // The second of its report.
      gone('not', 3),
      gone('over', 3),
      gone('service', 2),
    ],
  );
});

test('a token that is named again, with another time of its file or another order of its members, is there', () => {
  const token = aToken('a');
  const again = Object.fromEntries(Object.entries({ ...token, modifiedAt: iso(0) }).reverse()) as typeof token;
  assert.deepEqual(goneAfter([token], [again]), []);
  assert.deepEqual(goneAfter([token], [{ ...token, path: '~/elsewhere' }]), [gone('a', 0)]);
});

test('what is gone, and the runs that told of it, are read as they were written', () => {
  const keeping = after([job('1', { runAttempt: '1', checkRunId: '9', enterprise: 'northwind' })]);
  assert.ok(keeping !== undefined);
  const goneServer = { client: 'cursor', name: 'crm', lastNamed: iso(0) } as const;
  const machine = {
    ...{ ...keeping.machine, gone: [{ token: aToken('a'), lastNamed: iso(0) }], goneServers: [goneServer] },
  };
  const written = { ...keeping, machine };
  assert.deepEqual(KeepingSchema.parse(JSON.parse(JSON.stringify(written))), written);
  for (const broken of [{ client: 'cursor' }, { ...goneServer, name: 7 }, { ...goneServer, path: '~/x' }])
    assert.ok(
      !KeepingSchema.safeParse({ ...written, machine: { ...machine, goneServers: [broken] } }).success,
      JSON.stringify(broken),
    );
});

test('of what is gone only as much is remembered as a report may hold', () => {
  const token = (n: number) => ({ ...aToken(`${n}`), path: `/${'p'.repeat(499)}`, account: 'a'.repeat(200) });
  const all = Array.from({ length: 6 }, (_, day) => Array.from({ length: 100 }, (_, n) => token(day * 100 + n)));
  const size = JSON.stringify({ token: token(100), lastNamed: iso(0) }).length;
  const room = Math.floor((256 * 1_024) / size);
  const left = goneAfter(...all, []).length;
  assert.ok(Math.abs(left - room) <= 1 && left < 400, `${left} of ${room}`);
});

test('a token is remembered for thirty days to the moment', () => {
  const last = { sayer: identity, report: aReport({ job: '1', tokens: [aToken('a')] }), at: at(0) };
  const first = keep(undefined, last).keeping;
  const after = (ms: number): number =>
    keep(first, { sayer: identity, report: aReport({ job: '2', takenAt: iso(ms) }), at: at(ms) }).keeping.machine.gone
      .length;
  assert.deepEqual([after(30 * DAY), after(30 * DAY + 1)], [1, 0]);
});

test('of the servers that are gone those stay that were named last', () => {
  const before = Array.from({ length: 120 }, (_, n) => ({
    ...{ client: 'cursor' as const, name: `s${n}`, lastNamed: iso(((n * 7) % 120) * 1_000) },
  }));
  const other = { report: aReport(), named: iso(0) };
  const kept = goneServers(before, aReport(), other, at(20_000)).map(({ lastNamed }) => lastNamed);
  assert.deepEqual(
    kept,
    Array.from({ length: 100 }, (_, n) => iso((119 - n) * 1_000)),
  );
  assert.equal(goneServers(before, aReport(), other, at(119_000)).length, 1);
});

test('an organisation is the first part of the address, of an enterprise both, of old addresses the host', () => {
  for (const [address, organisation] of [
    ['https://github.com/enterprises/Northwind', 'enterprises/northwind'],
    ['https://github.com/Enterprises/Northwind/x', 'enterprises/northwind'],
    ['https://github.com/enterprises-of-ours/app', 'enterprises-of-ours'],
    ['https://dev.azure.com/enterprises/app', 'enterprises'],
    ['https://NORTHWIND.visualstudio.com/app', 'northwind'],
    ['https://a.northwind.visualstudio.com/app', 'app'],
    ['https://northwind.visualstudio.com.example/app', 'app'],
  ] as const)
    assert.equal(organisationOf(address), organisation, address);
  for (const [organisation, expected] of [
    ['Enterprises/northwind', true],
    ['enterprises', false],
    ['northwind/enterprises/', false],
  ] as const)
    assert.equal(isEnterprise(organisation), expected, organisation);
});

test('a repository is called without its owner, and an identity by its id in lower case', () => {
  const named = (repository: string) => repositoryOf({ ...job('1'), repository } as Parameters<typeof repositoryOf>[0]);
  assert.deepEqual([named('northwind/app'), named('app')], ['app', 'app']);
  assert.equal(keyOfSayer(identity), `managed-identity/${identity.oid.toLowerCase()}`);
  assert.equal(keyOfSayer(job('1')), 'github-job/5/7');
});
