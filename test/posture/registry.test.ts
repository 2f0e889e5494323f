import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { UNMADE } from '../../activities/posture/readers/index.ts';
import { PERMISSIONS } from '../../src/permissions/table.ts';
import { CHECKS } from '../../src/posture/checks/index.ts';
import { READINGS, readingsOn } from '../../src/posture/readings-needed.ts';

test('every check has a name and a point of its own, and a reason to fail', () => {
  const twice = CHECKS.filter((one) =>
    CHECKS.some((other) => other !== one && (other.id === one.id || other.point === one.point)),
  );
  assert.deepEqual(
    twice.map(({ id, point }) => `${point} ${id}`),
    [],
  );
  for (const { id, reasons } of CHECKS) assert.notEqual(Object.keys(reasons).length, 0, id);
});

test('every file that defines a check is in the checklist', () => {
  const folder = path.resolve(import.meta.dirname, '../../src/posture/checks');
  const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  const defining = globSync('**/*.ts', { cwd: folder }).filter((file) => read(file).includes('defineCheck('));
  assert.ok(defining.length > 0);
  const left = defining.filter((file) => !read('index.ts').includes(`'./${file}'`)).join(', ');
  assert.equal(left, '', `src/posture/checks/index.ts has no line for ${left}`);
});

test('every reading is made by something, and only with permissions that the table grants', () => {
  assert.deepEqual(UNMADE, [], `activities/posture/readers/index.ts has no reader for ${UNMADE.join(', ')}`);
  const granted = new Set(PERMISSIONS.map(({ id }) => id));
  for (const { id, permissions } of READINGS) {
    const missing = permissions.filter((each) => !granted.has(each)).join(', ');
    assert.equal(missing, '', `${id} names ${missing}: src/connectors/assessor/permissions.ts has no such row`);
  }
});

test('every permission of the assessor is there for a reading', () => {
  const idle = PERMISSIONS.filter(({ identity, neededFor }) => identity === 'assessor' && neededFor.length === 0)
    .map(({ id }) => id)
    .join(', ');
  assert.equal(idle, '', `${idle}: no reading of a check in src/posture/checks/index.ts names it under permissions`);
});

test('what is costly is read in the night to Monday, the rest every night', () => {
  const weekly = READINGS.filter((each) => each.weekly === true).map(({ id }) => id);
  const monday = readingsOn(new Date('2026-11-23T04:10:00Z'));
  const tuesday = readingsOn(new Date('2026-11-24T04:10:00Z'));
  assert.deepEqual(
    monday,
    READINGS.map(({ id }) => id),
  );
  assert.deepEqual(
    tuesday,
    monday.filter((id) => !weekly.includes(id)),
  );
});
