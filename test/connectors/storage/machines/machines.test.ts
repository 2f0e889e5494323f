import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeDocument } from '../../../../src/connectors/storage/base/changing-document.ts';
import { ensureTables, tableOf } from '../../../../src/connectors/storage/base/tables.ts';
import { containerOf } from '../../../../src/connectors/storage/evidence/evidence.ts';
import {
  forgetMachines,
  hasRoomForMachine,
  keepMachine,
  listMachineRows,
  listMachines,
} from '../../../../src/connectors/storage/machines/machines.ts';
import { listTellings, noteAnswers } from '../../../../src/connectors/storage/machines/tellings.ts';
import { aReport, aToken } from '../../../machines/a-report.ts';
import { keepBlobsInMemory } from '../../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../../support/storage-in-memory/tables.ts';

keepBlobsInMemory();
keepTablesInMemory();
const settings = {
  READER_CLIENT_ID: 'reader',
  REMOVER_CLIENT_ID: 'remover',
  BLOB_ENDPOINT: 'https://127.0.0.1:1/none',
  TABLE_ENDPOINT: 'https://127.0.0.1:1/none',
  STORAGE_TIMEOUT_SECONDS: 1,
};
await ensureTables(settings);
const mine = { kind: 'managed-identity', oid: 'a1000000-0000-4000-8000-0000000000aa' } as const;
const others = { kind: 'managed-identity', oid: 'a1000000-0000-4000-8000-0000000000bb' } as const;
const at = new Date();
const reportOf = (name: string, job = 'a job') => aReport({ job, machine: { name }, tokens: [aToken(name)] });
const idsOf = async (): Promise<string[]> => (await listMachines(settings)).machines.map(({ id }) => id).sort();

test('a report is kept once for its job, also where it comes twice at the same moment', async () => {
  const both = await Promise.all([1, 2].map(() => keepMachine(settings, mine, reportOf('once'), at)));
  assert.deepEqual(both.map(({ taken }) => taken).sort(), ['before', 'new']);
  assert.deepEqual(both[0]?.machine, both[1]?.machine);
  assert.deepEqual(await idsOf(), ['github/northwind/once']);
});

test('what another sender tells of the same machine stands beside it', async () => {
  await keepMachine(settings, mine, reportOf('shared'), at);
  await keepMachine(settings, others, aReport({ job: 'empty', machine: { name: 'shared' } }), at);
  const shared = (await listMachines(settings)).machines.filter(({ id }) => id.endsWith('/shared'));
  assert.deepEqual(shared.map(({ report }) => report.tokens.length).sort(), [0, 1]);
});

test('what cannot be read hides no other machine, and is named', async () => {
  await tableOf(settings, 'machines').createEntity({ partitionKey: 'odd', rowKey: 'row', vendor: 'nobody' });
  await keepMachine(settings, mine, reportOf('spoilt'), at);
  const { rows } = await listMachineRows(settings);
  const spoilt = rows.find(({ machine }) => machine === 'github/northwind/spoilt');
  await changeDocument(settings, `machines/${spoilt?.partitionKey}/${spoilt?.rowKey}.json`, () => '{"machine":');
  const { machines, unreadable } = await listMachines(settings);
  assert.ok(machines.some(({ id }) => id === 'github/northwind/once'));
  assert.deepEqual([...unreadable].sort(), ['github/northwind/spoilt', 'odd/row']);
  // The machine says it again with its next job.
  await keepMachine(settings, mine, reportOf('spoilt', 'the next'), at);
  assert.deepEqual((await listMachines(settings)).unreadable, ['odd/row']);
  await tableOf(settings, 'machines').deleteEntity('odd', 'row');
});

test('a sender has room for a machine that is known, or for one of fewer than so many', async () => {
  const room = (name: string, most: number) => hasRoomForMachine(settings, mine, reportOf(name), most);
  assert.equal(await room('once', 1), true);
  assert.equal(await room('another', 3), false);
  assert.equal(await room('another', 4), true);
  assert.equal(await hasRoomForMachine(settings, others, reportOf('another'), 2), true);
});

test('enterprises, whose names no setting knows, have one room together: a sender may make up any number of them', async () => {
  const inventor = { kind: 'managed-identity', oid: 'a1000000-0000-4000-8000-0000000000dd' } as const;
  const ofEnterprise = (enterprise: string) =>
    aReport({
      job: enterprise,
      machine: { name: 'one', registeredAt: `https://github.com/enterprises/${enterprise}` },
    });
  for (const each of ['first', 'second']) await keepMachine(settings, inventor, ofEnterprise(each), at);
  assert.equal(await hasRoomForMachine(settings, inventor, ofEnterprise('third'), 2), false);
  assert.equal(await hasRoomForMachine(settings, inventor, ofEnterprise('second'), 2), true);
  assert.equal(await hasRoomForMachine(settings, inventor, ofEnterprise('third'), 3), true);
  assert.equal(await hasRoomForMachine(settings, inventor, reportOf('another'), 2), true);
});

