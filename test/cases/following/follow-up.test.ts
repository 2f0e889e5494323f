import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, instanceIdOf, isUnfinished } from '../../../src/cases/case.ts';
import { filedAs, toBeReadAgain } from '../../../src/cases/following/attempts.ts';
import {
  dueOf,
  type FollowUp,
  followUpsFrom,
  nextReadingAt,
  withFollowUp,
} from '../../../src/cases/following/follow-up.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { parseOid } from '../../../src/people/oid.ts';

const oid = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(oid !== undefined);
const FILED = '2026-11-01T10:00:00.000Z';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** So long after the first report. */
const after = (ms: number): string => new Date(Date.parse(FILED) + ms).toISOString();
const ALL = ['24h', '7d', '31d'] as const;

const RUNNING: CaseRow = {
  ...{ oid, caseId: makeCaseId(oid, 1), n: 1, trigger: 'api', mode: 'apply', state: 'running', reason: 'left' },
  ...{
    requestedBy: 'hr',
    requestedAt: FILED,
    openedAt: FILED,
    instanceId: instanceIdOf(makeCaseId(oid, 1)),
    merged: [],
  },
};
const filed = (
  row: CaseRow = RUNNING,
  at = FILED,
  more: Partial<CaseRow> = {},
  wanted: readonly (typeof ALL)[number][] = ALL,
) => filedAs({ ...row, ...more }, { filedAt: at, outcome: 'clear', incident: false, report: `r-${at}` }, wanted);
const which = ({ followUps = [] }: CaseRow): string[] => followUps.map((each) => each.which);

test('the first report of a case that cuts fixes its follow-ups, and nothing does later', () => {
  const first = filed();
  assert.deepEqual(first.followUps, [
    { which: '24h', at: after(DAY) },
    { which: '7d', at: after(7 * DAY) },
    { which: '31d', at: after(31 * DAY) },
  ]);
  assert.equal(isUnfinished(first), true);
  const again = toBeReadAgain({ ...first, followUps: [] }, after(32 * DAY), 'recheck') ?? assert.fail();
  const second = filed(again, after(32 * DAY));
  assert.deepEqual([which(second), isUnfinished(second)], [[], false]);
  assert.deepEqual(which(filed(RUNNING, FILED, { mode: 'plan' })), []);
  assert.deepEqual(which(filed(RUNNING, FILED, { notReadAgain: 'HR took it back' })), []);
  assert.deepEqual(which(filed(RUNNING, FILED, {}, [])), []);
});

const READ_AGAIN = after(HOUR);
const of = (...names: readonly (FollowUp['which'] | readonly [FollowUp['which'], number])[]): FollowUp[] =>
  names.map((name) => {
    const [is, at] =
      typeof name === 'string'
        ? [name, { '24h': DAY, '7d': 7 * DAY, '31d': 31 * DAY, restore: 0, alive: 0, answer: 0 }[name]]
        : name;
    return { which: is, at: after(at) };
  });

/** What of the filed row is to come, how long after the first report it is, what is due, and what is left after it. */
const TABLE: readonly (readonly [
  what: string,
  row: Pick<CaseRow, 'readAgainAt' | 'followUps'>,
  hours: number,
  due: string | undefined,
  left: readonly string[],
])[] = [
  ['nothing is to come', {}, 10_000, undefined, []],
  ['before the first', { followUps: of(...ALL) }, 23, undefined, [...ALL]],
  ['the first, to the minute', { followUps: of(...ALL) }, 24, 'follow-up', ['7d', '31d']],
  ['two were missed: one reading', { followUps: of(...ALL) }, 8 * 24, 'follow-up', ['31d']],
  ['all were missed: one reading', { followUps: of(...ALL) }, 60 * 24, 'follow-up', []],
  ['somebody answered', { followUps: of('answer', ...ALL) }, 1, 'answer', [...ALL]],
  ['a vendor was away', { readAgainAt: READ_AGAIN, followUps: of(...ALL) }, 2, 'vendor-away', [...ALL]],
  ['both are due: one reading', { readAgainAt: READ_AGAIN, followUps: of(...ALL) }, 25, 'follow-up', ['7d', '31d']],
  ['a vendor was away after the last', { readAgainAt: READ_AGAIN }, 2, 'vendor-away', []],
  ['the account is back', { followUps: of('restore') }, 2, 'follow-up', []],
  ['something lives', { followUps: of(...ALL, ['alive', HOUR]) }, 2, 'reopened', [...ALL]],
  [
    'something lives, and the account is back',
    { followUps: of(['alive', HOUR], ['restore', HOUR]) },
    2,
    'reopened',
    [],
  ],
  [
    'something lives while a follow-up is due',
    { followUps: of(['alive', DAY], ...ALL) },
    24,
    'reopened',
    ['7d', '31d'],
  ],
];

