import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Page, stableListing } from '../../../../src/connectors/github/call/stable-listing.ts';
import { ok } from '../../../../src/connectors/result.ts';
import { fc } from '../../../support/properties.ts';

const asked = { what: 'rows', where: 'a list' };

/** What happens to the list before one of its pages is read: a row goes, or one comes, at a place of the list. */
type Move = { readonly kind: 'remove' | 'insert'; readonly at: number };

/**
 * Reads a list that moves by the schedule: the moves of the n-th entry happen before the n-th page is cut. Says what
 * was read, and which rows were there from the beginning to the end.
 */
async function readMoving(
  size: number,
  schedule: readonly (readonly Move[])[],
  { perPage = 3, totals = true }: { readonly perPage?: number; readonly totals?: boolean } = {},
) {
  let rows = Array.from({ length: size }, (_, n) => n);
  const removed = new Set<number>();
  let fresh = size;
  let pages = 0;
  const listed = await stableListing<number, number>(asked, 0, async (start) => {
    for (const { kind, at } of schedule[pages] ?? []) {
      const index = rows.length === 0 ? 0 : at % rows.length;
      if (kind === 'insert') rows = rows.toSpliced(index, 0, fresh++);
      else for (const row of rows.splice(index, 1)) removed.add(row);
    }
    pages += 1;
    const shown = rows.slice(start, start + perPage);
    const page: Page<number, number> = {
      rows: shown.map((item) => ({ id: String(item), item })),
      cutShort: start > 0 && shown.length === 0,
      ...(totals ? { total: rows.length } : {}),
      ...(start + perPage < rows.length ? { next: start + perPage } : {}),
    };
    return ok(page);
  });
  const stayed = Array.from({ length: size }, (_, n) => n).filter((row) => !removed.has(row));
  return { listed, stayed, pages };
}

const moves = fc.array(fc.record({ kind: fc.constantFrom('remove', 'insert'), at: fc.nat(30) }), { maxLength: 3 });
const schedules = fc.array(moves, { maxLength: 12 });

for (const totals of [true, false]) {
  test(`whatever comes and goes while pages are read, no list ${totals ? 'with' : 'without'} totals is whole and lacks a row`, async () => {
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(20), schedules, async (size, schedule) => {
        const { listed, stayed } = await readMoving(size, schedule, { totals });
        if (listed.failure !== undefined) return;
        whole += 1;
        assert.deepEqual(
          stayed.filter((row) => !listed.items.includes(row)),
          [],
        );
      }),
      { numRuns: 3_000 },
    );
    assert.ok(whole > 300, `only ${whole} lists came to rest`);
  });
}

test('a row that went and one that came hide a skipped row from every total, and not from a second reading', async () => {
  // Before page 2: the first row goes, another comes at the end. Six rows are announced twice, and six are read.
  const { listed, pages } = await readMoving(6, [
    [],
    [
      { kind: 'remove', at: 0 },
      { kind: 'insert', at: 4 },
    ],
  ]);
  assert.equal(listed.failure, undefined);
  assert.equal(listed.items.includes(3), true);
  assert.ok(pages > 4);
});

test('a list of one page is read once, and one of several pages that stands still twice', async () => {
  assert.deepEqual((await readMoving(3, [])).pages, 1);
  const { listed, pages } = await readMoving(7, []);
  assert.deepEqual([listed.items.length, listed.failure, pages], [7, undefined, 6]);
});

test('a list that never stands still keeps every row that was seen, and says how it changed', async () => {
  const restless = Array.from({ length: 40 }, (): Move[] => [{ kind: 'remove', at: 0 }]);
  const { listed } = await readMoving(40, restless);
  assert.equal(listed.failure?.kind, 'unavailable');
  assert.match(
    listed.failure?.message ?? '',
    /gave \d+, \d+, \d+, \d+ rows in 4 readings, where it counts \d+.* in all/,
  );
  assert.ok(listed.items.length > 20);
});

/** What GitHub may answer to the question for any page: ids, of which one is missing here and there. */
const anyPage = fc.record({
  ids: fc.array(fc.option(fc.nat(6), { freq: 8, nil: undefined }), { maxLength: 4 }),
  more: fc.boolean(),
  total: fc.option(fc.nat(8), { freq: 2, nil: undefined }),
});

test('whatever answers come page by page, no row that was seen is lost unless two later readings agree without it', async () => {
  let whole = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyPage, { minLength: 1, maxLength: 6 }), async (answers) => {
      const readings: number[][] = [];
      let asks = 0;
      const { items, failure } = await stableListing<number, number>(asked, 0, async (page) => {
        const { ids, more, total } = answers[asks++ % answers.length] ?? { ids: [], more: false };
        if (page === 0) readings.push([]);
        readings.at(-1)?.push(...ids.flatMap((id) => id ?? []));
        return ok({
          rows: ids.map((item) => ({ id: item === undefined ? undefined : String(item), item })),
          total,
          cutShort: page > 0 && ids.length === 0,
          ...(more && page < 3 ? { next: page + 1 } : {}),
        });
      });
      const [before = [], last = []] = readings.slice(-2);
      const lost = readings.flat().filter((id) => !items.includes(id));
      if (lost.length > 0) {
        assert.ok(readings.length > 2 && before.every((id) => last.includes(id)), 'two readings agree');
        assert.ok(
          lost.every((id) => !before.includes(id) && !last.includes(id)),
          'neither has the row',
        );
      }
      if (failure === undefined) whole += 1;
    }),
    { numRuns: 5_000 },
  );
  assert.ok(whole > 300, `${whole} whole`);
});

test('a page whose rows all lack an id costs no row of the pages behind it', async () => {
  const pages = [
    [1, 2],
    [undefined, undefined],
    [5, 6],
  ];
  const { items, failure } = await stableListing<number, number>(asked, 0, async (n) =>
    ok({
      rows: (pages[n] ?? []).map((item) => ({ id: item === undefined ? undefined : String(item), item })),
      total: 6,
      ...(n < 2 ? { next: n + 1 } : {}),
    }),
  );
  assert.deepEqual(items, [1, 2, 5, 6]);
  assert.match(failure?.message ?? '', /gave 2 of 6 rows in a shape that cannot be read/);
});

test('pages of rows without ids that lead on for ever come to an end', async () => {
  const { failure } = await stableListing<number, number>(asked, 0, async (n) =>
    ok({ rows: [{ id: undefined, item: undefined }], next: n + 1 }),
  );
  assert.match(failure?.message ?? '', /gave pages without end/);
});

test('rows that cannot be read are counted, and the others kept', async () => {
  const { items, failure } = await stableListing<number, null>(asked, null, async () =>
    ok({
      rows: [
        { id: '1', item: 1 },
        { id: '2', item: undefined },
        { id: undefined, item: undefined },
      ],
      total: 3,
    }),
  );
  assert.deepEqual([items, failure?.kind], [[1], 'incomplete']);
  assert.match(failure?.message ?? '', /asked for rows of a list and gave 2 of 3 rows in a shape that cannot be read/);
});
