import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64Blocks, bytesOf, lettersOf, textsIn } from '../../../src/credentials/detector/base64-blocks.ts';
import { longRunsOf } from '../../../src/credentials/detector/char-runs.ts';

const AROUND = 2_736;
const nothing = (count: number): Buffer => Buffer.alloc(count, 0xff);
const codes = (bytes: readonly Buffer[], glued = ''): Uint8Array =>
  Buffer.from(glued + Buffer.concat(bytes).toString('base64').replaceAll('=', ''));

/** The letters that begin the first and the last three bytes of which the first belongs to a row. */
const edgesOf = (start: number, count: number): readonly [number, number] => [
  Math.ceil(start / 3) * 4,
  Math.floor((start + count - 1) / 3) * 4,
];

test('twenty bytes of a token are found at every place, with what is around them, and nineteen are not', () => {
  for (let before = 3_000; before < 3_012; before += 1) {
    for (const [count, from] of [20, 22, 60].flatMap((each) => [0, 1, 2, 3].map((glued) => [each, glued] as const))) {
      const letters = codes([nothing(before), Buffer.alloc(count, 'a'), nothing(9_000)], '/'.repeat(from));
      const [first, last] = edgesOf(before, count);
      assert.deepEqual(
        textsIn(letters, from),
        [{ start: from + first - AROUND, end: from + last + 2 * AROUND }],
        `${count} behind ${before}, glued to ${from}`,
      );
    }
    assert.deepEqual(textsIn(codes([nothing(before), Buffer.alloc(19, 'a'), nothing(99)]), 0), [], `${before}`);
  }
});

test('at the edges of a text what is around ends with it', () => {
  for (const from of [0, 1, 2, 3]) {
    for (let before = 0; before < 14; before += 1) {
      for (const after of [0, 1, 2, 7]) {
        const of = (count: number): Uint8Array =>
          codes([nothing(before), Buffer.alloc(count, 'a'), nothing(after)], '/'.repeat(from));
        const letters = of(24);
        assert.deepEqual(textsIn(letters, from), [{ start: from, end: letters.length }], `${before} and ${after}`);
        if (after > 3) assert.deepEqual(textsIn(of(19), from), [], `nineteen between ${before} and ${after}`);
      }
    }
  }
  assert.deepEqual(textsIn(codes([]), 0), []);
});

test('a byte is one of a token, also of its escapes and in UTF-16, or it is not', () => {
  const row = (letter: string, inTheMiddle = ''): number =>
    textsIn(codes([nothing(7), Buffer.from(letter.repeat(19) + inTheMiddle + letter.repeat(19)), nothing(9)]), 0)
      .length;
  for (const letter of 'aZ09_-.~=%\\&#;/+\0') assert.equal(row(letter), 1, JSON.stringify(letter));
  for (const letter of ' !"<\n\x7f\x80') assert.equal(row(letter), 0, JSON.stringify(letter));
  for (const between of ['\n', '\n\n', '\n\n\n']) assert.equal(row('a', between), 0, `${between.length} between`);
  const wide = Buffer.from('secret-token', 'utf16le');
  assert.equal(textsIn(codes([nothing(5), wide, nothing(5)]), 0).length, 1);
});

test('rows that are near each other are one text, and what is behind a row that is too short is found', () => {
  const row = Buffer.alloc(24, 'a');
  const [, last] = edgesOf(0, 24);
  const between = (letters: number): Uint8Array => codes([row, nothing(((letters - 4) / 4) * 3), row, nothing(9_000)]);
  const second = last + 3 * AROUND;
  const end = second + edgesOf(0, 24)[1] + 2 * AROUND;
  assert.deepEqual(textsIn(between(3 * AROUND), 0), [{ start: 0, end }]);
  assert.deepEqual(textsIn(between(3 * AROUND + 4), 0), [
    { start: 0, end: last + 2 * AROUND },
    { start: second + 4 - AROUND, end: end + 4 },
  ]);
  const short = Buffer.alloc(19, 'a');
  for (let more = 0; more < 3; more += 1) {
    const start = 3_000 + 19 + 3 + more;
    assert.deepEqual(textsIn(codes([nothing(3_000), short, nothing(3 + more), row, nothing(9_000)]), 0), [
      { start: edgesOf(start, 24)[0] - AROUND, end: edgesOf(start, 24)[1] + 2 * AROUND },
    ]);
  }
  const far = codes([row, nothing(15_000), short, nothing(9_000)]);
  assert.deepEqual(textsIn(far, 0), [{ start: 0, end: last + 2 * AROUND }], 'what was found makes no row far behind');
});