for (const [what, more, hours, because, left] of TABLE) {
  test(`what is due: ${what}`, () => {
    const row: CaseRow = { ...filed(RUNNING, FILED, {}, []), ...more };
    const now = new Date(after(hours * HOUR));
    const due = dueOf(row, now);
    assert.equal(due?.because, because);
    const next = nextReadingAt(row);
    assert.equal(due === undefined, next === undefined || Date.parse(next) > now.getTime());
    const read = toBeReadAgain(row, now.toISOString(), due?.because ?? 'recheck') ?? assert.fail();
    assert.deepEqual(which(read), left);
    assert.equal(read.readAgainAt, undefined);
  });
}

test('an account that is back is read by the case although something lives, and is not lost with what ends it', () => {
  const both = dueOf({ followUps: of(['alive', HOUR], ['restore', HOUR]) }, new Date(after(2 * HOUR)));
  assert.equal(both?.restore, true);
  const alone = dueOf({ followUps: of(['alive', HOUR], ['restore', 3 * HOUR]) }, new Date(after(2 * HOUR)));
  assert.equal(alone?.restore, undefined);
});

test('the next reading is the earliest of all that are to come, in whatever order they stand', () => {
  assert.equal(nextReadingAt({ followUps: of('31d', '24h', '7d') }), after(DAY));
  assert.equal(nextReadingAt({ followUps: of('31d', '7d'), readAgainAt: READ_AGAIN }), READ_AGAIN);
  const elsewhere = '2026-11-02T11:00:00+02:00';
  assert.equal(nextReadingAt({ followUps: of('24h'), readAgainAt: elsewhere }), elsewhere, 'however it is written');
});

test('there is one follow-up of each kind, and the next one stands first', () => {
  assert.deepEqual(
    followUpsFrom(FILED, ['31d', '24h', '31d']).map((each) => each.which),
    ['24h', '31d'],
  );
  const late = withFollowUp(of('7d', ['answer', HOUR]), { which: 'answer', at: after(2 * DAY) });
  assert.deepEqual(late, [
    { which: 'answer', at: after(2 * DAY) },
    { which: '7d', at: after(7 * DAY) },
  ]);
  assert.deepEqual(withFollowUp(undefined, { which: 'alive', at: FILED }), [{ which: 'alive', at: FILED }]);
});

test('an account that is back is read as such, and what else is due is not', () => {
  const now = new Date(after(2 * DAY));
  assert.deepEqual(dueOf({ followUps: of('24h', 'answer', 'restore') }, now), {
    ...{ because: 'follow-up', at: FILED, restore: true },
  });
  assert.deepEqual(dueOf({ followUps: of('24h') }, now), { because: 'follow-up', at: after(DAY) });
});

test('a decision or a recheck in between takes none of those to come', () => {
  for (const because of ['decision', 'recheck', 'vendor-away', 'reopened'] as const) {
    const read = toBeReadAgain(filed(), after(3 * HOUR), because) ?? assert.fail();
    assert.deepEqual(which(filed(read, after(4 * HOUR))), [...ALL]);
  }
});
