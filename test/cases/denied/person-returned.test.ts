import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOf, staleFor, whyReturned } from '../../../src/cases/denied/person-returned.ts';

const NOW = new Date('2026-11-28T12:00:00.000Z');
const deletedAt = '2026-11-28T11:59:00.000Z';
const past = '2026-11-20T17:00:00.000Z';
const future = '2026-12-31T17:00:00.000Z';
type Account = Parameters<typeof whyReturned>[0];

const SITUATIONS: readonly (readonly [name: string, opened: Account, now: Account, told: RegExp | undefined])[] = [
  ['deleted, still deleted', { state: 'soft-deleted', deletedAt }, { state: 'soft-deleted', deletedAt }, undefined],
  ['deleted, gone for good by now', { state: 'soft-deleted', deletedAt }, { state: 'gone' }, undefined],
  [
    'deleted, restored',
    { state: 'soft-deleted', deletedAt },
    { state: 'active' },
    /deleted \(at 2026-11-28 11:59 UTC\) when the case was opened, and is enabled now: somebody restored it\.$/,
  ],
  ['deleted, restored and disabled', { state: 'soft-deleted' }, { state: 'disabled' }, /there, disabled, now/],
  ['gone, there again', { state: 'gone' }, { state: 'active' }, /restored/],
  [
    'deleted with a past last day, restored',
    { state: 'soft-deleted', leaveAt: past },
    { state: 'active', leaveAt: past },
    /restored/,
  ],
  ['disabled, still disabled', { state: 'disabled' }, { state: 'disabled' }, undefined],
  ['disabled, enabled again', { state: 'disabled' }, { state: 'active' }, /enabled now/],
  ['disabled, deleted by now', { state: 'disabled' }, { state: 'soft-deleted', deletedAt }, undefined],
  [
    'enabled when HR opened it, still enabled',
    { state: 'active', leaveAt: past },
    { state: 'active', leaveAt: past },
    undefined,
  ],
  ['enabled without a last day, unchanged', { state: 'active' }, { state: 'active' }, undefined],
  ['enabled, deleted by now', { state: 'active', leaveAt: past }, { state: 'soft-deleted', deletedAt }, undefined],
  [
    'last day moved to the future',
    { state: 'active', leaveAt: past },
    { state: 'active', leaveAt: future },
    /moved the last day to 2026-12-31/,
  ],
  [
    'last day moved within the past',
    { state: 'active', leaveAt: past },
    { state: 'active', leaveAt: deletedAt },
    undefined,
  ],
  [
    'the same last day, written otherwise',
    { state: 'active', leaveAt: past },
    { state: 'active', leaveAt: '2026-11-20T18:00:00+01:00' },
    undefined,
  ],
  [
    'last day moved to this very instant',
    { state: 'active', leaveAt: past },
    { state: 'active', leaveAt: NOW.toISOString() },
    undefined,
  ],
  [
    'no last day, and one in the future now',
    { state: 'active' },
    { state: 'active', leaveAt: future },
    /moved the last day/,
  ],
  ['last day taken back', { state: 'active', leaveAt: past }, { state: 'active' }, /taken back/],
  [
    'last day may not be read any more',
    { state: 'active', leaveAt: past },
    { state: 'active', leaveAtUnread: true },
    undefined,
  ],
  [
    'last day may be read only now',
    { state: 'active', leaveAtUnread: true },
    { state: 'active', leaveAt: future },
    undefined,
  ],
  [
    'a last day in the future all along',
    { state: 'active', leaveAt: future },
    { state: 'active', leaveAt: future },
    undefined,
  ],
  ['nothing known at the beginning', { state: 'unreadable' }, { state: 'active' }, undefined],
];

for (const [name, opened, now, told] of SITUATIONS) {
  test(`${name}: the case ${told === undefined ? 'goes on' : 'stops'}`, () => {
    const why = whyReturned(opened, now, NOW);
    if (told === undefined) assert.equal(why, undefined);
    else assert.match(why ?? '', told);
  });
}

test('of a person only what says whether they leave is kept', () => {
  const person = { state: 'active', deletedAt, leaveAt: past, leaveAtUnread: true, displayName: 'Alex' } as const;
  assert.deepEqual(accountOf(person), { state: 'active', deletedAt, leaveAt: past, leaveAtUnread: true });
  assert.deepEqual(accountOf({ state: 'gone' }), { state: 'gone' });
});

test('a replica may show a deleted account for as long as it takes to hear of it', () => {
  assert.equal(staleFor(deletedAt, 90, NOW), 30_000);
  assert.equal(staleFor(deletedAt, 60, NOW), 0);
  assert.equal(staleFor(deletedAt, 10, NOW), 0);
  assert.equal(staleFor(undefined, 90, NOW), 0);
});
