import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRestored } from '../../src/intake/rules/is-restored.ts';
import {
  allWords,
  countingWords,
  datedWord,
  lastDaysTold,
  type Words,
  withoutWords,
  wordsAt,
} from '../../src/intake/rules/words.ts';

const at = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`;
type Merged = Words['merged'][number];
const merged = (more: Partial<Merged>): Merged => ({
  trigger: 'api',
  requestedBy: 'b',
  requestedAt: at(2),
  reason: 'x',
  ...more,
});
const row = (more: Partial<Words> = {}): Words => ({
  ...{ trigger: 'hr-queue', requestedBy: 'hr', requestedAt: at(1), mode: 'apply', merged: [] },
  ...more,
});

test('every word on a case is told with the day that it named, the one that opened it first', () => {
  const words = allWords(
    row({ startsAt: at(20), firstDay: { startsAt: at(10) }, merged: [merged({ startsAt: at(20) })] }),
  );
  assert.deepEqual(
    words.map(({ startsAt }) => startsAt),
    [at(10), at(20)],
  );
  assert.deepEqual(
    allWords(row({ startsAt: at(20), lastDay: '2026-11-20' })).map(({ lastDay }) => lastDay),
    ['2026-11-20'],
  );
});

test('a word that was taken back keeps no case going, and one for a plan none that cuts', () => {
  const count = (more: Partial<Words>) => countingWords(row(more)).length;
  assert.equal(count({ merged: [merged({})] }), 2);
  assert.equal(count({ withdrawnAt: at(3), merged: [merged({})] }), 1);
  assert.equal(count({ merged: [merged({ mode: 'plan' })] }), 1);
  assert.equal(count({ mode: 'plan', merged: [merged({ mode: 'plan' })] }), 2);
});

test('the last word that names a day counts, unless a person asked for the case now, or it was cancelled', () => {
  const day = (more: Partial<Words>) => datedWord(row({ startsAt: at(20), ...more }))?.startsAt;
  assert.equal(day({}), at(20));
  assert.equal(day({ merged: [merged({})] }), undefined);
  assert.equal(day({ merged: [merged({ trigger: 'entra-event' })] }), at(20));
  assert.equal(day({ merged: [merged({ trigger: 'sweep' })] }), at(20));
  assert.equal(day({ withdrawnAt: at(3) }), undefined);
  assert.equal(day({ cancellation: { at: at(3), by: 'x', reason: 'y' } as never }), undefined);
});

test('a day counts from its coming on, and not where another replaced it before', () => {
  const words = (now: number, more: Partial<Words> = {}) =>
    wordsAt(row({ startsAt: at(20), ...more }), new Date(at(now))).length;
  assert.equal(words(19), 0);
  assert.equal(words(20), 1);
  assert.equal(words(21, { merged: [merged({ requestedAt: at(5), startsAt: at(25) })] }), 0);
  assert.equal(words(21, { merged: [merged({ requestedAt: at(21), startsAt: at(25) })] }), 1);
  assert.equal(words(21, { merged: [merged({ requestedAt: at(20), startsAt: at(25) })] }), 1, 'it had come');
  assert.equal(words(1, { merged: [merged({ trigger: 'entra-event' })] }), 1);
});

test('the last days that a case was told are each told once, without those that were moved away from', () => {
  const told = lastDaysTold(
    row({
      lastDay: '2026-11-20',
      startsAt: at(20),
      merged: [
        merged({ trigger: 'sweep', lastDay: '2026-11-19' }),
        merged({ trigger: 'sweep', lastDay: '2026-11-18', withdrawnAt: at(4) }),
      ],
    }),
  );
  assert.deepEqual(told, ['2026-11-20', '2026-11-19']);
  assert.deepEqual(lastDaysTold(row()), []);
});

test('words are taken back once, and a row of which none was meant stays itself', () => {
  const whole = row({ merged: [merged({})] });
  assert.equal(
    withoutWords(whole, () => false, at(5)),
    whole,
  );
  const taken = withoutWords(whole, () => true, at(5));
  assert.deepEqual([taken.withdrawnAt, taken.merged[0]?.withdrawnAt], [at(5), at(5)]);
  assert.equal(
    withoutWords(taken, () => true, at(6)),
    taken,
  );
  assert.equal(withoutWords(whole, ({ trigger }) => trigger === 'api', at(5)).withdrawnAt, undefined);
});

test('somebody works here again where the account is enabled and no word of people is left', () => {
  const back = (more: Partial<Words>, person: Parameters<typeof isRestored>[1] = { state: 'active' }) =>
    isRestored(row(more), person, new Date(at(25)));
  assert.ok(back({ trigger: 'entra-event' }));
  assert.ok(!back({ trigger: 'entra-event' }, { state: 'disabled' }));
  assert.ok(!back({ trigger: 'entra-event' }, { state: 'soft-deleted' }));
  assert.ok(!back({}));
  assert.ok(back({ withdrawnAt: at(3) }));
  assert.ok(!back({ trigger: 'entra-event', merged: [merged({})] }));
  assert.ok(back({ startsAt: at(26) }), 'its day has not come');
});
