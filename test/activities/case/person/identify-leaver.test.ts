import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { identifyLeaver } from '../../../../activities/case/person/identify-leaver.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { StepResult } from '../../../../src/cases/step-result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { runningCase } from '../../../support/apps/running-case.ts';
import { LEAVER, startAccountsApp } from '../accounts-app.ts';

const { app, organisation } = await startAccountsApp({ storage: true });
after(() => app.stop());
const [own, ...others] = organisation.identities ?? [];
assert.ok(own);
const { storage } = app.context.vendors;
const broken = async (): Promise<never> => {
  throw new Error('storage does not answer');
};

let cases = 0;
/** The leaver as the steps are told of them, and the line of the memory, where storage is as given. */
async function identify(change: Partial<Vendors['storage']>) {
  cases += 1;
  const vendors = { ...app.context.vendors, storage: { ...storage, ...change } };
  const settings = { ...app.context.settings, DEVOPS_ORGANISATIONS: [] };
  const { leaver, parts } = await identifyLeaver.handler(
    { caseId: makeCaseId(LEAVER.oid, cases), person: LEAVER },
    { ...app.context, vendors, settings },
  );
  const filed = await Promise.all(parts.map(({ ref }) => storage.getJson<StepResult>(ref)));
  const coverage = filed.flatMap((part) => part.coverage);
  return {
    accounts: leaver.github.map(({ id, confidence }) => [id, confidence]),
    memory: coverage.find(({ source }) => source === 'identity/memory'),
    findings: filed.flatMap((part) => part.findings).map(({ kind }) => kind),
    lastDay: leaver.lastDay,
  };
}

test('an object id still proves where nothing can be remembered, and the report says that nothing was', async () => {
  const unread = await identify({ readMemory: broken });
  assert.deepEqual(unread.accounts, [[WORLD.leaver.githubId, 'proved']]);
  assert.equal(unread.memory?.state, 'unavailable');
  assert.match(unread.memory?.detail ?? '', /a second owner would not be noticed/);
  const unwritten = await identify({ rememberPeople: broken });
  assert.deepEqual([unwritten.accounts, unwritten.memory?.state], [[[WORLD.leaver.githubId, 'proved']], 'partial']);
});

test('what was proved before is not invented where memory cannot be read: a name alone stays weak', async () => {
  await identify({});
  organisation.identities = [{ ...own, attributes: [], nameId: LEAVER.mail ?? '' }, ...others];
  assert.deepEqual((await identify({})).accounts, [[WORLD.leaver.githubId, 'proved']]);
  const unread = await identify({ readMemory: broken });
  organisation.identities = [own, ...others];
  assert.deepEqual(unread.accounts, [[WORLD.leaver.githubId, 'weak']]);
  assert.deepEqual(unread.findings, ['account-may-be-leavers']);
});

test('where the case itself cannot be read, nobody is identified', async () => {
  await assert.rejects(identify({ getCase: broken }), /storage does not answer/);
});

test('the last day that whoever asked for the case told goes with the leaver, of several the earliest', async () => {
  const said = { requestedBy: 'hr', requestedAt: '2026-11-23T10:00:00.000Z', reason: 'Left.', lastDay: '2026-10-28' };
  const row = runningCase(LEAVER.oid, 1, { lastDay: '2026-10-30', merged: [{ ...said, trigger: 'hr-queue' }] });
  assert.equal((await identify({ getCase: async () => ({ row, etag: '1' }) })).lastDay, '2026-10-28');
  assert.equal((await identify({})).lastDay, undefined);
});
