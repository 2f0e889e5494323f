import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { applyRemedy } from '../../../activities/case/apply-remedy.ts';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { accountOf } from '../../../src/cases/denied/person-returned.ts';
import { makeCaseId, type RemedyId } from '../../../src/cases/ids.ts';
import type { Plan } from '../../../src/cases/remedies/plan.ts';
import type { Action } from '../../../src/cases/remedies/remedy.ts';
import { getJson, putJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { LEAVER, startCaseStudyApp } from '../../support/apps/case-study-app.ts';
import { plannedOn } from '../../support/apps/planned-on.ts';

const { app, states } = await startCaseStudyApp();
const { config, context, tenant } = app;
after(() => app.stop());
const administrator = administratorOf(tenant.core, WORLD.operator.oid);
const { oid } = LEAVER;
const remedyId = 'R-000000000001' as RemedyId;
const organisation = WORLD.github.organisation;
const opened = accountOf({ ...LEAVER, deletedAt: '2026-11-23T09:00:00.000Z' });

const credential = 7_101;
const stands = (): boolean =>
  states.github.organisations.get(organisation)?.credentials.get(String(credential))?.revokedFrom === undefined;
const before = (seconds: number): string => new Date(context.now().getTime() - seconds * 1_000).toISOString();

async function planned(number: number): Promise<Parameters<typeof applyRemedy.handler>[0]> {
  const caseId = makeCaseId(oid, number);
  const call = await plannedOn(context.vendors, {
    kind: 'revoke-sso-credential',
    organisation,
    credentialId: credential,
    login: WORLD.leaver.githubLogin,
  });
  const remedy = { id: remedyId, risk: 'safe', what: 'Cut it.', undo: 'Put it back.', call } as const;
  const findingId = 'F-000000000001' as Plan['remedies'][0]['findingId'];
  const plan: Plan = {
    caseId,
    hash: 'a'.repeat(64),
    known: [],
    places: [],
    remedies: [{ findingId, title: 'It', remedy }],
  };
  return { caseId, remedyId, plan: await putJson(config, 'work', `${caseId}/plan`, plan) };
}

test('a remedy that lay in a queue while the person was restored is not carried out, and asks for another attempt', async () => {
  const about = await planned(1);
  const late = await applyRemedy.handler({ ...about, read: { oid, opened, at: before(3_600) } }, context);
  assert.deepEqual([late.result, late.tryAgainAfterMs], ['failed', 0]);
  assert.match((await getJson<Action>(config, late.action)).error ?? '', /somebody restored it/);
  assert.ok(stands());
});

test('a remedy that lay in a queue is not carried out where the person cannot be read any more', async () => {
  const about = await planned(2);
  const lift = tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  const late = await applyRemedy.handler({ ...about, read: { oid, opened, at: before(3_600) } }, context);
  lift();
  assert.deepEqual([late.result, late.tryAgainAfterMs], ['failed', 0]);
  assert.ok(stands());
});

test('a remedy that lay in a queue is carried out where the person still leaves, and one that comes at once asks nobody', async () => {
  const [late, prompt] = [await planned(3), await planned(4)];
  await administrator.deleteUser(oid);
  const from = tenant.calls.length;
  const asked = () => tenant.calls.slice(from).filter(({ vendor }) => vendor === 'graph').length;
  const done = await applyRemedy.handler({ ...late, read: { oid, opened, at: before(3_600) } }, context);
  assert.equal(done.result, 'done');
  assert.ok(!stands() && asked() > 0);
  const until = asked();
  await applyRemedy.handler({ ...prompt, read: { oid, opened, at: before(1) } }, context);
  assert.equal(asked(), until);
});
