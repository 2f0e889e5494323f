import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Blocked,
  type BlockedLedger,
  BlockedLedgerSchema,
  enterBlocked,
  readFrom,
} from '../../../src/posture/runs/blocked-ledger.ts';

const AT = '2026-11-23T04:10:00.000Z';
const day = (n: number): Date => new Date(Date.parse(AT) + n * 86_400_000);

const refusal = (id: string, at: Date, more: Partial<Blocked> = {}): Blocked => ({
  ...{ at: at.toISOString(), correlationId: id, resource: '/x', caller: 'a'.repeat(64), by: [{ assignment: 'one' }] },
  ...more,
});
const ledger = (more: Partial<BlockedLedger> = {}): BlockedLedger => ({
  ...{ since: day(-40).toISOString(), until: day(-1).toISOString(), blocked: [], ...more },
});

test('the log is read from a while before the last reading, and never further back than it goes', () => {
  assert.deepEqual(readFrom(undefined, day(0)), day(-89));
  assert.deepEqual(readFrom(ledger(), day(0)), day(-3));
  assert.deepEqual(readFrom(ledger({ until: day(-200).toISOString() }), day(0)), day(-89));
});

test('what was read twice counts once, and what the log forgets is kept for ninety days', () => {
  const before = ledger({ blocked: [refusal('a', day(-2)), refusal('old', day(-91))] });
  const again = [refusal('a', day(-2)), refusal('b', day(-1)), refusal('a', day(-2), { by: [{ assignment: 'two' }] })];
  const after = enterBlocked(before, { from: day(-3), to: day(0), blocked: again, whole: true });
  assert.deepEqual(
    after?.blocked.map(({ correlationId, by }) => `${correlationId} ${by[0]?.assignment}`),
    ['a one', 'a two', 'b one'],
  );
  assert.deepEqual([after?.since, after?.until], [before.since, day(0).toISOString()]);
  assert.ok(BlockedLedgerSchema.safeParse(after).success);
});

test('since when nothing is missing is never said of a time that nobody read', () => {
  const read = (known: BlockedLedger | undefined, from: Date, whole: boolean) => {
    const after = enterBlocked(known, { from, to: day(0), blocked: [], whole });
    return [after?.since, after?.until];
  };
  const [since, until] = [ledger().since, ledger().until];
  assert.deepEqual(read(undefined, day(-89), true), [day(-89).toISOString(), day(0).toISOString()]);
  assert.deepEqual(read(undefined, day(-89), false), [undefined, undefined], 'half of the first reading is none');
  assert.deepEqual(read(ledger(), day(-3), true), [since, day(0).toISOString()]);
  assert.deepEqual(read(ledger(), day(-3), false), [since, until], 'it is read again');
  assert.deepEqual(read(ledger(), day(0), true), [day(0).toISOString(), day(0).toISOString()], 'a hole between them');
});
