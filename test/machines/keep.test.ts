import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf, type Keeping, keep, keyOfSayer, organisationOf } from '../../src/machines/keep.ts';
import { KeepingSchema } from '../../src/machines/kept-shape.ts';
import { fc } from '../support/properties.ts';
import { aReport, aToken } from './a-report.ts';

const sayer = { kind: 'managed-identity', oid: 'a1000000-0000-4000-8000-0000000000aa' } as const;
const START = Date.parse('2026-11-30T08:00:00.000Z');
const DAY = 86_400_000;
const at = (ms: number): Date => new Date(START + ms);
const iso = (ms: number): string => at(ms).toISOString();
const namesIn = (keeping: Keeping | undefined): string[] =>
  [...(keeping?.machine.report.tokens ?? []), ...(keeping?.machine.gone ?? []).map(({ token }) => token)]
    .map(({ sha256 }) => sha256)
    .sort();

test('the newest report stands, and what it does not name any more is remembered for thirty days', () => {
  const first = keep(undefined, { sayer, report: aReport({ job: '1', tokens: [aToken('a')] }), at: at(0) });
  assert.equal(first.taken, 'new');
  const empty = keep(first.keeping, { sayer, report: aReport({ job: '2', takenAt: iso(DAY) }), at: at(DAY) });
  assert.deepEqual(empty.keeping.machine.gone, [{ token: aToken('a'), lastNamed: iso(0) }]);
  assert.equal(empty.keeping.machine.reportedAt, iso(DAY));
  const later = keep(empty.keeping, { sayer, report: aReport({ job: '3', takenAt: iso(29 * DAY) }), at: at(29 * DAY) });
  assert.equal(later.keeping.machine.gone.length, 1);
  const over = keep(later.keeping, { sayer, report: aReport({ job: '4', takenAt: iso(31 * DAY) }), at: at(31 * DAY) });
  assert.deepEqual(over.keeping.machine.gone, []);
});

test('a server with what may be somebody’s own is remembered as well, also one that is said to be given nothing now', () => {
  type Servers = ReturnType<typeof aReport>['servers'];
  const server = (name: string, otherCredential: boolean): Servers[number] => ({
    ...{ client: 'cursor' as const, path: '~/.cursor/mcp.json', name, transport: 'stdio' as const },
    ...{ tokens: [], otherCredential },
  });
  const said = (job: string, days: number, servers: Servers) => ({
    ...{ sayer, at: at(days * DAY), report: aReport({ job, takenAt: iso(days * DAY), servers }) },
  });
  const first = keep(undefined, said('1', 0, [server('crm', true), server('files', false)])).keeping;
  const second = keep(first, said('2', 1, [server('crm', false)])).keeping;
  const gone = [{ client: 'cursor', name: 'crm', lastNamed: iso(0) }];
  assert.deepEqual(second.machine.goneServers, gone);
  assert.deepEqual(KeepingSchema.parse(JSON.parse(JSON.stringify(second))), second);
  assert.deepEqual(keep(second, said('3', 2, [])).keeping.machine.goneServers, gone);
  assert.deepEqual(keep(second, said('3', 2, [server('CRM', true)])).keeping.machine.goneServers, []);
  assert.deepEqual(keep(second, said('3', 32, [])).keeping.machine.goneServers, []);
});

test('the same job says nothing new, and a second report within the least time is not taken', () => {
  const said = { sayer, report: aReport({ job: '1', tokens: [aToken('a')] }), at: at(0), leastMs: 60_000 };
  const first = keep(undefined, said).keeping;
  assert.deepEqual(keep(first, { ...said, at: at(1) }), { keeping: first, taken: 'before' });
  const second = { ...said, report: aReport({ job: '2', takenAt: iso(30_000) }), at: at(30_000) };
  assert.deepEqual(keep(first, second), { keeping: first, taken: 'too-soon' });
  assert.equal(keep(first, { ...second, at: at(60_000) }).taken, 'new');
});

test('a report that comes late takes nothing from the newest, and what it names is found nevertheless', () => {
  const newest = keep(undefined, { sayer, report: aReport({ job: '2', takenAt: iso(DAY) }), at: at(DAY) }).keeping;
  const late = keep(newest, { sayer, report: aReport({ job: '1', tokens: [aToken('a')] }), at: at(DAY + 1) });
  assert.equal(late.keeping.machine.report.job, '2');
  assert.equal(late.keeping.machine.reportedAt, iso(DAY));
  assert.deepEqual(late.keeping.machine.gone, [{ token: aToken('a'), lastNamed: iso(DAY + 1) }]);
});

