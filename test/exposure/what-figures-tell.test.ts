import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPossible, tellsNothing } from '../../src/exposure/what-figures-tell.ts';

test('numbers are possible where people can be thought of that give them', () => {
  const situations: readonly (readonly [string, Parameters<typeof isPossible>, boolean])[] = [
    ['five people, who all have the one kind', [[5, 0, 0], [5]], true],
    ['one of five would have no kind at all', [[5, 0, 0], [4]], false],
    ['more have a kind than there are people', [[1, 0, 0], [2]], false],
    [
      'two kinds for one or two paths',
      [
        [1, 0, 0],
        [1, 1],
      ],
      true,
    ],
    [
      'three kinds for one or two paths',
      [
        [1, 0, 0],
        [1, 1, 1],
      ],
      false,
    ],
    [
      'five kinds for three to five paths',
      [
        [0, 1, 0],
        [1, 1, 1, 1, 1],
      ],
      true,
    ],
    [
      'six kinds for three to five paths',
      [
        [0, 1, 0],
        [1, 1, 1, 1, 1, 1],
      ],
      false,
    ],
    [
      'any number of kinds for more',
      [
        [0, 0, 1],
        [1, 1, 1, 1, 1, 1, 1, 1],
      ],
      true,
    ],
    ['a withheld band of four', [[null, 0, 0], [4]], true],
    ['a withheld band would have to be five', [[null, 0, 0], [5]], false],
    ['the same where only three people are left', [[null, 0, 0], [4], 3], false],
    ['a withheld kind of four', [[4, 0, 0], [null]], true],
    ['a withheld kind would have to be five', [[5, 0, 0], [null]], false],
    [
      'two withheld kinds share them',
      [
        [5, 0, 0],
        [null, null],
      ],
      true,
    ],
    ['fewer people than none', [[-1, 0, 0], [0]], false],
    ['fewer people than none in one band', [[5, -1, 0], [4]], false],
    ['fewer people than none beside a withheld band', [[null, -1, 0], [4]], false],
  ];
  for (const [what, numbers, expected] of situations) assert.equal(isPossible(...numbers), expected, what);
});

test('figures tell nothing only where each withheld number may be any from 0 to 4', () => {
  const situations: readonly (readonly [string, Parameters<typeof tellsNothing>, boolean])[] = [
    ['nothing is withheld', [{ none: 50, exposed: [20, 10, 5], left: 0 }, [35]], true],
    ['a band that could be any', [{ none: null, exposed: [null, 20, 10], left: undefined }, [30, 20]], true],
    [
      'who has the one kind is in the other bands',
      [{ none: null, exposed: [null, 20, 10], left: undefined }, [30]],
      false,
    ],
    [
      'the kind needs all that it could hide',
      [{ none: null, exposed: [null, 20, 10], left: undefined }, [34, 20]],
      false,
    ],
    ['a band that is withheld alone', [{ none: 50, exposed: [null, 20, 10], left: 3 }, [30, 20]], false],
    [
      'of six that are left, any of the two may have up to four',
      [{ none: null, exposed: [20, 10, null], left: 6 }, [34, 30]],
      false,
    ],
    ['six are left, who cannot all have few', [{ none: null, exposed: [null, 20, 10], left: 6 }, [30, 4]], false],
    ['six are left, who may all have few', [{ none: null, exposed: [null, 20, 10], left: 6 }, [30, 6]], true],
    ['a kind that could be any', [{ none: 50, exposed: [20, 10, 5], left: 0 }, [35, null]], true],
    ['a kind that the others leave people for', [{ none: 50, exposed: [20, 10, 5], left: 0 }, [34, null]], false],
  ];
  for (const [what, [bands, kinds], expected] of situations) assert.equal(tellsNothing(bands, kinds), expected, what);
});
