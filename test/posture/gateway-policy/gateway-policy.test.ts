import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostureContext } from '../../../src/posture/check.ts';
import {
  apisLink,
  isMcpApi,
  isOfOtherType,
  leadsToServer,
  serversBehind,
  showPolicy,
  unnamed,
  waysOf,
} from '../../../src/posture/gateway-policy/gateway-links.ts';
import { judgeGuards } from '../../../src/posture/gateway-policy/judge-guards.ts';
import { ofNetwork } from '../../../src/posture/gateway-policy/judge-network.ts';
import { ofProbe, ofServers } from '../../../src/posture/gateway-policy/judge-probes.ts';
import { hostOf, mcpAddresses } from '../../../src/posture/gateway-policy/mcp-addresses.ts';
import { ELSEWHERE } from '../../../src/posture/gateway-policy/parsing/elements.ts';
import type { GatewayApi } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import type { ApprovedSubnet } from '../../../src/posture/readings/network.ts';
import { AUDIENCE, api, flow, TENANT } from '../support/made-gateway.ts';
import { NO_SETTINGS } from '../support/no-settings.ts';
import { told } from './gateway-policy-world.ts';

const FILES = { id: '/backends/Files', name: 'Files', origin: 'http://10.40.0.4:8080' };
const context: PostureContext = {
  at: '2026-11-23T04:10:00.000Z',
  settings: { ...NO_SETTINGS, TENANT_ID: TENANT, GATEWAY_APP_ID: AUDIENCE },
};
const plain: Partial<GatewayApi> = { name: 'orders', label: 'Orders', path: 'orders', targets: ['orders'] };
const probe = (more: object = {}) => ({
  ...{ id: api().id.toUpperCase(), name: 'mcp-files', url: 'https://gw/mcp/files', status: 401, namesMetadata: true },
  ...more,
});
const server = (more: object = {}) => ({
  ...{ id: FILES.id, name: 'Files', address: '10.40.0.4:8080', reached: 'closed' as const, at: ['10.40.0.4'], ...more },
});
type Probes = Parameters<typeof ofProbe>[1];
const probes = (more: Partial<Probes> = {}): Probes => ({ apis: [probe()], servers: [server()], ...more });

test('an API leads to a server by its type or by a name, and one that answers by itself leads nowhere', () => {
  for (const more of [
    {},
    { ...plain, type: 'mcp' },
    { ...plain, label: 'The MCP server' },
    { ...plain, path: 'x/mcp' },
  ])
    assert.ok(isMcpApi(api(more)), JSON.stringify(more));
  assert.ok(isMcpApi(api({ ...plain, targets: ['https://mcp.corp.example'] })));
  for (const more of [plain, { ...plain, name: 'mcphee' }]) assert.ok(!isMcpApi(api(more)), JSON.stringify(more));
  assert.ok(leadsToServer(api()) && !leadsToServer(api({ flows: [flow({ forwards: false })] })));
  assert.ok(leadsToServer(api({ type: 'mcp', flows: [] })), 'its policies say nothing');
  assert.ok(isOfOtherType(api({ previewOnly: true })) && isOfOtherType(api({ type: 'mcp' })) && !isOfOtherType(api()));
});

test('where no API says that it leads to a server, one may be behind any that forwards', () => {
  assert.match(unnamed([api(plain)])[0]?.detail ?? '', /: orders\.$/);
  assert.deepEqual(unnamed([api({ ...plain, flows: [flow({ forwards: false })] })]), []);
});

test('what is behind an API is its backend by name or id, else an address, else only what it is called', () => {
  const behind = (...targets: readonly string[]) => serversBehind(api({ targets: [...targets] }), [FILES]);
  assert.deepEqual(behind('files', '/backends/files'), [FILES, FILES]);
  assert.deepEqual(behind('https://x:1'), [{ id: 'https://x:1', name: 'https://x:1', origin: 'https://x:1' }]);
  assert.deepEqual(behind(ELSEWHERE), [{ id: ELSEWHERE, name: ELSEWHERE }]);
  const { direct, products } = waysOf(api({ flows: [flow(), flow({ product: 'p' })] }));
  assert.deepEqual([direct.length, products.length], [1, 1]);
  assert.match(apisLink(api().id), /\/service\/apim\/apim-apis$/);
  assert.match(showPolicy("/a'b"), /'https:\/\/management\.azure\.com\/a'\\''b\/policies/);
});

