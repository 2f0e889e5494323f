import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saidOf } from '../../cli/terminal/figures.ts';

test('what is unknown is a word and never 0, a share is never rounded up, and a time never down', () => {
  const said = [
    saidOf('share', undefined),
    saidOf('share', { state: 'unknown', value: 0 }),
    saidOf('servers', { state: 'not-applicable' }),
    saidOf('servers', { state: 'at-least', value: 3 }),
    saidOf('share', { state: 'exact', value: 0.999999 }),
    saidOf('share', { state: 'exact', value: 0.29 }),
    saidOf('minutes', { state: 'exact', value: 6.2 }),
    saidOf('minutes', { state: 'at-least', value: 6.9 }),
  ];
  assert.deepEqual(said, [
    'not measured',
    'unknown',
    'does not apply',
    'at least 3',
    '99.999 %',
    '29 %',
    '7 min',
    'at least 6 min',
  ]);
});
