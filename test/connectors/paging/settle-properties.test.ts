import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../../src/connectors/paging/settle.ts';
import { fc } from '../../support/properties.ts';
import { BY, reading, refused, settled } from './settle-world.ts';

/** What may happen to a list between two pages: a row ends, a new one comes, one moves to another place. */
const change = fc.record({ what: fc.constantFrom('remove', 'insert', 'move'), at: fc.nat(40), to: fc.nat(40) });

test('however a list changes while it is paged, it never counts as whole with a row missing that was there all the time', async () => {
  let whole = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        rows: fc.integer({ min: 0, max: 30 }),
        size: fc.integer({ min: 1, max: 12 }),
        totals: fc.boolean(),
        changes: fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 12 }),
      }),
      async ({ rows, size, totals, changes }) => {
        const list = Array.from({ length: rows }, (_, id) => id);
        const always = new Set(list);
        let next = rows;
        let moment = 0;
        const pass = (): void => {
          for (const { what, at, to } of changes[moment] ?? []) {
            const place = at % Math.max(list.length, 1);
            if (what === 'insert') list.splice(place, 0, next++);
            else {
              const [row] = list.splice(place, 1);
              if (row === undefined) continue;
              if (what === 'remove') always.delete(row);
              else list.splice(to % (list.length + 1), 0, row);
            }
          }
          moment += 1;
        };
        const listing = await settle<number>({
          ...BY,
          read: () => {
            const items: number[] = [];
            const told: number[] = [];
            let pages = 0;
            for (let more = true; more; pages += 1) {
              const from = pages * size;
              items.push(...list.slice(from, from + size));
              told.push(list.length);
              // The link is on the page, and is followed whatever becomes of the list meanwhile.
              more = from + size < list.length;
              pass();
            }
            return Promise.resolve(reading(items, { pages, ...(totals ? { totals: told } : {}) }));
          },
        });
        if (listing.failure !== undefined) return;
        whole += 1;
        const seen = new Set(listing.items);
        assert.deepEqual(
          [...always].filter((id) => !seen.has(id)),
          [],
        );
      },
    ),
    { numRuns: 3_000 },
  );
  assert.ok(whole > 500, 'lists that hold still count as whole');
});

const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.integer({ min: 1, max: 12 }).chain((n) => (n === 1 ? value : fc.constant(undefined)));
/** Any answer that a vendor may give to one reading, whatever it gave before. */
const anyReading = fc
  .record({
    items: fc.uniqueArray(fc.nat(5), { maxLength: 5 }),
    pages: fc.integer({ min: 1, max: 3 }),
    total: fc.option(fc.nat(5), { freq: 1, nil: undefined }),
    unreadable: rarely(fc.constant(1)),
    doubt: rarely(fc.constant('a full page')),
    torn: rarely(fc.constant(true)),
    failure: rarely(fc.constant(refused)),
  })
  .map(({ items, pages, total, unreadable = 0, doubt, torn, failure }) =>
    reading(items, {
      pages,
      unreadable,
      totals: total === undefined ? [] : [total === 5 ? total : items.length + unreadable],
      ...(doubt === undefined ? {} : { doubt }),
      ...(torn === undefined ? {} : { torn }),
      ...(failure === undefined ? {} : { failure }),
    }),
  );
/** Mostly several readings of the same, of which some are otherwise. */
const anyReadings = fc
  .tuple(anyReading, fc.array(fc.option(anyReading, { freq: 2, nil: undefined }), { minLength: 3, maxLength: 3 }))
  .map(([first, more]) => {
    const all = [first];
    for (const each of more) all.push(each ?? all.at(-1) ?? first);
    return all;
  });

test('whatever a vendor answers, no row that any reading had is lost unless two later readings agree without it, and nothing else is whole', async () => {
  let [whole, dropped] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anyReadings, async (given) => {
      const { items, failure, asked } = await settled(...given);
      const readings = given.slice(0, asked.length);
      const [before, last] = [readings.at(-2), readings.at(-1)];
      assert.ok(last !== undefined);
      const has = (rows: readonly number[], of: readonly number[]) => of.every((id) => rows.includes(id));
      const agreed = before !== undefined && last.items.length > 0 && has(last.items, before.items);
      const seen = new Set(readings.flatMap((each) => each.items));
      const lost = [...seen].filter((id) => !items.includes(id));
      if (lost.length > 0) {
        dropped += 1;
        assert.ok(agreed && readings.length > 2, 'two readings agree');
        assert.ok(!lost.some((id) => before.items.includes(id) || last.items.includes(id)), 'neither has the row');
      }
      if (failure !== undefined) return;
      whole += 1;
      const atOnce = readings.length === 1 && last.pages === 1;
      const empty = readings.every((each) => each.items.length === 0);
      assert.ok(atOnce || agreed || empty, 'one page at once, or two readings that agree');
    }),
    { numRuns: 20_000 },
  );
  assert.ok(whole > 1_000 && dropped > 20, `${whole} whole, ${dropped} with a row that went`);
});
