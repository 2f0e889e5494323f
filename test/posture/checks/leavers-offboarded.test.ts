import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import type { Outcome } from '../../../src/cases/outcome.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { assess } from '../../../src/posture/assess.ts';
import { leaversOffboarded } from '../../../src/posture/checks/leavers-offboarded.ts';
import { type GatewayApp, gatewayApps } from '../../../src/posture/readings/gateway/gateway-apps.ts';
import type { JudgedLeaver } from '../../../src/posture/readings/leavers.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told } from '../support/checked.ts';
import { NO_SETTINGS } from '../support/no-settings.ts';

const NOW = Date.parse('2026-11-23T04:10:00Z');
const ago = (days: number): string => new Date(NOW - days * 86_400_000).toISOString();
const OID = WORLD.leaver.oid as Oid;
type Case = JudgedLeaver['cases'][number];

const steps = (...outcomes: readonly Outcome[]): Case['steps'] =>
  ['containment', 'consent', 'federated-credentials', 'runner-credentials', 'activity-audit'].map((step, index) => ({
    step,
    outcome: outcomes[index] ?? 'clear',
  }));
const filed = (days: number, more: Partial<Case> = {}): Case => ({
  caseId: `${OID}-1` as CaseId,
  mode: 'apply',
  state: 'filed',
  openedAt: ago(days),
  filedAt: ago(days),
  contained: true,
  steps: steps(),
  ...more,
});
const leaver = (days: number, cases: Case[] = [], hadAccess = true): JudgedLeaver => ({
  oid: OID,
  leftAt: ago(days),
  hadAccess,
  cases,
});

const gateway = (assignmentRequired: boolean): GatewayApp => ({
  ...{ appId: NO_SETTINGS.GATEWAY_APP_ID, name: 'MCP gateway', audiences: [], rights: [] },
  ...{ preAuthorized: [], assigned: [], forEverybody: [] },
  principal: { objectId: 'gateway', assignmentRequired },
});
const outcome = (leavers: readonly JudgedLeaver[], daysKept = 90, assignmentRequired = true): string => {
  const read = { source: 'store/leavers', at: ago(0), gaps: [], facts: { daysKept, leavers } };
  const judging = { at: ago(0), settings: NO_SETTINGS, exceptions: [] };
  const facts = { ...gatewayApps.nothing, whole: true, apps: [gateway(assignmentRequired)] };
  const apps = { source: gatewayApps.id, at: ago(0), gaps: [], facts };
  return told(assess(leaversOffboarded, { leavers: read, gatewayApps: apps }, judging));
};

const SITUATIONS: readonly (readonly [string, readonly JudgedLeaver[], string, number?])[] = [
  [
    'a case that is clear or residual in all steps',
    [leaver(3, [filed(3, { steps: steps('clear', 'residual') })])],
    'pass',
  ],
  ['left and deleted, no case', [leaver(3)], `fail: no-case ${OID}`],
  ['left an hour ago, no case yet', [leaver(0.04)], 'unknown: no-data'],
  ['a plan only', [leaver(3, [filed(3, { mode: 'plan' })])], `fail: plan-only ${OID}`],
  ['a case that was refused is none', [leaver(3, [filed(3, { state: 'refused' })])], `fail: no-case ${OID}`],
  ['not contained', [leaver(3, [filed(3, { contained: false })])], `fail: not-contained ${OID}`],
  ['a step that failed', [leaver(3, [filed(3, { steps: steps('clear', 'failed') })])], `fail: step-failed ${OID}`],
  ['a case that broke', [leaver(3, [filed(3, { state: 'failed' })])], `fail: step-failed ${OID}`],
  ['a step incomplete for a day', [leaver(1, [filed(1, { steps: steps('incomplete') })])], 'unknown: no-data'],
  [
    'a step incomplete for eight days',
    [leaver(8, [filed(8, { steps: steps('incomplete') })])],
    `fail: not-finished ${OID}`,
  ],
  [
    'a decision awaited for eight days',
    [leaver(8, [filed(8, { steps: steps('attention') })])],
    `fail: not-finished ${OID}`,
  ],
  ['the newest case counts', [leaver(9, [filed(9, { steps: steps('failed') }), filed(2)])], 'pass'],
  ['filed, and its report is not there', [leaver(3, [filed(3, { steps: [] })])], 'unknown: no-data'],
  [
    'filed, and a step is in no report for eight days',
    [leaver(8, [filed(8, { steps: steps().slice(0, 4) })])],
    `fail: not-finished ${OID}`,
  ],
  ['somebody who could not get in', [leaver(3, [], false)], 'not-applicable'],
  ['nobody left', [], 'not-applicable'],
  ['a ledger of 12 days', [leaver(3, [filed(3)])], 'unknown: no-data', 12],
  ['a failure counts before the ledger is old enough', [leaver(3)], `fail: no-case ${OID}`, 12],
];
for (const [situation, leavers, said, daysKept] of SITUATIONS) {
  test(`${situation}: ${said}`, () => assert.equal(outcome(leavers, daysKept), said));
}

test('where whoever is in the tenant gets a token, those who left without an assignment could get in', () => {
  assert.equal(outcome([leaver(3, [], false)], 90, false), 'unknown: no-data');
  assert.equal(outcome([leaver(3, [filed(3)])], 90, false), 'pass');
});

test('of the firm: whoever had access and is deleted without a case is found, over the vendors’ own lists', async () => {
  const entra = seedEntra(seedContext());
  const app = await startApp({ vendors: (core) => [makeGraph(core, entra)], storage: true });
  after(() => app.stop());
  // The last day that HR recorded has passed, the account works on, and nobody opened a case.
  assert.equal(told(await checked(app, leaversOffboarded)), `fail: no-case ${OID}`);
  // Off, and without a last day any more, they have not come back.
  entra.users.patch(OID, { employeeLeaveDateTime: null, accountEnabled: false });
  assert.equal(told(await checked(app, leaversOffboarded)), `fail: no-case ${OID}`);
  entra.users.patch(OID, { accountEnabled: true });
  assert.equal(told(await checked(app, leaversOffboarded)), 'unknown: no-data');
  const user = entra.users.get(OID);
  assert.ok(user !== undefined);
  entra.users.delete(OID);
  entra.deletedUsers.add({ ...user, deletedDateTime: new Date(Date.now() - 3 * 86_400_000).toISOString() });
  assert.equal(told(await checked(app, leaversOffboarded)), `fail: no-case ${OID}`);
});