test('letters spell their bytes, from whichever and however many', () => {
  const bytes = Buffer.from('any bytes, one after the other');
  const letters = bytes.toString('base64');
  for (let start = 0; start < 8; start += 1)
    for (const [more, spelled] of [
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 3],
    ] as const)
      assert.deepEqual(
        bytesOf('/'.repeat(start) + letters, { start, end: start + 8 + more }),
        bytes.subarray(0, 6 + spelled),
        `${more} more behind ${start}`,
      );
});

test('lines of one text are one block: equally long behind the first, the last as short as it comes', () => {
  const line = (letters: number): string => 'aB3'.repeat(99).slice(0, letters);
  const situations: readonly (readonly [what: string, text: string, blocks: readonly string[]])[] = [
    ['one line', `x: ${line(40)}`, [line(40)]],
    ['four lines', [40, 40, 40, 40].map(line).join('\n'), [[40, 40, 40, 40].map(line).join('\n')]],
    ['padding', `${line(40)}== x`, [`${line(40)}==`]],
    [
      'lines, the last one shorter',
      `${line(40)}\n${line(40)}\n${line(7)}=\nx`,
      [`${line(40)}\n${line(40)}\n${line(7)}=`],
    ],
    [
      'a first line of another length',
      `${line(30)}\n${line(50)}\n${line(50)}`,
      [`${line(30)}\n${line(50)}\n${line(50)}`],
    ],
    [
      'a line that is longer than the second',
      `${line(40)}\n${line(40)}\n${line(41)}`,
      [`${line(40)}\n${line(40)}`, line(41)],
    ],
    [
      'a line that is shorter ends it',
      `${line(40)}\n${line(40)}\n${line(30)}\n${line(40)}`,
      [`${line(40)}\n${line(40)}\n${line(30)}`, line(40)],
    ],
    ['an empty line ends it', `${line(40)}\n\n${line(40)}`, [line(40), line(40)]],
    ['a short line behind the first', `${line(40)}\n${line(5)}.`, [`${line(40)}\n${line(5)}`]],
    ['a word behind a space', `${line(40)} word`, [line(40)]],
    ['a long line behind a space', `${line(40)} ${line(40)} ${line(9)}.`, [`${line(40)} ${line(40)} ${line(9)}`]],
    ['two spaces', `${line(40)}  ${line(40)}`, [line(40), line(40)]],
    ['indented by tabs', `\t${line(40)}\r\n\t${line(40)}`, [`${line(40)}\r\n\t${line(40)}`]],
    ['a tab at the end of a line', `${line(40)}\t\n${line(40)}`, [`${line(40)}\t\n${line(40)}`]],
    ['indented by too much', `${line(40)}\n${' '.repeat(129)}${line(40)}`, [line(40), line(40)]],
    ['a comma without quotes', `${line(40)},\n${line(40)}`, [line(40), line(40)]],
    ['quotes and a comma', `"${line(40)}",\n "${line(40)}"`, [`${line(40)}",\n "${line(40)}`]],
    ['a comment', `// ${line(40)}\n * ${line(40)}`, [`${line(40)}\n * ${line(40)}`]],
    [
      'lines that go on',
      `${line(40)} ^\r\n${line(40)}\\\n${line(40)}`,
      [`${line(40)} ^\r\n${line(40)}\\\n${line(40)}`],
    ],
    ['nothing that is long', 'words alone', []],
  ];
  for (const [what, text, blocks] of situations) {
    const found = base64Blocks(text, longRunsOf(text)).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(found, blocks, what);
    for (const block of found) assert.match(lettersOf(block), /^[aB3]+$/, what);
  }
});
