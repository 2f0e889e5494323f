import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type CaseRow, instanceIdOf, TRIGGERS } from '../../../../src/cases/case.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import { ensureTables, tableOf } from '../../../../src/connectors/storage/base/tables.ts';
import { fromEntity, toEntity } from '../../../../src/connectors/storage/cases/case-entity.ts';
import {
  countOpenedWithin,
  enterInIndex,
  listCases,
  removeFromIndex,
} from '../../../../src/connectors/storage/cases/case-index.ts';
import { casesOf, createCase, getCase, updateCase } from '../../../../src/connectors/storage/cases/case-table.ts';
import { listUnfinished } from '../../../../src/connectors/storage/cases/unfinished-cases.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { fc } from '../../../support/properties.ts';

const app = await startApp({ vendors: () => [], storage: true });
after(() => app.stop());
await ensureTables(app.config);
await ensureTables(app.config);

const oidOf = (person: number): Oid => `0e000000-0000-4000-8000-${String(person).padStart(12, '0')}` as Oid;

function row(person: number, n: number, more: Partial<CaseRow> = {}): CaseRow {
  const oid = oidOf(person);
  const caseId = makeCaseId(oid, n);
  return {
    oid,
    caseId,
    n,
    trigger: 'api',
    mode: 'apply',
    state: 'open',
    reason: 'left',
    requestedBy: 'hr',
    requestedAt: '2026-11-20T09:00:00.000Z',
    instanceId: instanceIdOf(caseId),
    openedAt: '2026-11-20T09:00:00.000Z',
    merged: [],
    ...more,
  };
}

test('a case is read back as it was written, and an id is given once', async () => {
  const written = row(1, 1, {
    onHold: 'why',
    merged: [{ trigger: 'api', requestedBy: 'a', requestedAt: 'b', reason: 'ü"', mode: 'plan', withdrawnAt: 'c' }],
    ...{ withdrawnAt: 'd', firstDay: { startsAt: 'e', lastDay: 'f' } },
  });
  assert.ok(await createCase(app.config, written));
  assert.equal(await createCase(app.config, { ...written, reason: 'another' }), undefined);
  assert.deepEqual((await getCase(app.config, written.caseId))?.row, written);
  assert.equal(await getCase(app.config, makeCaseId(oidOf(1), 2)), undefined);
});

test('any case survives the way to its columns and back', () => {
  const optional = { requiredKeys: [] as [], noNullPrototype: true };
  const text = fc.string({ unit: 'binary' });
  const extras = fc.record({ onHold: text, refusal: text, deletedAt: text, outcome: text, dedupeKey: text }, optional);
  const merged = fc.array(
    fc.record(
      { trigger: fc.constantFrom(...TRIGGERS), requestedBy: text, requestedAt: text, reason: text },
      { noNullPrototype: true },
    ),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), extras, merged, (n, more, list) => {
      const written = row(1, n, { ...more, merged: list });
      assert.deepEqual(fromEntity(JSON.parse(JSON.stringify(toEntity(written)))), written);
    }),
  );
});

test('writers at the same moment lose nothing of each other', async () => {
  await createCase(app.config, row(2, 1));
  const writers = Array.from({ length: 8 }, (_, index) => `writer ${index}`);
  await Promise.all(
    writers.map((reason) =>
      updateCase(app.config, makeCaseId(oidOf(2), 1), (current) => ({
        ...current,
        merged: [...current.merged, { trigger: 'api', requestedBy: 'x', requestedAt: 'y', reason }],
      })),
    ),
  );
  const [stored] = await casesOf(app.config, oidOf(2));
  assert.deepEqual(stored?.row.merged.map(({ reason }) => reason).sort(), writers);
});

test('a field that a change leaves out is gone from the row, and a change that declines writes nothing', async () => {
  const { caseId } = row(3, 1);
  await createCase(app.config, row(3, 1, { onHold: 'why' }));
  const released = await updateCase(app.config, caseId, ({ onHold: _, ...rest }) => rest);
  assert.equal((await getCase(app.config, caseId))?.row.onHold, undefined);
  const declined = await updateCase(app.config, caseId, () => undefined);
  assert.equal(declined.etag, released.etag);
  await assert.rejects(
    updateCase(app.config, makeCaseId(oidOf(3), 9), (same) => same),
    /no case/,
  );
});

