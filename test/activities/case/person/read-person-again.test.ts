import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { readPersonAgain } from '../../../../activities/case/person/read-person-again.ts';
import { containLeaver } from '../../../../activities/containment/contain-leaver.ts';
import { administratorOf } from '../../../../local/tenant/entra/people/administrator.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { type CaseId, makeCaseId } from '../../../../src/cases/ids.ts';
import type { StepResult } from '../../../../src/cases/step-result.ts';
import { createCase, getCase, updateCase } from '../../../../src/connectors/storage/cases/case-table.ts';
import { getJson } from '../../../../src/connectors/storage/evidence/evidence.ts';
import { denyLeaver } from '../../../../src/intake/containing/deny-leaver.ts';
import { LEAVER, startCaseStudyApp } from '../../../support/apps/case-study-app.ts';
import { runningCase } from '../../../support/apps/running-case.ts';
import { forgetDenied } from '../../../support/forget-denied.ts';

const { app } = await startCaseStudyApp();
const { config, context, tenant } = app;
after(() => app.stop());
const administrator = administratorOf(tenant.core, WORLD.operator.oid);
const { oid } = LEAVER;
const deleted = { ...LEAVER, state: 'soft-deleted', deletedAt: '2026-11-23T09:00:00.000Z' } as const;
/** The first case of the tests is the person's second. */
let cases = 1;
let caseId: CaseId;

beforeEach(async () => {
  tenant.faults.clear();
  cases += 1;
  caseId = makeCaseId(oid, cases);
  await createCase(config, runningCase(oid, cases));
  await forgetDenied(config);
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

const isRefused = async (): Promise<boolean> => {
  const answer = await context.vendors.gateway.isDenied(oid);
  assert.ok(answer.ok);
  return answer.value;
};
const denyFor = (about: CaseId) => denyLeaver(context.vendors, { caseId: about, oid, at: '2026-11-23T09:00:01.000Z' });

async function cameBack(): Promise<string> {
  const read = await readPersonAgain.handler({ caseId, opened: deleted }, context);
  assert.equal(read.verdict, 'returned');
  assert.ok(read.part !== undefined);
  const { findings } = await getJson<StepResult>(config, read.part.ref);
  return findings[0]?.reason ?? '';
}

test('deleted by mistake and restored: the case lets the person in again, and its containment does not shut them out however late it comes', async () => {
  await denyFor(caseId);
  assert.ok(await isRefused());
  assert.match(await cameBack(), /The gateway lets them in\./);
  assert.equal(await isRefused(), false);
  assert.match(await cameBack(), /The gateway lets them in\./);
  const from = tenant.calls.length;
  await containLeaver.handler({ caseId, leaver: LEAVER, mode: 'apply' }, context);
  assert.equal(await isRefused(), false);
  const changed = tenant.calls.slice(from).filter(({ vendor, path }) => vendor !== 'login' && !/listValue/.test(path));
  assert.deepEqual(
    changed.filter(({ method }) => method !== 'GET'),
    [],
  );
});

test('nobody had denied them yet when they came back: a containment that comes after that does not begin it', async () => {
  await cameBack();
  await containLeaver.handler({ caseId, leaver: LEAVER, mode: 'apply' }, context);
  assert.equal(await isRefused(), false);
});

const STAYS: Readonly<Record<string, readonly [arrange: () => Promise<unknown>, told: RegExp]>> = {
  'HR named them, in a request that was merged into the case': [
    async () => {
      await denyFor(caseId);
      const hr = { trigger: 'hr-queue', requestedBy: 'hr', requestedAt: deleted.deletedAt, reason: 'Leaves' } as const;
      await updateCase(config, caseId, (row) => ({ ...row, merged: [hr] }));
    },
    /refuses them.*HR or an operator named them/,
  ],
  'an operator opened the case': [
    async () => {
      await denyFor(caseId);
      await updateCase(config, caseId, (row) => ({ ...row, trigger: 'api' }));
    },
    /refuses them.*HR or an operator named them/,
  ],
  'the account is there again, disabled': [
    async () => {
      await denyFor(caseId);
      await administrator.updateUser(oid, { accountEnabled: false });
    },
    /refuses them.*not enabled/,
  ],
  'an earlier case had denied them': [
    async () => {
      await denyFor(makeCaseId(oid, cases - 1));
      await denyFor(caseId);
    },
    /refuses them.*before this case began/,
  ],
  'another case has denied them since': [
    async () => {
      await denyFor(caseId);
      await denyFor(makeCaseId(oid, 999));
    },
    /refuses them.*Something else denied them/,
  ],
};

for (const [name, [arrange, told]] of Object.entries(STAYS)) {
  test(`who came back stays denied where ${name}, and the report says why`, async () => {
    await arrange();
    const reason = await cameBack();
    await administrator.updateUser(oid, { accountEnabled: true });
    assert.match(reason, told);
    assert.ok(await isRefused());
  });
}

test('a gateway that does not answer is no proof that the person gets in', async () => {
  await denyFor(caseId);
  tenant.faults.add({ vendor: 'arm', effect: { kind: 'answer', status: 503 } });
  assert.match(await cameBack(), /refuses them/);
  assert.equal((await context.vendors.storage.getDenied(oid))?.state, 'released');
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
  assert.equal((await readPersonAgain.handler({ caseId, opened }, context)).verdict, 'leaving');
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
  assert.equal((await readPersonAgain.handler({ caseId, opened: deleted }, context)).verdict, 'leaving');
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
