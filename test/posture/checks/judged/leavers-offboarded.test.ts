import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '../../../../src/cases/ids.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { leaversOffboarded } from '../../../../src/posture/checks/leavers-offboarded.ts';
import type { GatewayApp } from '../../../../src/posture/readings/gateway/gateway-apps.ts';
import type { JudgedLeaver } from '../../../../src/posture/readings/leavers.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

const AT = '2026-11-23T04:10:00.000Z';
const hoursAgo = (hours: number, ms = 0): string => new Date(Date.parse(AT) - hours * 3_600_000 + ms).toISOString();
const OID = '00000000-0000-4000-8000-000000000001' as Oid;
const CASE = `${OID}-1` as CaseId;
type Case = JudgedLeaver['cases'][number];
const ALL: Case['steps'] = ['consent', 'federated-credentials', 'runner-credentials', 'activity-audit'].map((step) => ({
  ...{ step, outcome: 'clear' },
}));
const filed = (more: Partial<Case> = {}): Case => ({
  ...{ caseId: CASE, mode: 'apply', state: 'filed', openedAt: hoursAgo(48), filedAt: hoursAgo(47), contained: true },
  ...{ steps: ALL, ...more },
});
const { filedAt: _, ...running } = filed();
const left = (cases: readonly Case[], more: Partial<JudgedLeaver> = {}): JudgedLeaver => ({
  ...{ oid: OID, leftAt: hoursAgo(49), hadAccess: true, cases: [...cases], ...more },
});
const GATEWAY_APP_ID = 'gateway';
const app = (more: Partial<GatewayApp> = {}): GatewayApp => ({
  ...{ appId: GATEWAY_APP_ID, name: 'MCP gateway', audiences: [], rights: [], preAuthorized: [], assigned: [] },
  ...{ forEverybody: [], principal: { objectId: 'o', assignmentRequired: true }, ...more },
});
const judge = (leavers: readonly JudgedLeaver[], daysKept = 90, apps: readonly GatewayApp[] = [app()]) =>
  leaversOffboarded.judge(
    {
      leavers: { daysKept, leavers: [...leavers] },
      gatewayApps: { whole: true, apps: [...apps], clients: {}, holders: [] },
    },
    { at: AT, settings: { ...NO_SETTINGS, GATEWAY_APP_ID } },
  );
const LOOK = {
  todo: 'Read the newest report, do what it says is next, and have it read again.',
  command: `offboard case list --search ${OID}`,
};
const OPEN = {
  todo: 'Look whether this person left for good, and open a case that is carried out.',
  command: `offboard case open ${OID} --reason "Left without a case"`,
};

test('who was cut off in all steps passes, and what was looked at is told', () => {
  assert.deepEqual(judge([left([filed({ mode: 'plan' }), filed()]), left([], { hadAccess: false })]), {
    ...{ findings: [], doubts: [], subjects: 1 },
    evidence: [
      {
        ...{ resource: OID, call: 'cases' },
        shows: { left: hoursAgo(49), cases: [CASE, CASE], steps: ALL.map(({ step }) => `${step}: clear`) },
      },
    ],
    shows: { leavers_with_access: 1, leavers: 2, days_kept: 90 },
  });
});

test('who was not is told with what is missing, and with what to do about it', () => {
  const steps = (outcome: Case['steps'][number]['outcome'], step = 'consent'): Case['steps'] =>
    ALL.map((each) => (each.step === step ? { step, outcome } : each));
  const old = { openedAt: hoursAgo(7 * 24, -1) };
  const situations: readonly (readonly [reason: string, readonly Case[], says: string])[] = [
    ['no-case', [], 'They left, and there is no case.'],
    ['no-case', [filed({ state: 'refused' })], 'They left, and there is no case.'],
    ['no-case', [filed({ state: 'cancelled' })], 'They left, and there is no case.'],
    ['plan-only', [filed({ state: 'refused' }), filed({ mode: 'plan' })], 'They have a plan, and nothing was cut.'],
    ['not-contained', [filed(), filed({ contained: false })], `Their case ${CASE} has not contained them.`],
    ['step-failed', [filed({ state: 'failed' })], `Their case ${CASE} failed.`],
    ['step-failed', [filed({ steps: steps('failed') })], `Their case ${CASE} has steps that failed: consent.`],
    ['not-finished', [{ ...running, ...old }], `Their case ${CASE} is not filed yet.`],
    ['not-finished', [filed({ ...old, steps: steps('attention') })], `Their case ${CASE} is open in consent.`],
    [
      'not-finished',
      [filed({ ...old, steps: [{ step: 'more', outcome: 'attention' }, ...ALL.slice(2)] })],
      `Their case ${CASE} is open in more, consent, federated-credentials.`,
    ],
  ];
  for (const [reason, cases, says] of situations) {
    const { findings, doubts } = judge([left(cases)]);
    assert.deepEqual(
      findings.map(({ evidence: _evidence, ...rest }) => rest),
      [{ reason, resource: OID, says: `${OID}: ${says}`, remedy: says.startsWith('They ') ? OPEN : LOOK }],
      says,
    );
    assert.deepEqual(doubts, [], says);
  }
  assert.deepEqual(judge([left([])]).evidence, [
    { resource: OID, call: 'cases', shows: { left: hoursAgo(49), cases: [] } },
  ]);
});

test('what may still come is a doubt: a case within a day, a step within a week', () => {
  const none = 'They left less than a day ago, and have no case yet.';
  const situations: readonly (readonly [readonly Case[], leftAt: string, detail: string | undefined])[] = [
    [[], hoursAgo(24, 1), none],
    [[filed({ mode: 'plan' })], hoursAgo(2), none],
    [[running], hoursAgo(49), `Their case ${CASE} is not filed yet.`],
    [[{ ...running, openedAt: hoursAgo(7 * 24) }], hoursAgo(200), `Their case ${CASE} is not filed yet.`],
    [[filed({ steps: ALL.slice(1) })], hoursAgo(49), `Their case ${CASE} is open in consent.`],
  ];
  for (const [cases, leftAt, detail] of situations)
    assert.deepEqual(judge([left(cases, { leftAt })]).doubts, [{ reason: 'no-data', resource: OID, detail }]);
  assert.equal(judge([left([], { leftAt: hoursAgo(24) })]).findings[0]?.reason, 'no-case');
});

test('who left is known for ninety days, and where nobody has to be assigned anybody could get in', () => {
  assert.deepEqual(judge([left([filed()])], 89).doubts, [
    {
      ...{ reason: 'no-data', resource: 'ledger' },
      detail: 'Who left and who could get in is known for 89 of 90 days.',
    },
  ]);
  const open = app({ principal: { objectId: 'o', assignmentRequired: false } });
  const others = [left([filed()]), left([], { hadAccess: false }), left([], { hadAccess: false })];
  const detail =
    'MCP gateway gives a token to whoever is in the tenant: of those who left, 2 without an assignment could get in as well.';
  assert.deepEqual(judge(others, 90, [app({ appId: 'other' }), open]).doubts, [
    { reason: 'no-data', resource: GATEWAY_APP_ID, detail },
  ]);
  const { principal: __, ...bare } = app();
  for (const apps of [[], [bare], [app()], [{ ...open, appId: 'other' }]])
    assert.deepEqual(judge(others, 90, apps).doubts, []);
  assert.deepEqual(judge([left([filed()])], 90, [open]).doubts, [], 'everybody who left was assigned');
});
