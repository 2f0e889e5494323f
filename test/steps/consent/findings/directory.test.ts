import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import {
  agentSponsorFinding,
  deletedApplicationFindings,
  directoryRoleFinding,
  groupOwnerFinding,
} from '../../../../src/steps/consent/rules/directory-findings.ts';
import { issuedTokens } from '../../../../src/steps/consent/rules/issued-tokens.ts';
import { alex, leaver, OID } from '../consent-world.ts';

/** Wording aside. */
const told = <Told extends { readonly reason: string }>({ reason: _, ...rest }: Told) => rest;

test('who owns a group with a role is told of the group, and as the object id where no name is known', () => {
  const group = { id: 'g', name: 'Writers', role: 'mcp.tools.write' };
  assert.deepEqual(told(groupOwnerFinding(group, alex)), {
    id: findingId('consent', 'gateway-group-owner', `g/${OID}`),
    step: 'consent',
    kind: 'gateway-group-owner',
    title: 'Alex Moreau owns the group “Writers”, which gives the role mcp.tools.write on the gateway',
    resource: { system: 'entra', type: 'group', id: 'g', name: 'Writers' },
    severity: 'medium',
    status: 'manual-action',
    evidence: { role: 'mcp.tools.write' },
  });
  assert.match(groupOwnerFinding(group, leaver('active')).title, new RegExp(`^${OID} owns`));
});

test('a role of the directory is told by what it lets one do, and by its own name where it is no powerful one', () => {
  const templateId = '62e90394-69f5-4237-9190-012177145e10';
  const powerful = directoryRoleFinding({ id: 'r', name: 'A role', templateId, scope: '/' }, alex);
  assert.deepEqual(told(powerful), {
    id: findingId('consent', 'directory-role', 'r'),
    step: 'consent',
    kind: 'directory-role',
    title: 'Alex Moreau holds the directory role Global Administrator',
    resource: { system: 'entra', type: 'unifiedRoleAssignment', id: 'r', name: 'Global Administrator' },
    severity: 'high',
    status: 'manual-action',
    evidence: { role: 'Global Administrator', scope: '/' },
  });
  assert.match(powerful.reason, /^With it anybody can be given a role/);
  const other = directoryRoleFinding({ id: 'r', name: 'A role', templateId: 'x', scope: '/au' }, leaver('disabled'));
  assert.match(other.reason, /^It stays with the account/);
  assert.deepEqual(
    [other.title, other.severity, other.resource.name, other.evidence],
    [`${OID} holds the directory role A role`, 'low', 'A role', { role: 'A role', scope: '/au' }],
  );
});

test('a sponsor is one of a blueprint or of an agent’s user, and of more than one the others stay', () => {
  const sponsored = { kind: 'blueprint', id: 'a', name: 'Bot', sponsors: [OID] } as const;
  assert.deepEqual(told(agentSponsorFinding(sponsored, alex)), {
    id: findingId('consent', 'agent-sponsor', `a/${OID}`),
    step: 'consent',
    kind: 'agent-sponsor',
    title: 'Alex Moreau sponsors the agent identity blueprint Bot',
    resource: { system: 'entra', type: 'agentIdentityBlueprint', id: 'a', name: 'Bot' },
    severity: 'medium',
    status: 'manual-action',
    evidence: { sponsors: 1 },
  });
  const { title, resource, severity } = agentSponsorFinding(
    { ...sponsored, kind: 'agent-user', sponsors: [OID, 'x'] },
    alex,
  );
  assert.deepEqual([title, resource.type, severity], ['Alex Moreau sponsors the agent user Bot', 'agentUser', 'low']);
});

type Deleted = Parameters<typeof deletedApplicationFindings>[0][number];
type Change = Parameters<typeof deletedApplicationFindings>[1][number];
test('a deleted registration is told with what it comes back with and what the leaver did to it', () => {
  const application: Deleted = {
    ...{ set: 'applications', id: 'APP', appId: 'a', name: 'Build', owners: [OID], isManagedIdentity: false },
    credentials: [{ keyId: 'k', type: 'secret' }],
    deletedAt: '2026-11-01T00:00:00.000Z',
  };
  const change: Change = {
    ...{ id: 'c', at: '2026-10-02T00:00:00Z', activity: 'Add owner', by: OID, addedKeys: [] },
    targets: [{ id: 'another' }, { id: 'app' }],
  };
  const finding = {
    id: findingId('consent', 'deleted-application', 'APP'),
    step: 'consent',
    kind: 'deleted-application',
    title: 'Alex Moreau owned the deleted app registration Build, which can be restored',
    resource: { system: 'entra', type: 'application', id: 'APP', name: 'Build' },
    severity: 'low',
    status: 'manual-action',
    evidence: {
      appId: 'a',
      deletedAt: '2026-11-01T00:00:00.000Z',
      restorableUntil: '2026-12-01T00:00:00.000Z',
      credentials: 1,
      changes: ['Add owner at 2026-10-02T00:00:00Z'],
    },
  };
  const others = { ...change, by: 'somebody' };
  assert.deepEqual(deletedApplicationFindings([application], [change, others], alex).map(told), [finding]);
  const { deletedAt: _, ...undated } = { ...application, owners: [] };
  const [changed] = deletedApplicationFindings([undated], [change], alex);
  assert.match(changed?.title ?? '', /^Alex Moreau changed the deleted/);
  assert.deepEqual([changed?.evidence.deletedAt, changed?.evidence.restorableUntil], [null, null]);
  const [odd] = deletedApplicationFindings([{ ...application, deletedAt: 'some day' }], [], leaver('active'));
  assert.deepEqual([odd?.evidence.deletedAt, odd?.evidence.restorableUntil], ['some day', null]);
  assert.match(odd?.title ?? '', new RegExp(`^${OID} owned`));
});

test('tokens that were issued before are told with their end, and by the name that is known', () => {
  const NOW = new Date('2026-11-23T12:00:00Z');
  const tokens = (of: Leaver) => issuedTokens(of, { gatewayAppId: 'a', lifetimeMinutes: 90, isRefusable: true }, NOW);
  const finding = tokens({ ...alex, state: 'disabled' });
  assert.deepEqual(finding && told(finding), {
    id: findingId('consent', 'issued-tokens', `a/${OID}`),
    step: 'consent',
    kind: 'issued-tokens',
    title: 'Access tokens that Alex Moreau already holds stay valid until they expire',
    resource: { system: 'entra', type: 'accessToken', id: OID },
    severity: 'medium',
    status: 'nothing-to-do',
    evidence: { lifetimeMinutes: 90 },
    residual: {
      until: '2026-11-23T13:30:00.000Z',
      why: 'An access token issued at the last possible moment lives up to 90 minutes.',
    },
  });
  assert.match(tokens(leaver('disabled'))?.title ?? '', new RegExp(` that ${OID} already`));
});
