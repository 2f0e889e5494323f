import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bare, programOf, split } from '../../../../src/steps/runner-credentials/rules/code/command-words.ts';

test('an option stands with its value, however the two are joined', () => {
  const read: readonly (readonly [command: string, words: readonly string[]])[] = [
    ['--repo ann/x', ['--repo', 'ann/x (--repo)']],
    ['--repo=ann/x', ['--repo', 'ann/x (--repo)']],
    ['-Rann/x', ['-R', 'ann/x (-R)']],
    ['-R=ann/x', ['-R', 'ann/x (-R)']],
    ['--repo="ann/x"', ['--repo', 'ann/x (--repo)']],
    // What ends the options is none, and what is no option has no value.
    ['-- ann/x', ['--', 'ann/x']],
    ['x=ann/x y', ['x=ann/x', 'y']],
    ['--repo= y', ['--repo=', 'y (--repo=)']],
    ['-R= y', ['-R=', 'y (-R=)']],
  ];
  for (const [command, words] of read)
    assert.deepEqual(
      split(command.split(' ')).map(({ word, after }) => (after === undefined ? word : `${word} (${after})`)),
      words,
      command,
    );
});

test('a program is known wherever it lies, and however Windows calls it', () => {
  assert.deepEqual(['git', '/usr/bin/git', 'C:\\Tools\\GIT.EXE', 'npm.cmd', './x/npm', 'exe', 'git/'].map(programOf), [
    'git',
    'git',
    'git',
    'npm',
    'npm',
    'exe',
    '',
  ]);
});

test('quotes and brackets around a word are none of it, those within are', () => {
  assert.deepEqual(['"ann/x",', "['ann/x']", 'a"b', '[x]', '""', 'ann'].map(bare), [
    'ann/x',
    'ann/x',
    'a"b',
    'x',
    '',
    'ann',
  ]);
});