test('who told of which machine stands on the rows alone; of a row of an earlier version its document is read', async () => {
  const job = {
    kind: 'github-job',
    owner: 'northwind',
    ownerId: 1,
    repository: 'northwind/app',
    repositoryId: 2,
  } as const;
  const sayer = { ...job, runId: '10', runAttempt: '2', checkRunId: '7' };
  const report = aReport({ job: 'rows', machine: { name: 'rows', ephemeral: true } });
  await keepMachine(settings, sayer, report, at);
  const find = async () => (await listTellings(settings)).tellings.filter(({ about }) => about.name === 'rows');
  const [told, ...more] = await find();
  assert.ok(told !== undefined);
  assert.deepEqual(more, []);
  const run = { runId: '10', attempt: '2', checkRunId: '7', at: at.toISOString() };
  const about = { name: 'rows', registeredAt: report.machine.registeredAt, ephemeral: true };
  assert.deepEqual([told.sayer, told.about, told.runs, told.answers], [sayer, about, [run], []]);
  const answer = { run: '10/2/7', askedAt: at.toISOString(), on: [{ id: 5 }], state: 'over' } as const;
  await noteAnswers(settings, told.keys, [answer]);
  await noteAnswers(settings, { partitionKey: 'gone', rowKey: 'gone' }, [answer]);
  // The next report takes no answer away.
  await keepMachine(settings, { ...sayer, runId: '11' }, { ...report, job: 'second' }, at);
  const [second] = await find();
  assert.deepEqual([second?.runs.map(({ runId }) => runId), second?.answers], [['11', '10'], [answer]]);
  const document = containerOf(settings, 'work').getBlockBlobClient(
    `machines/${told.keys.partitionKey}/${told.keys.rowKey}.json`,
  );
  const before = await document.downloadToBuffer();
  await document.deleteIfExists();
  assert.deepEqual(await find(), [second]);
  await document.upload(before, before.length);
  const table = tableOf(settings, 'machines');
  const { about: _, sender: __, ...older } = await table.getEntity(told.keys.partitionKey, told.keys.rowKey);
  await table.upsertEntity({ ...told.keys, ...older, runs: 'odd' }, 'Replace');
  assert.deepEqual(await find(), [second]);
  await document.deleteIfExists();
  const { tellings, unreadable } = await listTellings(settings);
  assert.ok(!tellings.some((each) => each.about.name === 'rows'));
  assert.deepEqual(unreadable, ['github/northwind/rows']);
  await table.deleteEntity(told.keys.partitionKey, told.keys.rowKey);
});

test('that GitHub was asked about a machine does not keep it from being forgotten', async () => {
  const longAgo = new Date(at.getTime() - 100 * 24 * 3_600_000);
  await keepMachine(settings, mine, reportOf('long-ago'), longAgo);
  const [old] = (await listTellings(settings)).tellings.filter(({ about }) => about.name === 'long-ago');
  assert.ok(old !== undefined);
  await noteAnswers(settings, old.keys, []);
  assert.equal(await forgetMachines(settings, new Date(at.getTime() - 90 * 24 * 3_600_000), 100), 1);
});

test('what was not told of for long goes, row and document', async () => {
  assert.equal(await forgetMachines(settings, new Date(Date.now() - 60_000), 100), 0);
  assert.ok((await idsOf()).length > 0);
  await forgetMachines(settings, new Date(Date.now() + 60_000), 100);
  assert.deepEqual(await listMachines(settings), { machines: [], unreadable: [] });
});

test('where there is no room for all, those that name most are left out and named', async () => {
  const tokens = Array.from({ length: 100 }, (_, index) => aToken(`flood ${index}`));
  await keepMachine(settings, others, aReport({ job: 'flood', machine: { name: 'flood' }, tokens }), at);
  await keepMachine(settings, mine, reportOf('small'), at);
  const { machines, unreadable } = await listMachines(settings, 20_000);
  assert.deepEqual(unreadable, ['github/northwind/flood']);
  assert.deepEqual(
    machines.map(({ id }) => id),
    ['github/northwind/small'],
  );
});

test('whoever says much without a token pushes out what it says itself, and nobody else', async () => {
  await forgetMachines(settings, new Date(Date.now() + 60_000), 100);
  const places = Array.from({ length: 300 }, (_, index) => ({
    ...({ place: 'ssh', path: `${index} ${'x'.repeat(400)}`, state: 'read' } as const),
  }));
  await keepMachine(settings, others, aReport({ job: 'long', machine: { name: 'long' }, places }), at);
  await keepMachine(settings, mine, reportOf('small'), at);
  const { machines, unreadable } = await listMachines(settings, 20_000);
  assert.deepEqual(unreadable, ['github/northwind/long']);
  assert.deepEqual(
    machines.map(({ id }) => id),
    ['github/northwind/small'],
  );
});
