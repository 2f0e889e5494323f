import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { AppRoleAssignment } from '../../../src/connectors/graph/applications/app-role-assignments.ts';
import type { Grant } from '../../../src/connectors/graph/applications/grants.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { AZURE_RIGHTS_SOURCES } from '../../../src/steps/consent/azure-sources.ts';
import {
  type AssignmentsRead,
  assignmentFindings,
  unseenRoles,
} from '../../../src/steps/consent/rules/assignment-findings.ts';
import {
  agentSponsorFinding,
  deletedApplicationFindings,
  directoryRoleFinding,
  groupOwnerFinding,
} from '../../../src/steps/consent/rules/directory-findings.ts';
import { gatewayUserFindings } from '../../../src/steps/consent/rules/gateway-user-findings.ts';
import { grantFindings, preAuthorizedFindings } from '../../../src/steps/consent/rules/grant-findings.ts';
import { issuedTokens } from '../../../src/steps/consent/rules/issued-tokens.ts';
import { COVERED, onlyRefused } from '../../../src/steps/consent/rules/only-refused.ts';
import {
  APPLICATION_TOKEN_MINUTES,
  MANAGED_IDENTITY_TOKEN_MINUTES,
} from '../../../src/steps/consent/rules/token-minutes.ts';
import { CONSENT_SOURCES } from '../../../src/steps/consent/sources.ts';
import { consent } from '../../../src/steps/consent/step.ts';

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

const GATEWAY = 'gw';
const grant = (more: Partial<Grant> = {}): Grant => ({
  ...{ id: 'g', clientId: 'client', resourceId: GATEWAY, principalId: OID, consentType: 'Principal' },
  scopes: ['mcp.read', 'mcp.write'],
  ...more,
});
const alex = leaver('active', { displayName: 'Alex Moreau' });
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

const assignment = (more: Partial<AppRoleAssignment> = {}): AppRoleAssignment => ({
  ...{ id: 'as', appRoleId: 'r', principalId: OID, principalType: 'User', principalName: 'Alex', resourceId: GATEWAY },
  ...more,
});
const ofGroup = assignment({ principalId: 'writers', principalType: 'Group', principalName: 'Writers' });
const assigned = (onGateway: readonly AppRoleAssignment[], groups?: readonly string[]): AssignmentsRead => ({
  onGateway,
  groupsOfLeaver: groups && new Set(groups),
  roleName: (id) => (id === 'r' ? 'mcp.write' : id),
});

test('the leaver’s own role is taken away, a group’s and another’s never', () => {
  const [own] = assignmentFindings(assigned([assignment()], []), alex);
  assert.equal(own?.title, 'Alex Moreau holds the role mcp.write on the gateway');
  assert.deepEqual([own?.status, own?.severity], ['planned', 'high']);
  assert.deepEqual(own?.remedy?.call.expected, { roleId: 'r', holder: OID, holderType: 'User' });
  assert.deepEqual(assignmentFindings(assigned([assignment({ principalId: 'ana' })], []), alex), []);
  const [member] = assignmentFindings(assigned([ofGroup], ['writers']), alex);
  assert.equal(member?.title, 'Alex Moreau gets the role mcp.write on the gateway from the group “Writers”');
  assert.deepEqual([member?.status, member?.severity, member?.remedy], ['nothing-to-do', 'low', undefined]);
  assert.deepEqual(assignmentFindings(assigned([ofGroup], ['readers']), alex), []);
});

test('whether a deleted person was in a group cannot be read, and is said so', () => {
  const [unknown] = assignmentFindings(assigned([ofGroup]), alex);
  assert.equal(
    unknown?.title,
    'The group “Writers” gives the role mcp.write on the gateway; whether Alex Moreau was in it cannot be read',
  );
  const unseen = (state: Leaver['state'], ...all: readonly AppRoleAssignment[]) =>
    unseenRoles(assigned(all), { ...alex, state }, GATEWAY).map(({ kind }) => kind);
  assert.deepEqual(unseen('soft-deleted', ofGroup), ['app-roles-unseen']);
  assert.deepEqual(unseen('soft-deleted', assignment()), []);
  assert.deepEqual(unseen('active'), []);
});

type Read = Parameters<typeof gatewayUserFindings>[0];
const OTHER_OID = '0e000000-0000-4000-8000-000000000002';
const user = (more: Partial<Read['users'][number]> = {}): Read['users'][number] => ({
  ...{ id: '/gw/users/alex', name: 'alex', state: 'active', email: 'alex.moreau@corp.example', personName: 'Alex' },
  identities: [{ provider: 'Aad', id: OID }],
  ...more,
});
const key = (more: Partial<Read['subscriptions'][number]> = {}): Read['subscriptions'][number] => ({
  ...{ id: '/gw/subscriptions/1', name: '1', label: 'Docs', owner: 'ALEX', scope: '/apis/files', state: 'active' },
  ...more,
});
const portal = (users: Read['users'], subscriptions: Read['subscriptions'] = []) =>
  gatewayUserFindings(
    { users, subscriptions },
    { ...alex, userPrincipalName: 'alex.moreau@corp.example' },
    {
      serviceId: '/gw',
      tenantId: 'tenant',
    },
  );
const mailOnly = user({ identities: [{ provider: 'Basic', id: 'alex' }] });

test('a user of the portal is the leaver’s by the object id, and only may be by the mail address', () => {
  const [own] = portal([user()]);
  assert.equal(own?.title, 'The user alex.moreau@corp.example of the gateway’s developer portal is the leaver’s');
  assert.deepEqual([own?.status, own?.severity, own?.remedy], ['manual-action', 'medium', undefined]);
  assert.match(portal([mailOnly])[0]?.title ?? '', / may be the leaver’s$/);
  const twoPeople = user({ identities: [OID, OTHER_OID].map((id) => ({ provider: 'Aad', id })) });
  assert.match(portal([twoPeople])[0]?.title ?? '', / may be the leaver’s$/, 'it is somebody else’s as well');
  assert.deepEqual(portal([user({ identities: [{ provider: 'Aad', id: OTHER_OID }] })]), []);
  assert.deepEqual(portal([user({ email: 'ana@corp.example', identities: [] })]), []);
  assert.deepEqual([portal([user({ state: 'blocked' })])[0]?.status], ['nothing-to-do']);
});

const KEYS: readonly (readonly [
  what: string,
  user: Read['users'][number],
  state: string,
  status: string,
  risk?: string,
])[] = [
  ['proved to be theirs', user(), 'active', 'awaiting-decision', 'disruptive'],
  [
    'of a user who is two people',
    user({ identities: [OID, OTHER_OID].map((id) => ({ provider: 'Aad', id })) }),
    'active',
    'awaiting-decision',
    'disruptive',
  ],
  ['of a mail address alone', mailOnly, 'active', 'manual-action'],
  ['not approved yet', user(), 'submitted', 'manual-action'],
  ['suspended already', user(), 'suspended', 'nothing-to-do'],
  ['in no state', user(), '', 'nothing-to-do'],
];
for (const [what, owner, state, status, risk] of KEYS) {
  test(`a subscription key that is ${what}: ${status}`, () => {
    const [, finding, ...more] = portal([owner], [key({ state }), key({ owner: 'ana' })]);
    assert.deepEqual(more, [], 'another’s key is none of theirs');
    assert.equal(finding?.title, 'Alex Moreau owns the subscription Docs of the gateway');
    assert.deepEqual([finding?.status, finding?.remedy?.risk], [status, risk]);
  });
}

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