test('the addresses of servers are hosts without ports, and what nobody can tell is a doubt', () => {
  const of = (apis: readonly GatewayApi[], backends = [FILES]) => mcpAddresses({ apis, backends });
  assert.deepEqual(of([api(), api(plain)]), { addresses: ['10.40.0.4'], untold: [] });
  assert.equal(of([api({ targets: ['pool'] })]).untold[0]?.reason, 'unreadable');
  assert.equal(of([api({ targets: ['pool'] })], []).untold.length, 0, 'the reading says that the list is not whole');
  assert.equal(of([api({ targets: [] })]).untold[0]?.reason, 'no-data');
  assert.equal(of([api({ targets: [], flows: [flow({ incomplete: true })] })]).untold.length, 0);
  assert.equal(of([api({ targets: [], flows: [flow({ incomplete: true }), flow()] })]).untold[0]?.reason, 'no-data');
  assert.equal(of([api({ type: 'mcp', targets: [], flows: [] })]).untold[0]?.reason, 'no-data');
  assert.match(
    of([api({ flows: [flow(), flow({ unread: ['It holds x.'] })] })]).untold[0]?.detail ?? '',
    /may forward elsewhere/,
  );
  assert.equal(of([api(plain)]).untold[0]?.reason, 'no-data');
  assert.deepEqual(['http://[FD00::1]:80', 'https://X.Example/a', 'tcp://Y:1'].map(hostOf), [
    'fd00::1',
    'x.example',
    'y',
  ]);
});

test('somebody without a token gets 401 with where to get one, or the API fails, or nobody asked', () => {
  const situations: readonly (readonly [string, Probes, readonly string[]])[] = [
    ['401 with its metadata', probes(), []],
    ['401 without', probes({ apis: [probe({ namesMetadata: false })] }), ['no-metadata']],
    ['200', probes({ apis: [probe({ status: 200 })] }), ['answers-without-token']],
    ['404', probes({ apis: [probe({ status: 404 })] }), ['answers-without-token']],
    ['asked of others alone', probes({ apis: [probe({ id: '/other' })] }), ['doubt: no-data']],
    ['nothing was asked at all', { apis: [], servers: [] }, []],
  ];
  for (const [what, given, expected] of situations) assert.deepEqual(told(ofProbe(api(), given)), expected, what);
  assert.equal(ofProbe(api(), probes({ apis: [probe({ namesMetadata: false })] })).findings[0]?.severity, 'medium');
});

test('a server that takes connections past the gateway fails, and one that nobody could ask is a doubt', () => {
  const of = (more: Partial<GatewayApi>, given = probes(), backends = [FILES]) =>
    told(ofServers(api(more), { gateway: { apis: [], backends }, probes: given }));
  assert.deepEqual(of({}), []);
  assert.deepEqual(of({}, probes({ servers: [server({ reached: 'open' })] })), ['server-reachable']);
  assert.deepEqual(of({}, probes({ servers: [server({ reached: 'unresolved' })] })), ['doubt: no-data']);
  assert.deepEqual(of({}, probes({ servers: [] })), ['doubt: no-data'], 'others were asked, and this one was not');
  assert.deepEqual(of({}, { apis: [], servers: [] }), [], 'that nobody was asked is a gap');
  assert.deepEqual(of({ targets: ['lost'] }, probes({ servers: [] }), []), [], 'a list that is not whole');
  assert.deepEqual(of({ targets: [ELSEWHERE] }), ['doubt: no-data']);
  assert.deepEqual(of({ targets: [] }), ['doubt: no-data']);
});

const rule = (priority: number, access: string, source: string) => ({
  ...{ name: `r${priority}`, priority, direction: 'Inbound', access, protocol: '*', sources: [source] },
  ...{ destinations: ['*'], ports: ['*'], sourcePorts: ['*'] },
});
const subnet = (rules: ReturnType<typeof rule>[] | undefined, more: Partial<ApprovedSubnet> = {}): ApprovedSubnet => ({
  ...{ id: '/subnets/mcp', state: 'there', prefixes: ['10.40.0.0/24'], delegations: [] },
  ...(rules && { securityGroup: { id: '/nsg', rules } }),
  ...more,
});
const GATEWAY = '10.40.1.0/24';
const CLOSED = [rule(100, 'Allow', GATEWAY), rule(4096, 'Deny', '*'), rule(65_000, 'Allow', 'VirtualNetwork')];

