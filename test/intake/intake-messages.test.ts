import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { CaseRow, OffboardingRequest } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { containFirst } from '../../src/intake/containing/contain-first.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import type { Oid } from '../../src/people/oid.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';
import { seedContext } from '../support/seed-context.ts';

const arm = seedArm(seedContext());
const app = await startIntakeApp({
  vendors: (core) => [makeArm(core, arm)],
  settings: {
    TEAMS_WEBHOOK_URL: 'https://teams.localhost/hook',
    TEAMS_MOMENTS: 'containment-failed,reopened,on-hold,refused,started',
    ISSUE_MOMENTS: 'none',
  },
});
after(() => app.stop());
const { config } = app;
const vendors = openVendors(config);
beforeEach(() => app.tenant.faults.clear());

const requestFor = (oid: Oid, more: Partial<OffboardingRequest> = {}): OffboardingRequest => ({
  ...{ oid, trigger: 'hr-queue', reason: 'left', requestedBy: 'hr', requestedAt: new Date().toISOString() },
  ...{ mode: 'apply', lastDay: '2026-01-31' },
  ...more,
});

async function told(oid: Oid): Promise<string[]> {
  const cases = await vendors.storage.casesOf(oid);
  const messages = await Promise.all(cases.map(({ row }) => vendors.storage.messagesOf(row.caseId)));
  return messages.flat().map(({ moment, state }) => `${moment} ${state}`);
}

test('a case that starts is told once, however often it was asked for, and a plan is not', async () => {
  const [oid, planned] = [app.hire(), app.hire()];
  const request = requestFor(oid, { dedupeKey: 'hr:1' });
  await openCase(vendors, config, request, app.start);
  await openCase(vendors, config, request, app.start);
  await openCase(vendors, config, requestFor(planned, { mode: 'plan' }), app.start);
  assert.deepEqual([await told(oid), await told(planned)], [['started waiting'], []]);
});

test('two triggers at the same moment make one message', async () => {
  const oid = app.hire();
  const both = ['hr-queue', 'sweep'] as const;
  await Promise.all(both.map((trigger) => openCase(vendors, config, requestFor(oid, { trigger }), app.start)));
  assert.deepEqual(await told(oid), ['started waiting']);
});

test('a leaver whom the gateway could not be told to refuse is told of at once, with the engine down as well', async () => {
  const oid = app.hire();
  app.tenant.faults.add({ vendor: 'arm', effect: { kind: 'answer', status: 503 } });
  const down = async (): Promise<void> => {
    throw new Error('the engine is down');
  };
  await assert.rejects(openCase(vendors, config, requestFor(oid), down), /engine/);
  assert.deepEqual(await told(oid), ['containment-failed waiting']);
});

test('a failure to contain is told once while it lasts, and again where it comes back after it was mended', async () => {
  const oid = app.hire();
  const away = () => app.tenant.faults.add({ vendor: 'arm', effect: { kind: 'answer', status: 503 } });
  const row = { caseId: makeCaseId(oid, 1), oid, mode: 'apply' } as const;
  const failures = async () =>
    (await vendors.storage.messagesOf(row.caseId)).filter(({ moment }) => moment === 'containment-failed').length;
  const contain = () => containFirst(vendors, config, row, () => new Date());
  let lift = away();
  await openCase(vendors, config, requestFor(oid), app.start);
  await contain();
  assert.equal(await failures(), 1);
  for (const message of await vendors.storage.messagesOf(row.caseId))
    await vendors.storage.changeMessage(message, (found) => ({ ...found, state: 'told' }));
  await contain();
  assert.equal(await failures(), 1);
  lift();
  await contain();
  lift = away();
  await contain();
  await contain();
  lift();
  assert.equal(await failures(), 2);
});

test('a case on hold is told as such, and when an operator starts it, that it started', async () => {
  const oid = app.hire();
  const strict = { ...config, MAX_CASES_PER_HOUR: 1 };
  await openCase(vendors, config, requestFor(app.hire()), app.start);
  assert.equal((await openCase(vendors, strict, requestFor(oid), app.start)).kind, 'on-hold');
  assert.deepEqual(await told(oid), ['on-hold waiting']);
  const byOperator = requestFor(oid, { trigger: 'api', requestedBy: WORLD.operator.oid });
  const confirmUserPrincipalName = app.directory.users.get(oid)?.userPrincipalName ?? '';
  await openCase(vendors, strict, byOperator, app.start, undefined, { confirmUserPrincipalName });
  assert.deepEqual(await told(oid), ['on-hold waiting', 'started waiting']);
});

test('a protected account that somebody asks for is told as refused', async () => {
  const oid = app.hire({ id: WORLD.breakGlass.oid });
  assert.equal((await openCase(vendors, config, requestFor(oid), app.start)).kind, 'refused');
  assert.deepEqual(await told(oid), ['refused waiting']);
});

test('a case after one that cut and is over is told as opened again, however often it was asked for; others are not', async () => {
  const opened = async (mode: 'apply' | 'plan', state: CaseRow['state'], next: 'apply' | 'plan' = 'apply') => {
    const oid = app.hire();
    await openCase(vendors, config, requestFor(oid, { mode }), app.start);
    await vendors.storage.updateCase(makeCaseId(oid, 1), (row) => ({ ...row, state }));
    const again = requestFor(oid, { mode: next, dedupeKey: `hr:${oid}` });
    await openCase(vendors, config, again, app.start);
    await openCase(vendors, config, again, app.start);
    const [, second] = await vendors.storage.casesOf(oid);
    const messages = await vendors.storage.messagesOf(makeCaseId(oid, 2));
    return second && messages.map(({ moment }) => moment).sort();
  };
  for (const state of ['filed', 'failed'] as const)
    assert.deepEqual(await opened('apply', state), ['reopened', 'started'], state);
  assert.deepEqual(await opened('plan', 'filed'), ['started']);
  assert.deepEqual(await opened('apply', 'cancelled'), ['started']);
  assert.deepEqual(await opened('apply', 'filed', 'plan'), []);
});
