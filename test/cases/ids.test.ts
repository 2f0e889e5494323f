import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CaseIdSchema,
  DenialIdSchema,
  FindingIdSchema,
  isRemedyId,
  makeCaseId,
  makeDenialId,
  makePostureId,
  PostureIdSchema,
  parseCaseId,
  parseDenialId,
  parsePostureId,
  RemedyIdSchema,
} from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';

const OID = '0e000000-0000-4000-8000-00000000000a' as Oid;

test('a case is a person and a count, and nothing else is one', () => {
  assert.deepEqual(parseCaseId(`${OID}-12`), { caseId: `${OID}-12`, oid: OID, n: 12 });
  assert.deepEqual(parseCaseId(`${OID.toUpperCase()}-1`), { caseId: `${OID}-1`, oid: OID, n: 1 });
  for (const text of [
    OID,
    `${OID}-0`,
    `${OID}-01`,
    `${OID}-1234567`,
    `${OID}-1x`,
    `x${OID}-1`,
    `${OID}--1`,
    '',
    `${'x'.repeat(36)}-1`,
  ])
    assert.equal(parseCaseId(text), undefined, text);
  assert.ok(CaseIdSchema.safeParse(makeCaseId(OID, 7)).success);
  for (const text of [`${OID.toUpperCase()}-1`, `x${OID}-1`, `${OID}-1x`])
    assert.ok(!CaseIdSchema.safeParse(text).success, text);
});

test('the id of a denial and that of a run of the checklist are told apart', () => {
  const run = '2026-11-29T10-41-12-000Z-asked';
  assert.equal(parseDenialId(makeDenialId(OID)), OID);
  assert.equal(parseDenialId(OID), undefined);
  assert.equal(parseDenialId(`denied-${OID}x`), undefined);
  assert.equal(parsePostureId(makePostureId(run)), run);
  assert.equal(parsePostureId(run), undefined);
  assert.equal(parsePostureId(makeDenialId(OID)), undefined);
  assert.ok(
    DenialIdSchema.safeParse(makeDenialId(OID)).success && !DenialIdSchema.safeParse(`x${makeDenialId(OID)}`).success,
  );
  assert.ok(!DenialIdSchema.safeParse(`${makeDenialId(OID)}-1`).success);
  assert.ok(
    !PostureIdSchema.safeParse(`${makePostureId(run)}1`).success &&
      !PostureIdSchema.safeParse(`x${makePostureId(run)}`).success,
  );
});

test('a finding and a remedy have twelve hex digits behind their letter', () => {
  const twelve = '0123456789ab';
  assert.ok(FindingIdSchema.safeParse(`F-${twelve}`).success && RemedyIdSchema.safeParse(`R-${twelve}`).success);
  for (const schema of [FindingIdSchema, RemedyIdSchema])
    for (const text of [twelve, `F-${twelve}c`, `R-${twelve}c`, `xF-${twelve}`, `xR-${twelve}`])
      assert.ok(!schema.safeParse(text).success, text);
  assert.ok(isRemedyId(`R-${twelve}`));
  assert.ok(!isRemedyId('runner-credentials'));
  assert.ok(!isRemedyId(`F-${twelve}`));
});