test('the servers’ subnet lets in the gateway alone', () => {
  const of = (approved: readonly ApprovedSubnet[], at = ['10.40.0.4']) =>
    told(
      ofNetwork(
        [api()],
        { gateway: { apis: [], backends: [FILES] }, probes: probes({ servers: [server({ at })] }) },
        { network: { approved: [...approved] }, origin: { subnets: [{ id: 'g', prefixes: [GATEWAY] }] } },
      ),
    );
  const situations: readonly (readonly [string, readonly ApprovedSubnet[], readonly string[], at?: string[]])[] = [
    ['the released rules', [subnet(CLOSED)], []],
    [
      'without the rule that refuses all else',
      [subnet([rule(100, 'Allow', GATEWAY), rule(65_000, 'Allow', 'VirtualNetwork')])],
      ['network-open'],
    ],
    ['a neighbour as well', [subnet([rule(90, 'Allow', '10.40.2.0/24'), ...CLOSED])], ['network-open']],
    ['no security group', [subnet(undefined)], ['no-security-group']],
    ['one that was not read', [subnet(undefined, { rulesUnread: true })], []],
    ['a subnet that is gone', [subnet(undefined, { state: 'gone' })], []],
    ['a group of applications', [subnet([rule(90, 'Allow', '/asg/x'), ...CLOSED])], ['doubt: unreadable']],
    ['a server elsewhere', [subnet(CLOSED)], ['doubt: no-data'], ['10.41.0.4']],
    [
      'the same, while a subnet was not read',
      [subnet(CLOSED), subnet([], { id: 'x', state: 'unread' })],
      [],
      ['10.41.0.4'],
    ],
  ];
  for (const [what, approved, expected, at] of situations) assert.deepEqual(of(approved, at), expected, what);
});

const guards = (apis: readonly GatewayApi[], more: object = {}, given: Probes = probes()) =>
  judgeGuards(
    {
      gateway: { apis: [...apis], backends: [FILES], ...more },
      probes: given,
      ...{ network: { approved: [subnet(CLOSED)] }, origin: { subnets: [{ id: 'g', prefixes: [GATEWAY] }] } },
    },
    context,
  );

test('no server is without a token check in front, or it fails, or nobody can say', () => {
  const open = flow({ checks: [] });
  const situations: readonly (readonly [string, readonly GatewayApi[], readonly string[], more?: object])[] = [
    ['a guarded one', [api()], []],
    ['an open one', [api({ flows: [open] })], ['no-token-check']],
    ['an open one, where the service checks', [api({ flows: [open] })], ['base-missing'], { ofService: flow() }],
    ['one that is made by hand', [api({ type: 'mcp', flows: [] })], ['mcp-type-api']],
    ['a type of another day', [api({ type: 'a2a', previewOnly: true })], ['doubt: unreadable']],
    ['an open one that may be a server', [api(), api({ ...plain, id: '/x', flows: [open] })], ['doubt: no-data']],
    [
      'a product that may leave the check out',
      [api({ flows: [flow(), flow({ product: 'p', checks: [] })] })],
      ['doubt: partial'],
    ],
    ['a later revision', [api({ revision: '3' })], ['doubt: partial']],
    ['an operation that is open', [api({ flows: [flow(), { ...open, resource: '/op' }] })], ['no-token-check']],
    ['none that is named so', [api({ ...plain })], ['doubt: no-data']],
  ];
  for (const [what, apis, expected, more] of situations) assert.deepEqual(told(guards(apis, more)), expected, what);
});

test('where nothing leads to a server, nothing is said of the network', () => {
  const { securityGroup: _, ...bare } = subnet(CLOSED);
  const { findings } = judgeGuards(
    {
      ...{ gateway: { apis: [api({ ...plain })], backends: [FILES] }, probes: probes() },
      ...{ network: { approved: [bare] }, origin: { subnets: [] } },
    },
    context,
  );
  assert.deepEqual(findings, []);
});

test('a server that two APIs share fails once, and what was looked at is shown', () => {
  const given = probes({ apis: [probe(), probe({ id: '/b' })], servers: [server({ reached: 'open' })] });
  const { findings, subjects, shows } = guards([api(), api({ id: '/b', name: 'mcp-b' })], {}, given);
  assert.deepEqual([findings.map(({ reason }) => reason), subjects], [['server-reachable'], 2]);
  assert.deepEqual(shows.servers, ['10.40.0.4:8080: open']);
});
