import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LogAsRead, readLog } from '../../../../activities/runner-credentials/github/inventory/touched.ts';
import type { LoggedChange } from '../../../../src/connectors/github/audit-log/audit-log.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';

const AT = '2026-09-01T12:00:00.000Z';
const hoursBefore = (hours: number): string => new Date(Date.parse(AT) - hours * 3_600_000).toISOString();
const entry = (id: string, hours: number, ...repositories: readonly string[]): LoggedChange => ({
  id,
  at: hoursBefore(hours),
  repositories,
});
const MARK = { id: 'known', at: hoursBefore(2_000) };
const known = entry('known', 2_000, 'firm/old');
const failure: VendorFailure = { kind: 'unavailable', status: 500, tryAgainAfterMs: 0, message: 'down' };

/** What the log tells, and from when it was asked. */
async function reading(items: readonly LoggedChange[], read: LogAsRead, failed?: VendorFailure) {
  const asked: string[] = [];
  const client = {
    loggedChanges: async (since: Date) => {
      asked.push(since.toISOString());
      const told = items.filter(({ at }) => at >= since.toISOString());
      return failed === undefined ? { items: told } : { items: told, failure: failed };
    },
  };
  return { ...(await readLog(client, read)), asked };
}

test('of a log that holds what it held, what was entered since counts, and six hours before it', async () => {
  const log = [
    entry('new', -1, 'firm/b', 'firm/a'),
    entry('late', 5.9, 'firm/late'),
    entry('old', 6.1, 'firm/c'),
    known,
  ];
  const { touched, newest, asked } = await reading(log, { at: AT, mark: MARK });
  assert.deepEqual(touched, ['firm/a', 'firm/b', 'firm/late']);
  assert.deepEqual(newest, { id: 'new', at: hoursBefore(-1) });
  assert.deepEqual(asked, [MARK.at], 'as far back as the entry that it has to hold');
});

test('a quiet log is believed where it holds the entry, whose repository was not touched again', async () => {
  assert.deepEqual((await reading([known], { at: AT, mark: MARK })).touched, []);
  const recent = { id: 'recent', at: hoursBefore(1) };
  const { touched, asked } = await reading([entry('recent', 1, 'firm/a')], { at: AT, mark: recent });
  assert.deepEqual([touched, asked], [['firm/a'], [hoursBefore(6)]]);
});

test('nothing is believed of a log that is empty, lacks what it held, breaks off, or of which nothing is known', async () => {
  const rows: readonly (readonly [what: string, told: ReturnType<typeof reading>])[] = [
    ['empty', reading([], { at: AT, mark: MARK })],
    ['without what it held', reading([entry('new', 0, 'firm/a')], { at: AT, mark: MARK })],
    ['breaks off', reading([known], { at: AT, mark: MARK }, failure)],
    ['nothing known', reading([known], { at: AT })],
  ];
  for (const [what, told] of rows) assert.equal((await told).touched, null, what);
});
