import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, instanceIdOf, isUnfinished } from '../../../src/cases/case.ts';
import { manifestName, reportFolderOf } from '../../../src/cases/folders.ts';
import {
  attemptIdOf,
  attemptOf,
  endAttempt,
  filedAs,
  toBeReadAgain,
  triesOf,
} from '../../../src/cases/following/attempts.ts';
import { readAgainAfter, wasAway } from '../../../src/cases/following/read-again.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { isErrorCode, passes } from '../../../src/errors.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { fc } from '../../support/properties.ts';

const oid = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(oid !== undefined);
const START = Date.parse('2026-11-20T09:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const iso = (ms: number): string => new Date(ms).toISOString();

const RUNNING: CaseRow = {
  oid,
  caseId: makeCaseId(oid, 1),
  n: 1,
  trigger: 'api',
  mode: 'apply',
  state: 'running',
  reason: 'left',
  requestedBy: 'hr',
  requestedAt: iso(START),
  openedAt: iso(START),
  instanceId: instanceIdOf(makeCaseId(oid, 1)),
  merged: [],
};

const filed = (row: CaseRow, at: number, days: number): CaseRow =>
  filedAs(row, {
    ...{ filedAt: iso(at), outcome: 'incomplete', incident: false, report: `${reportFolderOf(row)}/report.json` },
    ...readAgainAfter(row, iso(at), days),
  });

/** A vendor that is away for as long as there is somebody to ask: when the case is read, and what it says at the end. */
function outage(
  days: number,
  takesMs: number,
): { readonly waits: number[]; readonly at: number; readonly row: CaseRow } {
  const waits: number[] = [];
  let at = START;
  let row = filed(RUNNING, at, days);
  while (row.readAgainAt !== undefined) {
    waits.push((Date.parse(row.readAgainAt) - at) / MINUTE);
    const again = toBeReadAgain(row, row.readAgainAt, 'vendor-away');
    assert.ok(again !== undefined);
    at = Date.parse(row.readAgainAt) + takesMs;
    row = filed(again, at, days);
  }
  return { waits, at, row };
}

test('a vendor that stays away is asked 15 minutes later, then ever later, once a day at most, and that ends and is told', () => {
  const { waits, row } = outage(5, 0);
  assert.deepEqual(waits, [15, 30, 60, 120, 240, 480, 960, 1_440, 1_440, 1_440]);
  assert.equal(row.notReadAgain, 'It was read 11 times within 5 days, and a vendor did not answer each time.');
  assert.deepEqual([row.state, isUnfinished(row)], ['filed', false]);
});

test('whatever the days and however long a reading takes, it comes to an end within them, and not before the last day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 10 * 60 }), (days, minutes) => {
      const { at, waits } = outage(days, minutes * MINUTE);
      assert.ok(at <= START + days * DAY + minutes * MINUTE);
      assert.ok(at > START + (days - 1) * DAY - 2 * minutes * MINUTE - DAY);
      assert.ok(waits.length <= days + 8);
    }),
  );
});

test('without days no case is read again', () => {
  assert.deepEqual(readAgainAfter(RUNNING, iso(START), 0), {});
});

test('each reading has an orchestration, a generation, a folder and a seal of its own, also where one broke in between', () => {
  const seen = new Map<string, Set<unknown>>(['id', 'generation', 'folder', 'seal'].map((what) => [what, new Set()]));
  let row = RUNNING;
  const look = (): void => {
    seen.get('id')?.add(row.instanceId);
    seen.get('generation')?.add(row.generation ?? 0);
    seen.get('folder')?.add(reportFolderOf(row));
    seen.get('seal')?.add(manifestName(row));
  };
  look();
  for (const tries of [1, 2, 1]) {
    const again = toBeReadAgain(filed(row, START, 14), iso(START), 'recheck');
    assert.ok(again !== undefined);
    row = again;
    look();
    assert.equal(triesOf(row), 1);
    for (let n = 1; n < tries; n += 1) {
      row = endAttempt(row, { at: iso(START), why: 'storage was away', next: iso(START) });
      look();
      assert.equal(triesOf(row), n + 1);
    }
    assert.equal(row.instanceId, attemptIdOf(row.caseId, attemptOf(row)));
  }
  // Four reports and five attempts: an attempt that broke has no seal of its own.
  assert.deepEqual(
    [...seen].map(([what, each]) => [what, each.size]),
    [
      ['id', 5],
      ['generation', 5],
      ['folder', 5],
      ['seal', 4],
    ],
  );
  assert.equal(row.state, 'running');
  assert.equal(toBeReadAgain(row, iso(START), 'recheck'), undefined);
});

test('what passes by itself is read again: no missing permission, nothing that the firm left out, nobody who is back', () => {
  const read = { tryAgainAfterMs: 0 };
  const crash = (code: string) => ({ step: 'consent', failure: { code, message: 'm' } });
  const away = (what: Parameters<typeof wasAway>[0]) => wasAway(what, (code) => isErrorCode(code) && passes(code));
  assert.equal(away({ parts: [{}], crashed: [] }), false);
  assert.equal(away({ parts: [{}, read], crashed: [] }), true);
  assert.equal(away({ parts: [], crashed: [crash('deadline-passed')] }), true);
  assert.equal(away({ parts: [], crashed: [crash('unexpected'), crash('constructor')] }), false);
  assert.equal(away({ parts: [], crashed: [], away: true }), true);
  assert.equal(away({ parts: [read], crashed: [], stopped: { because: 'returned' } }), false);
});

test('a vendor that is away for as long as the settings allow, and attempts without end, fit into the columns of a row', () => {
  const COLUMN = 32_768;
  let row: CaseRow = RUNNING;
  for (let at = START; ; ) {
    row = filed({ ...row, attempts: [] }, at, 120);
    if (row.readAgainAt === undefined) break;
    at = Date.parse(row.readAgainAt);
    row = toBeReadAgain(row, iso(at), 'recheck') ?? assert.fail('it was filed');
  }
  assert.ok((row.revisions?.length ?? 0) > 120 && JSON.stringify(row.revisions).length < COLUMN);

  let broken: CaseRow = RUNNING;
  for (let attempt = 1; attempt <= 200; attempt += 1)
    broken = endAttempt(broken, { at: iso(START), why: `${attempt} ${'why '.repeat(150)}`, next: iso(START) });
  assert.ok(JSON.stringify(broken.attempts).length < COLUMN);
  assert.equal(attemptOf(broken), 201);
  assert.match(broken.attempts?.at(-1)?.why ?? '', /^200 why/);
});
