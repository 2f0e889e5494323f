import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pureFiles } from '../../scripts/pure-folders.ts';
import { countsForCoverage, covered } from '../../scripts/testing/coverage.ts';

/** What processes noted, each of them a map from files to lines that did not run. */
function coveredBy(...notes: readonly Readonly<Record<string, readonly number[]>>[]) {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
  try {
    for (const [index, note] of notes.entries()) writeFileSync(join(folder, `${index}.json`), JSON.stringify(note));
    return covered(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const everyFile = (lines: readonly number[]) => Object.fromEntries(pureFiles().map((file) => [file, lines]));

test('a line counts that ran in one process, and a file that no test loads counts for nothing', () => {
  assert.equal(coveredBy(everyFile([])).percent, 100);
  assert.equal(coveredBy(everyFile([1, 2]), everyFile([3])).percent, 100);
  const { percent, isEnough, lines } = coveredBy(everyFile([1, 2]), everyFile([2]));
  assert.ok(percent < 100 && isEnough);
  assert.match(lines[1] ?? '', /^ +1 {2}src\/.*:2$/);
  assert.equal(coveredBy({}).percent, 0);
  assert.ok(!coveredBy({}).isEnough);
});

test('the tests of a room count; a whole case says nothing of a rule, nor does an activity', () => {
  for (const file of ['test/people/oid.test.ts', 'test/shapes/shapes.test.ts'])
    assert.ok(countsForCoverage(file), file);
  for (const file of [
    'test/scenarios/a.test.ts',
    'test/activities/a/b.test.ts',
    'test/docs/docs.test.ts',
    'test/casesets/a.test.ts',
  ])
    assert.ok(!countsForCoverage(file), file);
});
