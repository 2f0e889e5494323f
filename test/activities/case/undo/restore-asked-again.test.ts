import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePlan } from '../../../../activities/case/make-plan.ts';
import { fileStepResult } from '../../../../activities/case/report/file-step-result.ts';
import { restoreRemedy } from '../../../../activities/case/undo/restore-remedy.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import { proceeds } from '../../../../src/cases/remedies/plan.ts';
import type { RemedyCall as AnyCall } from '../../../../src/cases/remedies/remedy.ts';
import type { RestoreRef, Undone, Wanted } from '../../../../src/cases/remedies/restore.ts';
import { remedyDefinition } from '../../../../src/steps/registry.ts';
import { type Image, undoInWords } from '../../../../src/steps/restoring/restoring.ts';
import { LEAVER } from '../../../support/apps/case-study-app.ts';
import { colleague, type RestoreRemedyWorld, startRestoreRemedy } from './restore-remedy-world.ts';

let app: RestoreRemedyWorld['app'];
let entra: RestoreRemedyWorld['entra'];
let vendors: RestoreRemedyWorld['vendors'];
let found: RestoreRemedyWorld['found'];
let callsOf: RestoreRemedyWorld['callsOf'];
let asItIs: RestoreRemedyWorld['asItIs'];
let cut: RestoreRemedyWorld['cut'];
before(async () => {
  ({ app, entra, vendors, found, callsOf, asItIs, cut } = await startRestoreRemedy());
});
after(() => app.stop());

let asked = 0;

/** Files what somebody wants back, as the API does. */
async function want(call: AnyCall, image?: Image): Promise<{ ref: RestoreRef; wanted: Wanted }> {
  asked += 1;
  const caseId = makeCaseId(LEAVER.oid, 7);
  const finding = found.find(({ remedy }) => remedy?.call.kind === call.kind);
  assert.ok(finding?.remedy !== undefined);
  const { restore } = remedyDefinition(call);
  const wanted: Wanted = {
    ...{ findingId: finding.id, remedyId: finding.remedy.id, what: finding.remedy.what, undo: undoInWords(restore) },
    ...{ by: restore.by, call },
    ...(image && { image: await vendors.storage.putJson('evidence', `cases/${caseId}/before`, image) }),
  };
  const about = { n: asked, revision: 1, by: colleague.oid, at: '2026-11-02T10:00:00.000Z', reason: 'The wrong one.' };
  const file = await vendors.storage.putJson('evidence', `cases/${caseId}/restores/${asked}`, {
    caseId,
    ...about,
    wanted: [wanted],
  });
  return { ref: { ...about, file }, wanted };
}

test('delivered twice it is given back once, and both say the same', async () => {
  const [call] = callsOf('delete-app-role-assignment');
  assert.ok(call !== undefined);
  const { ref, wanted } = await want(call, await cut(call));
  const input = { caseId: makeCaseId(LEAVER.oid, 7), restore: ref, remedyId: wanted.remedyId };
  const first = await restoreRemedy.handler(input, app.context);
  const again = await restoreRemedy.handler(input, app.context);
  assert.equal(first.result, 'restored');
  assert.deepEqual(again, first);
  const undone = await vendors.storage.getJson<Undone>(first.undone);
  assert.equal(undone.readBack?.state, 'present');

  // The next reading finds it under another id, and its remedy needs nobody's word: it is not carried out all the same.
  const finding = found.find(({ remedy }) => remedy?.call.kind === call.kind);
  assert.ok(finding?.remedy?.risk === 'safe');
  const anew = { ...finding, remedy: { ...finding.remedy, call: asItIs(call) } };
  assert.notDeepEqual(anew.remedy.call, call);
  const filed = { step: 'consent' as const, findings: [anew], coverage: [], actions: [] };
  const parts = [await fileStepResult(vendors, input.caseId, filed)];
  const plan = async (restores: readonly RestoreRef[]) => {
    const { steps } = await makePlan.handler({ caseId: input.caseId, parts, restores }, app.context);
    return steps.map(proceeds);
  };
  assert.deepEqual([await plan([]), await plan([ref])], [[true], [false]]);
});

test('what somebody put back by hand is there already', async () => {
  const [call] = callsOf('disable-workflow');
  assert.ok(call !== undefined);
  const { ref, wanted } = await want(call, { id: 1 });
  const input = { caseId: makeCaseId(LEAVER.oid, 7), restore: ref, remedyId: wanted.remedyId };
  assert.equal((await restoreRemedy.handler(input, app.context)).result, 'there');
});

test('what only a person can give back is told with what it was', async () => {
  const call = found.find(({ remedy }) => remedy?.call.kind === 'delete-access-policy')?.remedy?.call;
  assert.ok(call !== undefined);
  const { ref, wanted } = await want(call, { name: 'amoreau', objectId: LEAVER.oid });
  const input = { caseId: makeCaseId(LEAVER.oid, 7), restore: ref, remedyId: wanted.remedyId };
  const { result, undone } = await restoreRemedy.handler(input, app.context);
  assert.equal(result, 'by-hand');
  const filed = await vendors.storage.getJson<Undone>(undone);
  assert.match(filed.undo, /^By hand: Put the access policy again/);
  assert.match(filed.before ?? '', new RegExp(LEAVER.oid));
});

test('what the vendor took and does not show yet is not given twice, and counts as there', async () => {
  const [call] = callsOf('delete-app-role-assignment');
  assert.ok(call !== undefined);
  const holder = String(call.expected.holder);
  const roles = () => entra.assignments.where(({ principalId }) => principalId === holder).length;
  const before = roles();
  const { ref, wanted } = await want(call, await cut(call));
  const input = { caseId: makeCaseId(LEAVER.oid, 7), restore: ref, remedyId: wanted.remedyId };
  entra.switches.leftOut.resource.add(holder);
  try {
    const first = await restoreRemedy.handler(input, app.context);
    assert.deepEqual([first.result, first.tryAgainAfterMs], ['failed', 0]);
    assert.equal((await restoreRemedy.handler(input, app.context)).result, 'unseen');
    assert.equal(roles(), before);
  } finally {
    entra.switches.leftOut.resource.delete(holder);
  }
});

test('nothing is given back for a case once a newer one is about the person', async () => {
  const [call] = callsOf('delete-app-role-assignment');
  assert.ok(call !== undefined);
  const image = await cut(call);
  const roles = () => entra.assignments.where(({ principalId }) => principalId === call.expected.holder).length;
  const before = roles();
  const { ref, wanted } = await want(call, image);
  const input = { caseId: makeCaseId(LEAVER.oid, 7), restore: ref, remedyId: wanted.remedyId };
  // They were named again while the case waited to give back what it had cut.
  const caseId = makeCaseId(LEAVER.oid, 8);
  const at = '2026-11-02T10:00:00.000Z';
  await vendors.storage.createCase({
    ...{ caseId, n: 8, oid: LEAVER.oid, mode: 'apply', state: 'open', instanceId: `case-${caseId}`, openedAt: at },
    ...{ trigger: 'hr-queue', reason: 'HR', requestedBy: 'hr', requestedAt: at, merged: [] },
  });
  const { result, undone } = await restoreRemedy.handler(input, app.context);
  assert.equal(result, 'failed');
  assert.match((await vendors.storage.getJson<Undone>(undone)).why ?? '', new RegExp(`${caseId} is about the same`));
  assert.equal(roles(), before);
});
