import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CronExpressionParser } from 'cron-parser';
import {
  equivalentCron,
  withEquivalentCrons,
} from '../../../../src/steps/runner-credentials/rules/github/workflows/equivalent-cron.ts';
import { fc } from '../../../support/properties.ts';

const timesOf = (cron: string): string[] =>
  CronExpressionParser.parse(cron, { currentDate: '2026-11-28T11:17:00Z', tz: 'UTC' })
    .take(12)
    .map((time) => time.toISOString() ?? '');

const step = (most: number) => fc.integer({ min: 2, max: most }).map((each) => `*/${each}`);
const number = (most: number, least = 0) => fc.integer({ min: least, max: most }).map(String);
const field = (most: number, least = 0) => fc.oneof(fc.constant('*'), step(most), number(most, least));
const cron = fc
  .tuple(field(59), field(23), fc.oneof(fc.constant('*'), number(28, 1)), field(12, 1), field(6))
  .map((fields) => fields.join(' '));

test('the other form is another text and the same schedule, by a parser that is not ours', () => {
  fc.assert(
    fc.property(cron, (given) => {
      const other = equivalentCron(given);
      assert.ok(other !== undefined && other !== given, given);
      assert.deepEqual(timesOf(other), timesOf(given));
    }),
    { numRuns: 300 },
  );
});

test('what is no cron of five fields has no other form', () => {
  for (const given of ['', '@daily', '0 2 * *', '0 2 * * * *', 'a,b c,d 1 1,2 *'])
    assert.equal(equivalentCron(given), undefined, given);
});

test('the first field that has another form takes it, and what is a list or a part of one stays', () => {
  const forms = {
    ' 0 2 * * * ': '0 2 * 1-12 *',
    '0 2 * 1-12 *': '0 2 * * *',
    '0 2 1 */3 *': '0 2 1 1-12/3 *',
    '0 2 1 1,*/2 *': '0 2-2 1 1,*/2 *',
    '0 2 1 */2,5 *': '0 2-2 1 */2,5 *',
    '0 2 1 1,5 *': '0 2-2 1 1,5 *',
    '0 * 1 1,5 *': '0 0-23 1 1,5 *',
    '* 1,5 1 1,5 *': '0-59 1,5 1 1,5 *',
  };
  const told = Object.fromEntries(Object.keys(forms).map((given) => [given, equivalentCron(given)]));
  assert.deepEqual(told, forms);
});

test('a workflow file changes in its cron lines alone, quotes and comments included', () => {
  const text = [
    'on:',
    '  schedule:',
    "    - cron: '0 2 * * *' # nightly",
    '    - cron: "30 4 1 1 *"',
    '# cron: 0 2 * * *',
    '',
  ].join('\n');
  const changed = withEquivalentCrons(text, ['0 2 * * *', '30 4 1 1 *']);
  const lines = [
    'on:',
    '  schedule:',
    "    - cron: '0 2 * 1-12 *' # nightly",
    '    - cron: "30 4 1 1-1 *"',
    '# cron: 0 2 * * *',
    '',
  ];
  assert.equal(changed, lines.join('\n'));
  assert.equal(withEquivalentCrons(changed ?? '', ['0 2 * * *', '30 4 1 1 *']), undefined, 'what has it stays');
});
