import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Case } from '../../cli/calling/client.ts';
import { linesOf, Refused } from '../../cli/calling/problem.ts';
import { endingOf } from '../../cli/case/cases.ts';
import { EXIT_CODES } from '../../cli/exit-codes.ts';
import { tableOf } from '../../cli/terminal/table.ts';
import { CASE_STATES } from '../../src/cases/case.ts';
import { OUTCOMES } from '../../src/cases/outcome.ts';
import { fc } from '../support/properties.ts';

const columns = [
  { head: 'NAME', cell: ([name]: readonly string[]) => name },
  { head: 'TEXT', cell: ([, text]: readonly string[]) => text },
];

test('a program gets a line for each row with tabs and no heads; a person gets columns that fit', () => {
  const rows = [
    ['one', 'a text that is long enough to be cut'],
    ['two\tand\nmore', ''],
  ];
  assert.equal(tableOf(rows, columns, undefined), 'one\ta text that is long enough to be cut\ntwo and more\t\n');
  assert.equal(
    tableOf(rows, columns, 32),
    ['NAME          TEXT', 'one           a text that is lo…', 'two and more', ''].join('\n'),
  );
});

test('what the next command is given is never cut, and what is spare makes room for it', () => {
  const id = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1';
  const three = [
    { head: 'CASE', room: 'whole', cell: () => id },
    { head: 'OPENED', room: 'spare', cell: () => '2026-11-29T16:39:54.825Z' },
    { head: 'REASON', cell: () => 'The contract ended with the project' },
  ] as const;
  const shown = (width: number) => tableOf([0], three, width).split('\n')[1] ?? '';
  assert.equal(shown(120), `${id}  2026-11-29T16:39:54.825Z  The contract ended with the project`);
  assert.equal(shown(80), `${id}  The contract ended with the project`);
  assert.equal(shown(60), `${id}  The contract ended …`);
  assert.equal(shown(20), `${id}  The con…`);
  assert.equal(tableOf([0], three, undefined).split('\t').length, 3);
});

test('whatever things are called, a table has a line for each row, no sequence that a terminal obeys, and its width', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))), (rows) => {
      const piped = tableOf(rows, columns, undefined);
      assert.equal(piped.split('\n').length, rows.length + 1);
      assert.ok(piped.split('\n').every((line) => line === '' || line.split('\t').length === 2));
      const shown = tableOf(rows, columns, 30).split('\n');
      assert.equal(shown.length, rows.length + 2);
      assert.ok(shown.every((line) => [...line].length <= 30));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
      assert.doesNotMatch(piped.replaceAll(/[\t\n]/g, ''), /[\u0000-\u001f\u007f-\u009f]/);
    }),
  );
});

const caseOf = (more: Partial<Case>): Case => ({ state: 'filed', ...more }) as Case;

test('a case that is not filed as clear or residual never ends with 0', () => {
  const zero: string[] = [];
  for (const state of CASE_STATES)
    for (const outcome of [...OUTCOMES, undefined, 'of a newer app'])
      for (const incident of [true, false, undefined])
        for (const onHold of ['the app is paused', undefined]) {
          const row = caseOf({
            state,
            ...(outcome && { outcome }),
            ...(incident === undefined ? {} : { incident }),
            ...(onHold && { onHold }),
          });
          if (endingOf(row) === 'done') zero.push(`${state} ${outcome} ${incident === true}`);
        }
  assert.deepEqual([...new Set(zero)].sort(), ['filed clear false', 'filed residual false']);
});

test('each state and outcome has its own exit code', () => {
  const codeOf = (more: Partial<Case>): number | undefined => {
    const ending = endingOf(caseOf(more));
    return ending && EXIT_CODES[ending].code;
  };
  assert.deepEqual(
    OUTCOMES.map((outcome) => codeOf({ outcome })),
    [0, 0, 10, 11, 12],
  );
  assert.deepEqual(
    OUTCOMES.map((outcome) => codeOf({ outcome, incident: true })),
    [13, 13, 13, 13, 13],
  );
  assert.deepEqual(
    CASE_STATES.map((state) => codeOf({ state, outcome: 'clear' })),
    [3, undefined, undefined, 0, 1, 1, 12],
  );
  assert.equal(codeOf({ state: 'open', onHold: 'the app is paused' }), 3);
  assert.equal(codeOf({ state: 'pondering' as never }), 1);
});

test('exit codes are told apart', () => {
  const codes = Object.values(EXIT_CODES).map(({ code }) => code);
  assert.deepEqual(codes, [0, 1, 2, 3, 4, 10, 11, 12, 13, 130]);
});

const problem = (code: string, more: object = {}) => ({
  ...{ type: `urn:mcp-offboarding:problem:${code}`, title: 'The request has faults', detail: 'It does not say when.' },
  ...{ whatToDo: 'Correct every fault.', ...more },
});

test('a problem is told with every fault, what to do, when to come again, and the operation', () => {
  const errors = [
    { pointer: '/lastDay', detail: 'is no day' },
    { parameter: 'limit', detail: 'is too large' },
  ];
  assert.deepEqual(linesOf(422, problem('invalid-request', { errors, operation: 'op-1' }), '30'), [
    'The request has faults (invalid-request). It does not say when.',
    '  /lastDay: is no day',
    '  limit: is too large',
    'What to do: Correct every fault.',
    'Ask again after 30 seconds.',
    'Operation: op-1',
  ]);
  const hostile = linesOf(409, problem('refused', { detail: '\u001b]0;owned\u0007\u001b[31mred' })).join('');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  assert.doesNotMatch(hostile, /[\u0007\u001b]/);
});

test('who is not signed in or has no role gets 4, faults in what was sent 2, all else 1', () => {
  const endings = (
    [
      [401, 'unauthenticated'],
      [403, 'missing-role'],
      [403, 'own-affair'],
      [422, 'invalid-request'],
      [422, 'unknown-person'],
      [409, 'refused'],
      [503, 'unavailable'],
    ] as const
  ).map(([status, code]) => EXIT_CODES[new Refused(status, problem(code), null).ending].code);
  assert.deepEqual(endings, [4, 4, 4, 2, 1, 1, 1]);
  const proxy = new Refused(502, {}, null);
  assert.deepEqual([proxy.ending, /not by mcp-offboarding/.test(proxy.message)], ['error', true]);
});