test('whatever the order and however often reports come: the newest stands, no token is lost, no job counts twice', () => {
  const reports = fc.uniqueArray(
    fc.record({
      minute: fc.integer({ min: 0, max: 1_000 }),
      tokens: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 8, selector: ({ minute }) => minute },
  );
  const sent = reports.chain((each) => {
    const all = each.map(({ minute, tokens }) =>
      aReport({ job: String(minute), takenAt: iso(minute * 60_000), tokens: tokens.map(aToken) }),
    );
    const again = fc.array(fc.constantFrom(...all), { maxLength: 4 });
    return fc.record({
      all: fc.constant(all),
      order: again.chain((more) => fc.shuffledSubarray([...all, ...more], { minLength: all.length + more.length })),
    });
  });
  fc.assert(
    fc.property(sent, ({ all, order }) => {
      let keeping: Keeping | undefined;
      const seen = new Set<string>();
      for (const [index, report] of order.entries()) {
        const kept = keep(keeping, { sayer, report, at: at(DAY + index) });
        assert.equal(kept.taken, seen.has(report.job) ? 'before' : 'new');
        seen.add(report.job);
        keeping = kept.keeping;
      }
      const newest = all.reduce((a, b) => (Date.parse(a.takenAt) > Date.parse(b.takenAt) ? a : b));
      assert.equal(keeping?.machine.report.job, newest.job);
      const named = [...new Set(all.flatMap(({ tokens }) => tokens.map(({ sha256 }) => sha256)))].sort();
      assert.deepEqual(namesIn(keeping), named);
      assert.deepEqual(KeepingSchema.parse(JSON.parse(JSON.stringify(keeping))), keeping);
    }),
  );
});

test('a machine is called by vendor, organisation and name, in lower case', () => {
  const machine = { name: 'Laptop-7', registeredAt: 'https://github.com/Northwind/app' };
  assert.equal(idOf(aReport({ machine })), 'github/northwind/laptop-7');
  for (const [address, organisation] of [
    ['https://dev.azure.com/Northwind/', 'northwind'],
    ['https://northwind.visualstudio.com', 'northwind'],
    ['northwind', ''],
    ['https://github.com', ''],
  ] as const)
    assert.equal(organisationOf(address), organisation, address);
});

test('a sender is the repository whichever run it was, or the identity', () => {
  const job = {
    kind: 'github-job',
    owner: 'northwind',
    ownerId: 5,
    repository: 'northwind/app',
    repositoryId: 7,
  } as const;
  assert.equal(keyOfSayer({ ...job, runId: '1' }), keyOfSayer({ ...job, repository: 'northwind/renamed', runId: '2' }));
  assert.notEqual(keyOfSayer({ ...job, runId: '1' }), keyOfSayer(sayer));
});

test('what each job is given anew does not push out what somebody left, nor does another word of the same token', () => {
  const left = { ...aToken('left'), holder: 'personal' as const };
  const job = (n: number, tokens: ReturnType<typeof aReport>['tokens']) => {
    const said = { sayer, report: aReport({ job: `${n}`, takenAt: iso(n * 60_000), tokens }), at: at(n * 60_000) };
    keeping = keep(keeping, said).keeping;
  };
  let keeping: Keeping | undefined;
  job(0, [left]);
  job(1, [{ ...left, holder: 'service' }]);
  assert.ok(keeping?.machine.gone.some(({ token }) => token.holder === 'personal'));
  for (let n = 2; n < 503; n += 1)
    job(n, [{ ...aToken(`job ${n}`), name: 'GH', type: 'github-installation', holder: 'service' }]);
  assert.equal(keeping?.machine.gone.length, 400);
  assert.ok(
    keeping?.machine.gone.some(({ token: { sha256, holder } }) => sha256 === left.sha256 && holder === 'personal'),
  );
});

test('what is remembered of a machine is never much more than two reports', () => {
  let keeping: Keeping | undefined;
  for (let n = 0; n < 6; n += 1) {
    const tokens = Array.from({ length: 120 }, (_, index) => ({
      ...aToken(`${n} ${index}`),
      path: `/${'p'.repeat(499)}`,
      account: 'a'.repeat(200),
    }));
    const said = { sayer, report: aReport({ job: `${n}`, takenAt: iso(n * 60_000), tokens }), at: at(n * 60_000) };
    keeping = keep(keeping, said).keeping;
  }
  assert.ok(JSON.stringify(keeping).length < 2.5 * 256 * 1_024);
  assert.ok((keeping?.machine.gone.length ?? 0) > 200);
});

test('reports of hundreds of tokens do not make a machine forget what it named before', () => {
  let keeping: Keeping | undefined;
  for (let n = 0; n < 20; n += 1) {
    const tokens = n === 0 ? [aToken('left')] : Array.from({ length: 200 }, (_, index) => aToken(`${n} ${index}`));
    const said = { sayer, report: aReport({ job: `${n}`, takenAt: iso(n * 60_000), tokens }), at: at(n * 60_000) };
    keeping = keep(keeping, said).keeping;
  }
  assert.ok(namesIn(keeping).includes(aToken('left').sha256));
});
