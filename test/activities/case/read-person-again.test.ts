import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { readPersonAgain } from '../../../activities/case/read-person-again.ts';
import { administratorOf } from '../../../local/tenant/entra/administrator.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseRow } from '../../../src/cases/case.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { createCase, getCase, updateCase } from '../../../src/connectors/storage/case-table.ts';
import { getJson } from '../../../src/connectors/storage/evidence.ts';
import { LEAVER, startCaseStudyApp } from '../../support/case-study-app.ts';

const { app } = await startCaseStudyApp();
const { config, context, tenant } = app;
after(() => app.stop());
const administrator = administratorOf(tenant.core, WORLD.operator.oid);
const { oid } = LEAVER;
const deleted = { ...LEAVER, state: 'soft-deleted', deletedAt: '2026-11-23T09:00:00.000Z' } as const;
let cases = 0;
let caseId: CaseId;

beforeEach(async () => {
  tenant.faults.clear();
  cases += 1;
  caseId = makeCaseId(oid, cases);
  const row: CaseRow = {
    oid,
    caseId,
    n: cases,
    trigger: 'entra-event',
    reason: 'A test',
    requestedBy: 'entra',
    requestedAt: '2026-11-23T09:00:00.000Z',
    openedAt: '2026-11-23T09:00:00.000Z',
    mode: 'apply',
    state: 'running',
    instanceId: `case-${caseId}`,
    merged: [],
  };
  await createCase(config, row);
});

const generation = async (): Promise<number> => (await getCase(config, caseId))?.row.generation ?? 0;

test('who came back stops the case: what was begun before may not act, and the report says what to do', async () => {
  const read = await readPersonAgain.handler({ caseId, opened: deleted }, context);
  assert.equal(read.verdict, 'returned');
  assert.equal(await generation(), 1);
  assert.ok(read.part !== undefined);
  const { findings } = await getJson<StepResult>(config, read.part.ref);
  assert.deepEqual(
    findings.map(({ kind, status }) => [kind, status]),
    [['person-returned', 'manual-action']],
  );
});

test('delivered twice, it says the same and counts the generation up once', async () => {
  const input = { caseId, opened: deleted };
  const both = await Promise.all([readPersonAgain.handler(input, context), readPersonAgain.handler(input, context)]);
  assert.deepEqual(both[0], both[1]);
  assert.equal(await generation(), 1);
});

test('delivered after the end of the case it touches nothing, although the person is there', async () => {
  await updateCase(config, caseId, (row) => ({ ...row, state: 'filed' }));
  assert.equal((await readPersonAgain.handler({ caseId, opened: deleted }, context)).verdict, 'unreadable');
  assert.equal(await generation(), 0);
});

test('a person who was active when HR opened the case still leaves', async () => {
  const opened = { ...LEAVER, state: 'active' } as const;
  assert.deepEqual(await readPersonAgain.handler({ caseId, opened }, context), { verdict: 'leaving' });
});

test('a deletion that another request brought meanwhile counts: restored after it, the person came back', async () => {
  await updateCase(config, caseId, (row) => ({ ...row, deletedAt: deleted.deletedAt }));
  const opened = { ...LEAVER, state: 'active' } as const;
  assert.equal((await readPersonAgain.handler({ caseId, opened }, context)).verdict, 'returned');
});

test('a directory that does not answer any more stops the case, asks for another try, and is a gap of the report', async () => {
  tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  const read = await readPersonAgain.handler({ caseId, opened: deleted }, context);
  assert.equal(read.verdict, 'unreadable');
  assert.ok(read.tryAgainAfterMs !== undefined && read.part?.coverage === 'unavailable');
  assert.equal(await generation(), 0);
});

test('a case that began without the directory goes on without it', async () => {
  tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  const opened = { ...LEAVER, state: 'unreadable' } as const;
  assert.equal((await readPersonAgain.handler({ caseId, opened }, context)).verdict, 'leaving');
});

test('who is still deleted still leaves', async () => {
  await administrator.deleteUser(oid);
  assert.deepEqual(await readPersonAgain.handler({ caseId, opened: deleted }, context), { verdict: 'leaving' });
  await administrator.restoreUser(oid);
});

test('an account that was deleted a moment ago and is shown all the same is read again before anybody believes it', async () => {
  const opened = { ...deleted, deletedAt: new Date().toISOString() };
  const slow = { ...context, settings: { ...context.settings, REPLICATION_SECONDS: 120 } };
  const read = await readPersonAgain.handler({ caseId, opened }, slow);
  assert.equal(read.verdict, 'unreadable');
  assert.ok((read.tryAgainAfterMs ?? 0) > 100_000);
  assert.equal(await generation(), 0);
});
