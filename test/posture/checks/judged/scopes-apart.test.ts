import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostureSettings } from '../../../../src/posture/check.ts';
import { scopesApart } from '../../../../src/posture/checks/scopes-apart.ts';
import type { GatewayApp, Right } from '../../../../src/posture/readings/gateway/gateway-apps.ts';
import { appLink } from '../../../../src/posture/rights.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

const right = (name: string, more: Partial<Right> = {}): Right => ({
  ...{ kind: 'scope', id: `id-${name}`, value: `mcp.tools.${name}`, for: [], enabled: true, ...more },
});
const role = (name: string, ...members: string[]): Right => right(name, { kind: 'role', for: members });
const THREE = [right('read'), right('write'), role('admin', 'application')];
const app = (more: Partial<GatewayApp> = {}): GatewayApp => ({
  ...{ appId: 'gateway', name: 'MCP gateway', registration: 'reg', audiences: ['api://gw'], rights: THREE },
  ...{ principal: { objectId: 'sp', assignmentRequired: true }, preAuthorized: [], assigned: [], forEverybody: [] },
  ...more,
});
const secrets = app({
  appId: 'vault',
  name: 'Secrets',
  audiences: ['api://vault'],
  rights: [role('secrets', 'application')],
});
const judge = (apps: readonly GatewayApp[], settings: Partial<PostureSettings> = {}, whole = true) =>
  scopesApart.judge(
    { gatewayApps: { whole, apps: [...apps], clients: { sp9: { appId: 'c', name: 'Claude' } }, holders: [] } },
    { at: '2026-11-23T04:10:00.000Z', settings: { ...NO_SETTINGS, GATEWAY_APP_ID: 'gateway', ...settings } },
  );
const told = (...given: Parameters<typeof judge>): string[] =>
  judge(...given).findings.map(({ reason, resource }) => `${reason} ${resource}`);
const MARKED = { APPLICATION_ONLY_SERVERS: [{ server: 'vault', appId: 'vault' }] };
const CALL = 'applications and servicePrincipals v1.0';

test('four rights apart pass, and each is shown with who publishes it', () => {
  const { findings, doubts, subjects, evidence, shows } = judge([app(), secrets], MARKED);
  assert.deepEqual([findings, doubts, subjects], [[], [], 4]);
  assert.deepEqual(evidence[2], {
    ...{ resource: 'applications/gateway/appRoles/mcp.tools.admin', call: CALL },
    shows: { application: 'MCP gateway', kind: 'role', for: ['application'], enabled: true },
  });
  assert.deepEqual(shows, { rights: ['mcp.tools.admin', 'mcp.tools.read', 'mcp.tools.secrets', 'mcp.tools.write'] });
});

test('a right that nobody publishes, or only elsewhere, or switched off, is missing', () => {
  const missing = (name: string): string => `right-missing rights/mcp.tools.${name}`;
  const off = app({ rights: [...THREE.slice(0, 2), { ...role('admin', 'application'), enabled: false }] });
  const other = app({ appId: 'other', audiences: [], rights: [role('admin', 'application')] });
  assert.deepEqual(told([app({ rights: THREE.slice(0, 2) })]), [missing('admin')]);
  assert.deepEqual(told([off]), [missing('admin')]);
  assert.deepEqual(told([app({ rights: THREE.slice(0, 2) }), other]), [missing('admin')]);
  assert.deepEqual(told([app()], MARKED), [missing('secrets')]);
  assert.deepEqual(told([app({ rights: [...THREE, role('secrets', 'application')] })], MARKED), [missing('secrets')]);
  assert.deepEqual(told([app({ rights: [...THREE, right('other')] })]), []);
  assert.deepEqual(told([app({ rights: [] })], {}, false), [], 'the gap of the list says so');
  assert.deepEqual(told([other]), [], 'that the gateway is not there is a doubt');
  const [found] = judge([app()], MARKED).findings;
  assert.deepEqual(found && [found.says, found.evidence, found.remedy], [
    'The secrets application publishes no right mcp.tools.secrets that is enabled.',
    { resource: 'applications/gateway', call: CALL },
    { todo: 'Apply the module gateway-app again, which publishes mcp.tools.secrets.', link: appLink('gateway') },
  ]);
  assert.match(judge([off]).findings[0]?.says ?? '', /^MCP gateway publishes no right mcp\.tools\.admin /);
});

test('a value that stands for two rights fails once, with the places', () => {
  const twice = app({ rights: [...THREE, { ...role('read', 'application'), id: 'id-2' }] });
  const [found] = judge([twice]).findings;
  assert.deepEqual(found && [found.reason, found.resource, found.says, found.evidence.shows], [
    ...['right-twice', 'rights/mcp.tools.read/places'],
    'mcp.tools.read is published 2 times: MCP gateway (scope), MCP gateway (role).',
    { places: ['MCP gateway (scope)', 'MCP gateway (role)'] },
  ]);
  assert.deepEqual(told([app({ rights: [...THREE, THREE[0] as Right] })]), [], 'the same right, told twice');
  const apart = app({ rights: [...THREE, role('read.app', 'application')] });
  assert.deepEqual(told([apart]), [], 'people and applications have it apart');
});

