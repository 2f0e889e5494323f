import assert from 'node:assert/strict';
import { after, beforeEach, mock, test } from 'node:test';
import type { AppliedRemedy } from '../../../activities/case/applied-remedy.ts';
import { applyRemedy } from '../../../activities/case/apply-remedy.ts';
import { manifestName } from '../../../src/cases/folders.ts';
import { type CaseId, makeCaseId, type RemedyId } from '../../../src/cases/ids.ts';
import type { Plan } from '../../../src/cases/remedies/plan.ts';
import type { Action, BlobRef, RemedyCall } from '../../../src/cases/remedies/remedy.ts';
import { createCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { getJson, putJson, putOnce } from '../../../src/connectors/storage/evidence/evidence.ts';
import { listNames } from '../../../src/connectors/storage/evidence/list-evidence.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { revokeSsoCredential } from '../../../src/steps/runner-credentials/remedies/tokens/revoke-sso-credential.ts';
import { plannedOn } from '../../support/apps/planned-on.ts';
import { runningCase } from '../../support/apps/running-case.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from '../runner-credentials/github/case-study.ts';

const { app, organisation } = await startCaseStudyGitHub({ repositories: 8, storage: true });
const { config, context, tenant } = app;
after(() => app.stop());
beforeEach(() => tenant.faults.clear());

const remedyId = 'R-000000000001' as RemedyId;
let cases = 0;

/** A case of its own whose plan holds one remedy. */
async function planned(unplanned: Omit<RemedyCall, 'expected'>): Promise<{ caseId: CaseId; plan: BlobRef }> {
  cases += 1;
  const caseId = makeCaseId(LEAVER.oid as Oid, cases);
  const call = await plannedOn(context.vendors, unplanned);
  const remedy = { id: remedyId, risk: 'safe', what: 'Cut it.', undo: 'Put it back.', call } as const;
  const plan: Plan = {
    caseId,
    hash: 'a'.repeat(64),
    known: [],
    places: [],
    remedies: [{ findingId: 'F-000000000001' as Plan['remedies'][0]['findingId'], title: 'It', remedy }],
  };
  return { caseId, plan: await putJson(config, 'work', `${caseId}/plan`, plan) };
}

const ssoCredential = (credentialId: number): Omit<RemedyCall, 'expected'> => ({
  kind: 'revoke-sso-credential',
  organisation: ORGANISATION,
  credentialId,
  login: credentialId < 7_200 ? 'amoreau' : 'bokafor',
});
const actionOf = ({ action }: AppliedRemedy): Promise<Action> => getJson<Action>(config, action);
const stands = (id: number): boolean =>
  organisation.credentials.where((each) => each.id === id && each.revokedFrom === undefined).length === 1;

test('two deliveries at once carry a remedy out and say the same of it, with one record', async () => {
  const about = await planned(ssoCredential(7_101));
  const input = { ...about, remedyId };
  const both = await Promise.all([applyRemedy.handler(input, context), applyRemedy.handler(input, context)]);
  assert.equal(stands(7_101), false);
  assert.deepEqual(both[0], both[1]);
  assert.equal(both[0]?.result, 'done');
  const names = await listNames(config, 'evidence', `cases/${about.caseId}/`, 10);
  assert.deepEqual(
    names.map((name) => name.split('/').slice(2).join('/')),
    ['actions/R-000000000001.json', 'before/R-000000000001.json'],
  );
});

test('a delivery that comes late says what was recorded and asks the vendor nothing', async () => {
  const input = { ...(await planned(ssoCredential(7_102))), remedyId };
  const first = await applyRemedy.handler(input, context);
  const calls = tenant.calls.length;
  assert.deepEqual(await applyRemedy.handler(input, context), first);
  assert.equal(tenant.calls.length, calls);
});

test('the one of two that a vendor refuses because of the other says what the other did', async () => {
  const input = { ...(await planned(ssoCredential(7_103))), remedyId };
  // Refused, and by the time it hears so the other one has done it and said so.
  let other: AppliedRemedy | undefined;
  tenant.faults.add({ vendor: 'github', method: 'DELETE', times: 1, effect: { kind: 'answer', status: 409 } });
  const { act } = revokeSsoCredential;
  mock.method(revokeSsoCredential, 'act', async (...args: Parameters<typeof act>) => {
    mock.restoreAll();
    const refused = await act(...args);
    other = await applyRemedy.handler(input, context);
    return refused;
  });
  const one = await applyRemedy.handler(input, context);
  assert.equal(other?.result, 'done');
  assert.deepEqual(one, other);
});

test('once the report is filed, a delivery that comes late changes nothing and files nothing beside the seal', async () => {
  const about = await planned(ssoCredential(7_104));
  await putOnce(config, 'evidence', manifestName({ caseId: about.caseId }), '{}');
  const late = await applyRemedy.handler({ ...about, remedyId }, context);
  assert.equal(stands(7_104), true);
  assert.equal(late.result, 'failed');
  assert.match((await actionOf(late)).error ?? '', /report of the case was filed/);
  assert.deepEqual(await listNames(config, 'evidence', `cases/${about.caseId}/`, 10), [
    manifestName({ caseId: about.caseId }),
  ]);
});

test('once the person came back, a delivery of before changes nothing, and one of the case as it goes on does', async () => {
  const about = await planned(ssoCredential(7_104));
  await createCase(
    config,
    runningCase(LEAVER.oid as Oid, cases, { trigger: 'api', requestedBy: 'somebody', generation: 1 }),
  );
  const late = await applyRemedy.handler({ ...about, remedyId }, context);
  assert.equal(stands(7_104), true);
  assert.equal(late.result, 'failed');
  assert.match((await actionOf(late)).error ?? '', /told to stop/);
  const current = await applyRemedy.handler({ ...about, remedyId, generation: 1 }, context);
  assert.equal(current.result, 'done');
});

test('a case that broke changes nothing any more, however late it is delivered', async () => {
  const about = await planned(ssoCredential(7_201));
  await createCase(
    config,
    runningCase(LEAVER.oid as Oid, cases, { trigger: 'api', requestedBy: 'somebody', state: 'failed' }),
  );
  const late = await applyRemedy.handler({ ...about, remedyId }, context);
  assert.equal(stands(7_201), true);
  assert.match((await actionOf(late)).error ?? '', /had ended \(failed\)/);
});
