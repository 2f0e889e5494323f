import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { applyRemedy } from '../../../activities/case/apply-remedy.ts';
import { makePlan } from '../../../activities/case/make-plan.ts';
import { fileStepResult } from '../../../activities/case/report/file-step-result.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { type Decision, type DecisionRef, decidedIn } from '../../../src/cases/decisions/decision.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { type Plan, PlanSchema, proceeds } from '../../../src/cases/remedies/plan.ts';
import type { BlobRef } from '../../../src/cases/remedies/remedy.ts';
import { getText, putJson, putOnce } from '../../../src/connectors/storage/evidence/evidence.ts';
import { withRulings } from '../../../src/report/build/rulings.ts';
import type { FiledPart } from '../../../src/steps/registry.ts';
import { LEAVER, startCaseStudyApp } from '../../support/apps/case-study-app.ts';

const { app, states, mint, discover } = await startCaseStudyApp();
const { config, context } = app;
after(() => app.stop());
const caseId = makeCaseId(LEAVER.oid, 1);
const organisation = states.github.organisations.get(WORLD.github.organisation);
assert.ok(organisation !== undefined);
const { runners } = organisation;

/** The same machine, whose owner pasted a credential into its name. */
const token = mint.mint('github-classic');
const [machine] = runners.where(({ labels }) => labels.includes(WORLD.leaver.githubLogin));
assert.ok(machine !== undefined);
runners.add({ ...machine, name: `amoreau-${token}` });

/** The plan as it is sealed, which is what whoever decides reads. */
async function sealed(plan: BlobRef): Promise<Plan> {
  const name = `cases/${caseId}/plan.json`;
  await putOnce(config, 'evidence', name, (await getText(config, 'work', plan.name)) ?? '');
  const text = (await getText(config, 'evidence', name)) ?? '';
  assert.ok(!text.includes(token), 'no credential is filed');
  return PlanSchema.parse(JSON.parse(text));
}

test('what was approved is carried out although a credential stands in its name, and the report knows it again', async () => {
  const found = await discover(['runner-credentials']);
  const parts = await Promise.all(found.map((part) => fileStepResult(context.vendors, caseId, part as FiledPart)));
  const findings = found.flatMap((part) => part.findings);
  const finding = findings.find(
    ({ remedy }) => remedy?.call.kind === 'remove-runner' && remedy.call.runnerId === machine.id,
  );
  assert.ok(finding?.remedy !== undefined, 'the machine with the credential is found');

  const first = await makePlan.handler({ caseId, parts }, context);
  const of = ({ steps }: typeof first) => steps.find(({ remedyId }) => remedyId === finding.remedy?.id);
  assert.equal(of(first)?.approved, undefined);

  const read = decidedIn(await sealed(first.plan), new Set([finding.id]), { approve: [finding.id], reject: [] });
  assert.ok(!('faults' in read));
  const at = context.now();
  const decision: Decision = {
    ...{ caseId, n: 1, revision: 1, planHash: first.hash, by: WORLD.operator.oid, reason: 'It is theirs.' },
    ...{ at: at.toISOString(), until: new Date(at.getTime() + 86_400_000).toISOString(), ...read },
  };
  const file = await putJson(config, 'evidence', `cases/${caseId}/decisions/1`, decision);
  const ref: DecisionRef = { n: 1, by: decision.by, at: decision.at, file };

  // What the firm has done by hand is not carried out, also where somebody approved it.
  const strict = { ...config, DECISION_POLICY: [{ about: 'remove-runner', how: 'by-hand' as const }] };
  const byHand = await makePlan.handler({ caseId, parts, decisions: [ref] }, { ...context, settings: strict });
  assert.deepEqual([of(byHand)?.risk, of(byHand)?.approved], ['disruptive', undefined]);
  assert.equal(byHand.steps.some(proceeds), first.steps.some(proceeds), 'nothing else is held back');
  const nothing = { ...config, DECISION_POLICY: [{ about: 'safe', how: 'decision' as const }] };
  const held = await makePlan.handler({ caseId, parts }, { ...context, settings: nothing });
  assert.ok(!held.steps.some(proceeds));

  const second = await makePlan.handler({ caseId, parts, decisions: [ref] }, context);
  assert.equal(of(second)?.approved, true);
  const [told] = withRulings([{ ...finding, status: 'awaiting-decision', stepRun: 'done' } as never], [decision]);
  assert.doesNotMatch(told?.reason ?? '', /has changed since/);
  const done = await applyRemedy.handler({ caseId, plan: second.plan, remedyId: finding.remedy.id }, context);
  assert.equal(done.result, 'done');
  assert.equal(runners.get(String(machine.id)), undefined);
});

test('a rule about a risk holds for what that rule itself holds back, whoever approved it under an older rule', async () => {
  const found = await discover(['consent', 'federated-credentials']);
  const parts = await Promise.all(found.map((part) => fileStepResult(context.vendors, caseId, part as FiledPart)));
  const finding = found.flatMap((part) => part.findings).find(({ remedy }) => remedy?.risk === 'safe');
  assert.ok(finding?.remedy !== undefined, 'something safe is found');
  const { id } = finding.remedy;
  const planBy = async (
    about: string,
    how: 'decision' | 'by-hand',
    decisions: DecisionRef[] = [],
    more: object[] = [],
  ) => {
    const settings = { ...config, DECISION_POLICY: [{ about, how }, ...more] as typeof config.DECISION_POLICY };
    const made = await makePlan.handler({ caseId, parts, decisions }, { ...context, settings });
    return { ...made, step: made.steps.find(({ remedyId }) => remedyId === id) };
  };
  const held = await planBy('safe', 'decision');
  const plan = PlanSchema.parse(JSON.parse((await getText(config, 'work', held.plan.name)) ?? ''));
  const read = decidedIn(plan, new Set([finding.id]), { approve: [finding.id], reject: [] });
  assert.ok(!('faults' in read));
  const at = context.now();
  const decision: Decision = {
    ...{ caseId, n: 2, revision: 1, planHash: held.hash, by: WORLD.operator.oid, reason: 'It is theirs.' },
    ...{ at: at.toISOString(), until: new Date(at.getTime() + 86_400_000).toISOString(), ...read },
  };
  const file = await putJson(config, 'evidence', `cases/${caseId}/decisions/2`, decision);
  const refs: DecisionRef[] = [{ n: 2, by: decision.by, at: decision.at, file }];

  assert.equal((await planBy('safe', 'decision', refs)).step?.approved, true);
  const byHand = await planBy('safe', 'by-hand', refs);
  assert.deepEqual([byHand.step?.risk, byHand.step?.approved], ['disruptive', undefined]);
  assert.ok(!byHand.steps.some(proceeds));
  // What waits for a decision by one rule is not held back by another that is about what is disruptive by itself.
  const both = await planBy('safe', 'decision', refs, [{ about: 'disruptive', how: 'by-hand' }]);
  assert.equal(both.step?.approved, true);
});