test('the cases of a person come in the order of their count, beyond nine', async () => {
  for (let n = 11; n >= 1; n -= 1) await createCase(app.config, row(4, n));
  assert.deepEqual(
    (await casesOf(app.config, oidOf(4))).map(({ row: { n } }) => n),
    Array.from({ length: 11 }, (_, index) => index + 1),
  );
});

test('cases are listed by time, newest first; an entry whose case was never written, or later, is passed over', async () => {
  const at = (minute: number): string => new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString();
  for (let minute = 0; minute < 30; minute += 1) {
    const opened = row(100 + minute, 1, { openedAt: at(minute), state: minute % 10 === 0 ? 'filed' : 'running' });
    await enterInIndex(app.config, opened);
    if (minute !== 5) await createCase(app.config, opened);
  }
  await enterInIndex(app.config, row(129, 1, { openedAt: at(1) }));
  const minutes: number[] = [];
  let after: string | undefined;
  do {
    const page = await listCases(app.config, { limit: 7, ...(after && { after }) });
    minutes.push(...page.cases.map(({ row: { openedAt } }) => new Date(openedAt).getUTCMinutes()));
    after = page.next;
  } while (after !== undefined);
  const expected = Array.from({ length: 30 }, (_, index) => 29 - index).filter((minute) => minute !== 5);
  assert.deepEqual(minutes, expected);
  const filed = await listCases(app.config, { limit: 100, wanted: ({ state }) => state === 'filed' });
  assert.deepEqual(
    filed.cases.map(({ row: { openedAt } }) => openedAt),
    [at(20), at(10), at(0)],
  );
});

test('the cases of the last hour are counted up to what is enough', async () => {
  const latest = row(129, 1, { openedAt: '2026-11-21T09:29:00.000Z' });
  const minutes = (count: number): number => count * 60_000;
  assert.equal(await countOpenedWithin(app.config, latest, minutes(10), 100), 10);
  assert.equal(await countOpenedWithin(app.config, latest, minutes(60), 5), 5);
});

for (const [who, sameMoment] of [
  ['in the same millisecond', true],
  ['at another moment', false],
] as const) {
  for (const order of ['before', 'after'] as const) {
    test(`who lost the race for a case ${who}, its entry made ${order} the winner’s row, takes nothing of the winner’s away`, async () => {
      const person = 60 + (sameMoment ? 0 : 2) + (order === 'before' ? 0 : 1);
      const won = row(person, 1, { openedAt: '2026-11-21T09:00:00.000Z' });
      const lost = { ...won, openedAt: sameMoment ? won.openedAt : '2026-11-21T09:00:00.001Z' };
      if (order === 'before') await enterInIndex(app.config, lost);
      await enterInIndex(app.config, won);
      assert.ok(await createCase(app.config, won));
      if (order === 'after') await enterInIndex(app.config, lost);
      assert.equal(await createCase(app.config, lost), undefined);
      await removeFromIndex(app.config, lost);
      const { cases } = await listCases(app.config, { limit: 1_000 });
      assert.equal(cases.filter((each) => each.row.caseId === won.caseId).length, 1);
    });
  }
}

test('whatever is to be watched has its entry before its row says so', async () => {
  const table = tableOf(app.config, 'cases');
  const { createEntity, updateEntity } = table;
  const entered = async () => (await listUnfinished(app.config)).map(({ caseId }) => caseId);
  const died = async (): Promise<never> => Promise.reject(new Error('the process died'));
  Object.assign(table, { createEntity: died, updateEntity: died });
  try {
    await assert.rejects(createCase(app.config, row(31, 1)), /died/);
    await assert.rejects(createCase(app.config, row(32, 1, { state: 'scheduled' })), /died/);
    assert.deepEqual(
      [(await entered()).includes(row(31, 1).caseId), (await entered()).includes(row(32, 1).caseId)],
      [true, false],
    );
    Object.assign(table, { createEntity });
    await createCase(app.config, row(32, 1, { state: 'scheduled' }));
    const change = (current: CaseRow): CaseRow => ({ ...current, state: 'open' });
    await assert.rejects(updateCase(app.config, row(32, 1).caseId, change), /died/);
    assert.ok((await entered()).includes(row(32, 1).caseId));
  } finally {
    Object.assign(table, { createEntity, updateEntity });
  }
});
