import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LEAVER_STATES, type LeaverState } from '../../../src/people/leaver.ts';
import { type Confirmation, confirmed } from '../../../src/steps/consent/rules/confirm-absence.ts';

const about = (more: Partial<Confirmation>): Confirmation => ({
  source: 'entra/grant-cross-check',
  things: 'consents',
  looked: { count: 2, unit: 'questions' },
  first: [],
  second: [],
  seen: false,
  state: 'active',
  showsDeleted: false,
  ...more,
});
const refused = { kind: 'refused', message: 'Graph answered 400.' } as const;

/** What both questions showed, and what the line says of somebody in each state. */
const SITUATIONS: readonly (readonly [name: string, more: Partial<Confirmation>, partial: readonly LeaverState[]])[] = [
  ['both show the same', { first: ['a'], second: ['a'], seen: true }, []],
  ['both show nothing', {}, ['soft-deleted', 'unreadable']],
  ['both show nothing, and the list shows what others have who are deleted', { showsDeleted: true }, []],
  ['both show nothing, and the list showed what others had who were deleted', { shownBefore: '2026-06-20' }, []],
  ['both show nothing, and such a list shows the deleted elsewhere', { shownElsewhere: 'it does' }, []],
  [
    'one is found by its id, although such a list shows the deleted elsewhere',
    { hidden: ['a'], shownElsewhere: 'it does' },
    LEAVER_STATES,
  ],
  [
    'one is found by its id, although the list showed others',
    { hidden: ['a'], shownBefore: '2026-06-20' },
    LEAVER_STATES,
  ],
  [
    'they show different ones, although the list showed others',
    { second: ['a'], shownBefore: '2026-06-20' },
    LEAVER_STATES,
  ],
  ['the first leaves one out', { first: [], second: ['a'], seen: true }, LEAVER_STATES],
  ['the second leaves one out', { first: ['a'], second: [], seen: true }, LEAVER_STATES],
  ['they show different ones', { first: ['a'], second: ['b'], seen: true }, LEAVER_STATES],
  ['neither shows one that is found by its id', { hidden: ['a'] }, LEAVER_STATES],
  ['the second was refused', { first: ['a'], failure: refused, seen: true }, LEAVER_STATES],
];

for (const [name, more, partial] of SITUATIONS) {
  for (const state of LEAVER_STATES) {
    const expected = partial.includes(state) ? 'partial' : 'complete';
    test(`${name}: of somebody ${state} the line is ${expected}`, () => {
      const line = confirmed(about({ ...more, state }));
      assert.equal(line.state, expected);
      if (expected === 'partial') assert.match(line.detail ?? '', /\.$/);
    });
  }
}

const DETAILS: readonly (readonly [more: Partial<Confirmation>, detail: string | undefined])[] = [
  [
    { cutOn: '2026-11-20', showsDeleted: true },
    'None of this person is listed any more: what the list showed of them on 2026-11-20 was cut.',
  ],
  [
    { showsDeleted: true, shownElsewhere: 'it does' },
    'None of this person is listed, and the list shows consents of others who are deleted.',
  ],
  [{ shownElsewhere: 'it does', shownBefore: '2026-06-20' }, 'No consents of this person are listed, and it does.'],
  [
    { shownBefore: '2026-06-20' },
    'None of this person is listed, and on 2026-06-20 the list showed consents of somebody else who had been deleted for as long.',
  ],
  [{ seen: true, cutOn: '2026-11-20' }, undefined],
];
for (const [more, detail] of DETAILS) {
  test(`why nothing of a deleted person’s counts as nothing: ${detail ?? 'something was seen'}`, () => {
    const { source, looked } = about({});
    const line = confirmed(about({ ...more, state: 'soft-deleted' }));
    assert.deepEqual(line, { source, state: 'complete', looked, ...(detail === undefined ? {} : { detail }) });
  });
}

test('what one question showed and the other did not is told with how many each showed', () => {
  const { detail } = confirmed(about({ first: ['a', 'b'], second: ['a', 'c', 'd'] }));
  assert.match(detail ?? '', /^Graph was asked for the consents of this person in two ways and showed 2 and 3, /);
  assert.equal(confirmed(about({ first: ['a', 'b'], second: ['a', 'c'] })).state, 'partial');
  assert.equal(confirmed(about({ first: ['a', 'a', 'b'], second: ['b', 'a'] })).state, 'complete');
  assert.match(confirmed(about({ hidden: ['a', 'b'] })).detail ?? '', /; 2 of them were found by their ids/);
  assert.equal(confirmed(about({ second: ['a'], failure: refused })).detail, 'Graph answered 400.');
});

test('where the first question was not answered whole, its own line tells that, and nothing is compared', () => {
  const { first: _, ...rest } = about({ second: ['a'], seen: true });
  assert.equal(confirmed(rest).state, 'complete');
});
