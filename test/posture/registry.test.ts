import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNMADE } from '../../activities/posture/readers/index.ts';
import { PERMISSIONS } from '../../src/permissions/table.ts';
import { CHECKS } from '../../src/posture/checks/index.ts';
import { READINGS, readingsOn } from '../../src/posture/readings-needed.ts';

test('every check has a name and a point of its own, and a reason to fail', () => {
  assert.equal(new Set(CHECKS.map(({ id }) => id)).size, CHECKS.length);
  assert.equal(new Set(CHECKS.map(({ point }) => point)).size, CHECKS.length);
  for (const { id, reasons } of CHECKS) assert.notEqual(Object.keys(reasons).length, 0, id);
});

test('every reading is made by something, and only with permissions that the table grants', () => {
  assert.deepEqual(UNMADE, []);
  const granted = new Set(PERMISSIONS.map(({ id }) => id));
  for (const { id, permissions } of READINGS) {
    assert.deepEqual([id, permissions.filter((each) => !granted.has(each))], [id, []]);
  }
});

test('every permission of the assessor is there for a reading', () => {
  const idle = PERMISSIONS.filter(({ identity, neededFor }) => identity === 'assessor' && neededFor.length === 0);
  assert.deepEqual(
    idle.map(({ id }) => id),
    [],
  );
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