test('what is for applications may be given to no person', () => {
  const people = (given: Right): unknown[] => {
    const found = judge([app({ rights: [...THREE.slice(0, 2), given] })]).findings.filter(
      ({ reason }) => reason === 'right-for-people',
    );
    return found.map(({ says }) => says);
  };
  assert.deepEqual(people(right('admin')), [
    'mcp.tools.admin of MCP gateway is a scope, which only people’s tokens have.',
  ]);
  assert.deepEqual(people(role('admin', 'user', 'application')), [
    'mcp.tools.admin of MCP gateway is a role for user and application.',
  ]);
  assert.deepEqual(people(role('admin')), ['mcp.tools.admin of MCP gateway is a role for nobody.']);
  assert.deepEqual(people(role('admin', 'application')), []);
});

test('a client that may write for everybody, or asks nobody, fails unless a setting names it', () => {
  const forEverybody = [
    { id: 'g/1', client: 'sp9', scopes: ['mcp.tools.read', 'mcp.tools.write', 'openid'] },
    { id: 'g2', client: 'sp8', scopes: ['mcp.tools.admin'] },
    { id: 'g3', client: 'sp8', scopes: ['mcp.tools.read', 'openid'] },
  ];
  const { findings } = judge([app({ forEverybody })]);
  assert.deepEqual(
    findings.map(({ resource, says, evidence, remedy }) => [resource, says, evidence.shows, remedy.command]),
    [
      [
        ...['oauth2PermissionGrants/g/1', 'Claude holds mcp.tools.write on MCP gateway for everybody.'],
        { client: 'sp9', scopes: ['mcp.tools.read', 'mcp.tools.write', 'openid'] },
        "az rest --method DELETE --url 'https://graph.microsoft.com/v1.0/oauth2PermissionGrants/g%2F1'",
      ],
      [
        ...['oauth2PermissionGrants/g2', 'sp8 holds mcp.tools.admin on MCP gateway for everybody.'],
        { client: 'sp8', scopes: ['mcp.tools.admin'] },
        'az rest --method DELETE --url https://graph.microsoft.com/v1.0/oauth2PermissionGrants/g2',
      ],
    ],
  );
  const preAuthorized = [
    { appId: 'c1', rightIds: ['id-read', 'id-write'] },
    { appId: 'c2', rightIds: ['id-read', 'id-lost'] },
    { appId: 'c3', rightIds: ['id-write'] },
  ];
  const [client, ...none] = judge([app({ preAuthorized })], { WRITING_CLIENT_IDS: ['c3'] }).findings;
  assert.deepEqual(
    [client?.resource, client?.says, client?.evidence.shows, none],
    [
      'applications/gateway/preAuthorizedApplications/c1',
      'The client c1 needs no consent for mcp.tools.write on MCP gateway, and is not configured to write.',
      ...[{ rights: ['mcp.tools.write'] }, []],
    ],
  );
});

test('an application that gives a token to anybody fails once, and one without a right of the four does not', () => {
  const open = { principal: { objectId: 'sp', assignmentRequired: false } };
  assert.deepEqual(told([app(open), app({ ...open, appId: 'other', audiences: [], rights: [] })]), [
    'assignment-not-required servicePrincipals/sp',
  ]);
});

test('what the tenant does not show, or shows twice, is a doubt', () => {
  const doubts = (...given: Parameters<typeof judge>) =>
    judge(...given).doubts.map(({ reason, resource, detail }) => [reason, resource, detail]);
  const { registration: _, principal: __, ...bare } = app();
  const missing = (what: string) => ['no-data', 'gateway', `This tenant does not have ${what}.`];
  assert.deepEqual(doubts([bare]), [
    missing('its registration, and so its pre-authorised clients'),
    missing('its service principal, and so who was given what'),
  ]);
  assert.deepEqual(doubts([bare], {}, false), []);
  const lost = ['no-data', 'gateway', 'This tenant shows no application gateway, which GATEWAY_APP_ID names.'];
  assert.deepEqual([doubts([secrets]), doubts([secrets], {}, false)], [[lost], []]);
  const twin = app({ appId: 'twin', name: 'Twin', audiences: ['api://other', 'api://gw'], rights: [] });
  const detail =
    'Twin (twin) answers for an audience of MCP gateway as well: which of the two a token is for cannot be said.';
  assert.deepEqual(doubts([app(), twin, secrets]), [['unreadable', 'twin', detail]]);
});
