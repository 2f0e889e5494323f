import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import {
  agentSponsorFinding,
  deletedApplicationFindings,
  directoryRoleFinding,
  groupOwnerFinding,
} from '../../../src/steps/consent/rules/directory-findings.ts';
import { issuedTokens } from '../../../src/steps/consent/rules/issued-tokens.ts';
import { COVERED, onlyRefused } from '../../../src/steps/consent/rules/only-refused.ts';
import {
  APPLICATION_TOKEN_MINUTES,
  MANAGED_IDENTITY_TOKEN_MINUTES,
} from '../../../src/steps/consent/rules/token-minutes.ts';

const OID = '0e000000-0000-4000-8000-000000000001' as Oid;
const leaver = (state: Leaver['state'], more: Partial<Leaver> = {}): Leaver => ({
  oid: OID,
  state,
  github: [],
  devops: [],
  ...more,
});
const DENIAL = findingId('containment', 'deny-list', 'x');
const finding = (kind: string, more: Partial<Finding> = {}): Finding => ({
  ...{
    id: findingId('consent', kind, 'x'),
    step: 'consent',
    kind,
    title: 'x',
    severity: 'medium',
    status: 'manual-action',
  },
  ...{ resource: { system: 'entra', type: 'x', id: 'x' }, reason: `So ${COVERED}.`, evidence: {} },
  ...more,
});

test('access of which nothing can be taken from one person is closed where the gateway refuses that person', () => {
  for (const kind of ['tenant-wide-grant', 'pre-authorised-client', 'group-app-role', 'issued-tokens'])
    assert.equal(onlyRefused(finding(kind), DENIAL).closedWith, DENIAL, kind);
  assert.equal(onlyRefused(finding('delegated-grant'), DENIAL).closedWith, undefined);
  const own = findingId('a', 'b', 'c');
  assert.equal(onlyRefused(finding('issued-tokens', { closedWith: own }), DENIAL).closedWith, own);
  const without = onlyRefused(finding('issued-tokens'), undefined);
  assert.equal(without.closedWith, undefined);
  assert.match(without.reason, /no gateway is there/);
  assert.match(onlyRefused(finding('delegated-grant'), undefined).reason, /deny list/);
});

const NOW = new Date('2026-11-23T10:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const tokens = (of: Leaver, isRefusable = true) =>
  issuedTokens(of, { gatewayAppId: 'a', lifetimeMinutes: 90, isRefusable }, NOW);

test('tokens that were issued before the account was closed end by themselves, counted from the deletion', () => {
  assert.equal(tokens(leaver('soft-deleted', { deletedAt: minutesAgo(30) }))?.residual?.until, minutesAgo(-60));
  assert.equal(tokens(leaver('soft-deleted', { deletedAt: minutesAgo(90) })), undefined);
  assert.equal(
    tokens(leaver('soft-deleted', { deletedAt: minutesAgo(-30) }))?.residual?.until,
    minutesAgo(-90),
    'a clock that is ahead',
  );
  assert.equal(tokens(leaver('soft-deleted'))?.residual?.until, minutesAgo(-90));
  assert.equal(tokens(leaver('disabled'))?.residual?.until, minutesAgo(-90));
  assert.equal(tokens(leaver('gone')), undefined);
  assert.match(tokens(leaver('disabled'), false)?.reason ?? '', /No gateway/);
});

test('while the account gives out new ones they end at no known time, and are closed with the account', () => {
  for (const state of ['active', 'unreadable'] as const) {
    const found = tokens(leaver(state));
    assert.equal(found?.residual, undefined);
    assert.match(found?.closedWith ?? '', /^F-/);
  }
  assert.ok(APPLICATION_TOKEN_MINUTES < MANAGED_IDENTITY_TOKEN_MINUTES);
});

test('what of the directory comes back with an account is graver while it is enabled', () => {
  const group = { id: 'g', name: 'Writers', role: 'mcp.tools.write' };
  assert.equal(groupOwnerFinding(group, leaver('active')).severity, 'medium');
  assert.equal(groupOwnerFinding(group, leaver('disabled')).severity, 'low');
  const role = (templateId: string, state: Leaver['state']) =>
    directoryRoleFinding(
      { id: 'r', name: 'A role', templateId, scope: '/' } as Parameters<typeof directoryRoleFinding>[0],
      leaver(state),
    );
  const GLOBAL = '62e90394-69f5-4237-9190-012177145e10';
  assert.deepEqual(
    [role(GLOBAL, 'active'), role(GLOBAL, 'disabled'), role('x', 'active')].map(({ severity }) => severity),
    ['high', 'medium', 'low'],
  );
  assert.match(role(GLOBAL, 'active').title, /Global Administrator/);
  const sponsor = (state: Leaver['state'], sponsors: number) =>
    agentSponsorFinding(
      { kind: 'user', id: 'a', name: 'Bot', sponsors: Array(sponsors).fill('x') } as unknown as Parameters<
        typeof agentSponsorFinding
      >[0],
      leaver(state),
    ).severity;
  assert.deepEqual([sponsor('active', 1), sponsor('active', 2), sponsor('disabled', 1)], ['medium', 'low', 'low']);
});

test('a deleted registration is told of whoever owned or changed it, with the day until which it can be restored', () => {
  const deleted = (owners: readonly string[], deletedAt?: string) =>
    ({
      id: 'APP',
      appId: 'a',
      name: 'Build',
      owners,
      credentials: [],
      ...(deletedAt && { deletedAt }),
    }) as unknown as Parameters<typeof deletedApplicationFindings>[0][number];
  const change = (by: string, id = 'app') =>
    ({ by, at: minutesAgo(1), activity: 'Add owner', targets: [{ id }] }) as unknown as Parameters<
      typeof deletedApplicationFindings
    >[1][number];
  const found = (owners: readonly string[], changes: ReturnType<typeof change>[], deletedAt?: string) =>
    deletedApplicationFindings([deleted(owners, deletedAt)], changes, leaver('active')).map(({ title, evidence }) => [
      /owned/.test(title) ? 'owned' : 'changed',
      evidence.restorableUntil,
    ]);
  assert.deepEqual(found([OID], [], '2026-11-01T00:00:00.000Z'), [['owned', '2026-12-01T00:00:00.000Z']]);
  assert.deepEqual(found([], [change(OID)]), [['changed', null]]);
  assert.deepEqual(found([], [change('other'), change(OID, 'another')]), []);
});
