import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { applyRemedy } from '../../../activities/case/apply-remedy.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { makePlanOf } from '../../../src/cases/remedies/plan.ts';
import type { Action } from '../../../src/cases/remedies/remedy.ts';
import { getJson, putJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { deleteDelegatedGrant } from '../../../src/steps/consent/remedies/delete-delegated-grant.ts';
import { defineRemedy } from '../../../src/steps/define-remedy.ts';
import { REMEDIES, type RemedyCall, remedyDefinition } from '../../../src/steps/registry.ts';
import { LEAVER } from '../../support/apps/case-study-app.ts';
import { type Change, type Changes, changesIn } from './changed-targets-table.ts';
import { type CallOf, type ChangedTargetsWorld, isUnchanging, startChangedTargets } from './changed-targets-world.ts';

let world: ChangedTargetsWorld;
before(async () => {
  world = await startChangedTargets();
});
after(() => world.app.stop());

let cases = 0;

/** Carries out the remedy of a finding in a case of its own. */
async function carryOut(call: RemedyCall): Promise<Action> {
  cases += 1;
  const caseId = makeCaseId(LEAVER.oid, cases);
  const finding = world.found.find(({ remedy }) => remedy?.call === call);
  assert.ok(finding?.remedy !== undefined);
  const plan = await putJson(world.app.config, 'work', `${caseId}/plan`, makePlanOf(caseId, [finding]));
  const applied = await applyRemedy.handler({ caseId, plan, remedyId: finding.remedy.id }, world.app.context);
  return getJson<Action>(world.app.config, applied.action);
}

for (const { kind } of REMEDIES) {
  if (isUnchanging(kind)) continue;
  test(`${kind}: a target that changed in place since it was planned is left alone, and the change is told`, async () => {
    await changesOf(kind);
  });
}

async function changesOf<Kind extends keyof Changes>(kind: Kind): Promise<void> {
  const call = world.found.map(({ remedy }) => remedy?.call).find((each): each is CallOf<Kind> => each?.kind === kind);
  assert.ok(call !== undefined, `the case study has a ${kind}`);
  const changes: readonly Change<Kind>[] = changesIn(world)[kind];
  assert.ok(changes.length > 0);
  for (const { to, told } of changes) {
    const back = to(call);
    const action = await carryOut(call);
    assert.equal(action.result, 'changed');
    assert.match(action.error ?? '', told);
    assert.equal(action.beforeImage, undefined);
    const now = await remedyDefinition(call).read(world.app.context.vendors, call);
    assert.ok(now.ok && now.value.state === 'present', 'it stands');
    back();
  }
  // As it was planned, it is carried out: the refusal is about the change.
  assert.match((await carryOut(call)).result, /^(done|queued)$/);
}

test('a remedy that does not say on what it is planned does not compile', () => {
  const { shape } = deleteDelegatedGrant.call;
  const forgetful = () =>
    // @ts-expect-error Its call has no `expected`.
    defineRemedy({ ...deleteDelegatedGrant, call: deleteDelegatedGrant.call.omit({ expected: true }) });
  assert.equal(typeof forgetful, 'function');
  assert.ok('expected' in shape);
});
