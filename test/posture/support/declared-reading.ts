import assert from 'node:assert/strict';
import { type ReadingDefinition, readShape } from '../../../src/posture/reading.ts';

/**
 * That a reading is filed and read back as it was, whole and with nothing in it, and that no facts are taken for its own
 * that differ by these; each is put over what was read.
 */
export function isDeclared<Facts extends object>(
  reading: ReadingDefinition<Facts>,
  facts: Facts,
  broken: readonly object[],
): void {
  const shape = readShape(reading);
  const filed = (of: unknown) => ({ source: reading.id, at: '2026-11-23T04:10:00.000Z', gaps: [], facts: of });
  for (const each of [facts, reading.nothing]) assert.deepEqual(shape.parse(filed(each)), filed(each));
  for (const each of [...broken, { secret: 'nobody declared it' }])
    assert.ok(!shape.safeParse(filed({ ...facts, ...each })).success, `${reading.id} with ${JSON.stringify(each)}`);
  assert.match(reading.id, /^[a-z-]+\/[a-z-]+$/);
  assert.match(reading.holds, /[^.]$/);
}
