import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Exception, exceptionId } from '../../src/cases/decisions/exception.ts';
import type { CaseId, FindingId } from '../../src/cases/ids.ts';
import { endExceptions } from '../../src/intake/deciding/accept-findings.ts';
import type { Oid } from '../../src/people/oid.ts';

const UNTIL = '2026-11-20T10:00:00.000Z';
const exceptionOf = (n: number): Exception => {
  const oid = `0e000000-0000-4000-8000-00000000000${n}` as Oid;
  const [findingId, at] = ['F-0123456789ab' as FindingId, '2026-11-01T10:00:00.000Z'];
  return {
    ...{ id: exceptionId({ oid, findingId, at }), oid, caseId: `${oid}-1` as CaseId, revision: 1, findingId },
    ...{ kind: 'x', title: 'X', severity: 'medium', by: 'b2', at, until: UNTIL, reason: 'Soon.' },
  };
};

test('an exception whose case cannot be read keeps no other one beyond its end, and is tried again', async () => {
  const rows = new Map([1, 2].map(exceptionOf).map((each) => [each.id, each]));
  const [broken, sound] = [...rows.values()];
  assert.ok(broken && sound);
  let isBroken = true;
  const storage = {
    listExceptions: async () => [...rows.values()],
    casesOf: async (oid: Oid) => {
      if (isBroken && oid === broken.oid) throw new Error('a row of another version');
      return [];
    },
    changeException: async (id: string, change: (current: Exception) => Exception) => {
      const current = rows.get(id);
      if (current !== undefined) rows.set(id, change(current));
    },
  };
  type Given = Parameters<typeof endExceptions>;
  const end = () => endExceptions({ storage } as unknown as Given[0], {} as Given[1], new Date(UNTIL));
  await assert.rejects(end(), /1 of 2 exceptions .* another version/);
  assert.deepEqual([rows.get(broken.id)?.endTold, rows.get(sound.id)?.endTold], [undefined, UNTIL]);
  isBroken = false;
  assert.equal(await end(), 1);
  assert.equal(await end(), 0);
});
