import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  begunFolderOf,
  manifestBeside,
  manifestName,
  reportFolderOf,
  revisionFolderOf,
} from '../../src/cases/folders.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';

const ID = makeCaseId('0e000000-0000-4000-8000-000000000001' as Oid, 1);
const AT = '2026-11-23T10:00:00.000Z';
const ended = (many: number) => Array.from({ length: many }, () => ({ instanceId: 'i', endedAt: AT, why: 'x' }));
const revision = (attempt: number) => ({ attempt, filedAt: AT, outcome: 'clear', report: 'r' }) as const;

test('each report of a case, and each attempt at one, has a folder of its own', () => {
  assert.equal(revisionFolderOf(ID, 1), `cases/${ID}`);
  assert.equal(revisionFolderOf(ID, 2), `cases/${ID}/revision-2`);
  assert.equal(reportFolderOf({ caseId: ID }), `cases/${ID}`);
  assert.equal(reportFolderOf({ caseId: ID, attempts: ended(1) }), `cases/${ID}/attempt-2`);
  assert.equal(reportFolderOf({ caseId: ID, attempts: ended(1), revisions: [revision(2)] }), `cases/${ID}/revision-2`);
  assert.equal(
    reportFolderOf({ caseId: ID, attempts: ended(2), revisions: [revision(2)] }),
    `cases/${ID}/revision-2/attempt-2`,
  );
});

test('the seal of a revision lies beside its report', () => {
  assert.equal(manifestName({ caseId: ID, revisions: [revision(1)] }), `cases/${ID}/revision-2/manifest.json`);
  assert.equal(manifestBeside(`cases/${ID}/attempt-2/report.json`), `cases/${ID}/attempt-2/manifest.json`);
  assert.equal(begunFolderOf(ID), `cases/${ID}/begun/`);
});
