import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyBreak } from './apply-break.ts';
import { BREAKS } from './breaks.ts';

const root = join(import.meta.dirname, '../..');
const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8');

test('at least twenty rules are broken, each by a name of its own', () => {
  assert.ok(BREAKS.length >= 20);
  assert.equal(new Set(BREAKS.map(({ name }) => name)).size, BREAKS.length);
});

for (const broken of BREAKS) {
  test(`the break ${broken.name} still applies to the sources`, () => {
    for (const { file } of broken.edits) assert.notEqual(applyBreak(broken, file, sourceOf(file)), sourceOf(file));
  });
}

test('a break whose rule has moved is an error, and not a break that changes nothing', () => {
  const edits = [{ file: 'src/log.ts', function: 'nowhere', becomes: '() => 1' }];
  assert.throws(
    () => applyBreak({ name: 'x', sentence: 'x', edits }, 'src/log.ts', 'export function log() {}'),
    /x: src\/log.ts/,
  );
});
