import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { Grant } from '../../../src/connectors/graph/applications/grants.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { AZURE_RIGHTS_SOURCES } from '../../../src/steps/consent/azure-sources.ts';
import {
  agentSponsorFinding,
  deletedApplicationFindings,
  directoryRoleFinding,
  groupOwnerFinding,
} from '../../../src/steps/consent/rules/directory-findings.ts';
import { grantFindings, preAuthorizedFindings } from '../../../src/steps/consent/rules/grant-findings.ts';
import { issuedTokens } from '../../../src/steps/consent/rules/issued-tokens.ts';
import { COVERED, onlyRefused } from '../../../src/steps/consent/rules/only-refused.ts';
import {
  APPLICATION_TOKEN_MINUTES,
  MANAGED_IDENTITY_TOKEN_MINUTES,
} from '../../../src/steps/consent/rules/token-minutes.ts';
import { CONSENT_SOURCES } from '../../../src/steps/consent/sources.ts';
import { consent } from '../../../src/steps/consent/step.ts';
import { alex, GATEWAY, leaver, OID } from './consent-world.ts';

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

const grant = (more: Partial<Grant> = {}): Grant => ({
  ...{ id: 'g', clientId: 'client', resourceId: GATEWAY, principalId: OID, consentType: 'Principal' },
  scopes: ['mcp.read', 'mcp.write'],
  ...more,
});

const grants = (...all: readonly Grant[]) => grantFindings(all, alex, GATEWAY, { of: (id) => `<${id}>` });

test('the leaver’s own consent is deleted by itself, everybody’s never', () => {
  const [own] = grants(grant());
  assert.equal(own?.title, '<client> may call <gw> as Alex Moreau: mcp.read, mcp.write');
  assert.deepEqual(
    [own?.kind, own?.severity, own?.status, own?.remedy?.risk],
    [...['delegated-grant', 'high', 'planned'], 'safe'],
  );
  assert.deepEqual(own?.remedy?.call.expected, {
    ...{ consentType: 'Principal', principal: OID, client: 'client', resource: GATEWAY },
    scopes: ['mcp.read', 'mcp.write'],
  });
  const [behind] = grants(grant({ clientId: GATEWAY, resourceId: 'upstream' }));
  assert.deepEqual([behind?.kind, behind?.status], ['on-behalf-of-grant', 'planned']);
  const [everybodys] = grants(grant({ consentType: 'AllPrincipals', principalId: null }));
  assert.deepEqual(
    [everybodys?.kind, everybodys?.status, everybodys?.remedy],
    [...['tenant-wide-grant', 'nothing-to-do'], undefined],
  );
  assert.deepEqual(grants(grant({ principalId: 'somebody' }), grant({ resourceId: 'another' })), []);
});

test('a client that needs no consent is told, and there is nothing to delete', () => {
  const [client] = preAuthorizedFindings([{ appId: 'app', name: 'Code', scopes: ['mcp.read'] }], 'gateway-app');
  assert.equal(client?.title, 'Code needs nobody’s consent on the gateway: mcp.read');
  assert.deepEqual([client?.status, client?.remedy], ['nothing-to-do', undefined]);
  assert.ok(client?.reason.includes(COVERED));
});

test('the step cuts by its remedies alone, and each is offered by a place that is read', () => {
  assert.deepEqual([consent.phase, consent.tells, consent.filings], ['discover', 'exposure', 'added']);
  const offered = new Set(
    CONSENT_SOURCES.flatMap(({ remedies = [] }: { readonly remedies?: readonly string[] }) => remedies),
  );
  assert.deepEqual([...offered].sort(), consent.remedies.map(({ kind }) => kind).sort());
});

test('Azure rights are read in every case, and what cannot be read at all says what to do by hand', () => {
  const always = AZURE_RIGHTS_SOURCES.filter(({ examined }) => examined === 'always').map(({ id }) => id);
  assert.ok(always.includes('azure/role-assignments') && always.includes('azure/eligible-roles'));
  assert.ok(AZURE_RIGHTS_SOURCES.every((source) => CONSENT_SOURCES.some(({ id }) => id === source.id)));
  const limits = CONSENT_SOURCES.flatMap(({ examined }) =>
    typeof examined === 'object' && 'not' in examined ? [examined] : [],
  );
  assert.ok(limits.length >= 5 && limits.every(({ not, why }) => not === 'no-interface' && why.length > 40));
});
