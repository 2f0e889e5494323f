import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { seededGuid } from '../../../local/tenant/entra/directory.ts';
import { emptyEntra } from '../../../local/tenant/entra/state/state.ts';
import { makeGraph } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { scopesApart } from '../../../src/posture/checks/scopes-apart.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { checked, told } from '../support/checked.ts';
import {
  application,
  consent,
  DEPLOYED,
  deployGatewayApps,
  preAuthorised,
  publish,
  publishSecrets,
  role,
  scope,
  shouted,
} from '../support/gateway-firm.ts';
import { withoutEach } from '../support/permissions-away.ts';

const entra = emptyEntra();
const app = await startApp({ vendors: (core) => [makeGraph(core, entra)] });
after(() => app.stop());
beforeEach(() => deployGatewayApps(entra));

const outcome = async (settings: object = DEPLOYED): Promise<string> => told(await checked(app, scopesApart, settings));
const reason = async (): Promise<string> => {
  const { status, failures } = await checked(app, scopesApart, DEPLOYED);
  return `${status}: ${failures.map((each) => each.reason).join(', ')}`;
};
const SCOPES = [scope('mcp.tools.read'), scope('mcp.tools.write')];
const ADMIN = role('mcp.tools.admin', 'Application');
const allowed = (appId: string, ...values: string[]) => {
  entra.applications.patch(WORLD.gateway.applicationObjectId, { preAuthorized: [preAuthorised(appId, ...values)] });
};
const other = (more: Partial<Parameters<typeof application>[1]>) =>
  application(entra, {
    appId: seededGuid('other'),
    principalId: seededGuid('other sp'),
    displayName: 'other',
    required: true,
    ...more,
  });

const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['as the module makes it', () => {}, 'pass'],
  [
    'no scope to write',
    () => publish(entra, { scopes: SCOPES.slice(0, 1), appRoles: [ADMIN] }),
    'fail: right-missing mcp.tools.write',
  ],
  [
    'a scope to write that is disabled',
    () =>
      publish(entra, {
        scopes: [scope('mcp.tools.read'), { ...scope('mcp.tools.write'), isEnabled: false }],
        appRoles: [ADMIN],
      }),
    'fail: right-missing mcp.tools.write',
  ],
  [
    'no right to secrets, and a server of them',
    () => publishSecrets(entra, []),
    'fail: right-missing mcp.tools.secrets',
  ],
  ['a right in two applications', () => other({ scopes: [scope('MCP.Tools.Write')] }), 'fail: right-twice places'],
  [
    'admin for User',
    () => publish(entra, { scopes: SCOPES, appRoles: [role('mcp.tools.admin', 'User')] }),
    'fail: right-for-people mcp.tools.admin',
  ],
  [
    'admin is a scope',
    () => publish(entra, { scopes: [...SCOPES, scope('mcp.tools.admin')], appRoles: [] }),
    'fail: right-for-people mcp.tools.admin',
  ],
  [
    'a client that is configured may write',
    () => allowed(shouted(WORLD.clients.claudeCode.appId), 'mcp.tools.write'),
    'pass',
  ],
  [
    'a client that is not configured may write',
    () => allowed(shouted(WORLD.clients.vscode.appId), 'mcp.tools.read', 'mcp.tools.write'),
    `fail: write-pre-authorised ${WORLD.clients.vscode.appId}`,
  ],
  ['it may read', () => allowed(WORLD.clients.vscode.appId, 'mcp.tools.read'), 'pass'],
  [
    'assignment is not required',
    () => void entra.servicePrincipals.patch(WORLD.gateway.servicePrincipalId, { appRoleAssignmentRequired: false }),
    `fail: assignment-not-required ${WORLD.gateway.servicePrincipalId}`,
  ],
  ['a consent for everybody to read', () => consent(entra, 'mcp.tools.read'), 'pass'],
  ['one person’s consent to write', () => consent(entra, 'mcp.tools.write', WORLD.operator.oid), 'pass'],
  [
    'another app answers for the audience',
    () => other({ identifierUris: ['API://MCP-gateway'] }),
    'unknown: unreadable',
  ],
  [
    'a registration in another tenant',
    () => void entra.applications.delete(WORLD.gateway.applicationObjectId),
    'unknown: no-data',
  ],
  [
    'nothing of the gateway in the tenant',
    () => {
      for (const each of [entra.applications, entra.servicePrincipals, entra.assignments]) each.clear();
    },
    'unknown: no-data',
  ],
  [
    'ids in capitals',
    () => {
      const { applicationObjectId, servicePrincipalId, appId } = WORLD.gateway;
      entra.applications.patch(applicationObjectId, { appId: shouted(appId) });
      entra.servicePrincipals.patch(servicePrincipalId, { appId: shouted(appId) });
    },
    'pass',
  ],
];
for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

test('AllPrincipals write: fail', async () => {
  consent(entra, 'mcp.tools.read mcp.tools.write');
  const { status, failures } = await checked(app, scopesApart, DEPLOYED);
  assert.deepEqual([status, failures.map((each) => each.reason)], ['fail', ['write-for-everybody']]);
  assert.match(failures[0]?.says ?? '', /^Claude Code holds mcp\.tools\.write on MCP gateway for everybody\.$/);
});

test('a leading space in `scope`, as the portal writes it: read all the same', async () => {
  consent(entra, ' mcp.tools.write ');
  assert.equal(await reason(), 'fail: write-for-everybody');
});

withoutEach(app, [scopesApart.reads.gatewayApps], async (name) => {
  assert.equal(await outcome(), `unknown: denied ${name}`);
});

test('the only offender is on a second page', async () => {
  other({ scopes: [scope('mcp.tools.write')] });
  entra.switches.largestPage = 2;
  assert.equal(await outcome(), 'fail: right-twice places');
});

test('throttled to the end: nobody can say', async () => {
  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: /oauth2PermissionGrants/,
    effect: { kind: 'answer', status: 429, body: '{"error":{"code":"TooManyRequests"}}' },
  });
  assert.equal(await outcome(), 'unknown: throttled');
  lift();
});

test('a list that breaks off tells what fails in its beginning, and not that the rest is missing', async () => {
  entra.switches.largestPage = 1;
  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: /(applications|servicePrincipals)\?.*skiptoken/,
    effect: { kind: 'answer', status: 500, body: '{}' },
  });
  assert.equal(await outcome(), 'unknown: unavailable');
  publish(entra, { scopes: [...SCOPES, scope('mcp.tools.admin')], appRoles: [] });
  assert.equal(await outcome(), 'fail: right-for-people mcp.tools.admin');
  lift();
});
