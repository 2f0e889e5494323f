import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeServers } from '../../../../src/posture/checks/servers-contained.ts';
import type { ApprovedSubnet } from '../../../../src/posture/readings/network.ts';
import type { ServerHost } from '../../../../src/posture/readings/servers/servers.ts';

const [ID, SUBNET] = ["/groups/it's", '/subnets/mcp'];
const host = (more: Partial<ServerHost> = {}): ServerHost => ({
  ...{
    kind: 'container-group',
    id: ID,
    name: 'files',
    tags: { mcpserver: 'true' },
    identity: 'UserAssigned',
    images: [],
  },
  ...{ subnets: [SUBNET], addresses: ['10.40.0.4'], isPublic: false, tokens: [], secureVariables: [], ...more },
});
const { isPublic: _, ...silent } = host();
const subnet = (more: Partial<ApprovedSubnet> = {}): ApprovedSubnet => ({
  ...{
    id: SUBNET,
    state: 'there',
    prefixes: [],
    delegations: ['microsoft.containerinstance/containergroups'],
    ...more,
  },
});
const judge = (
  hosts: readonly ServerHost[],
  { approved = [subnet()], addresses = [] as string[], complete = true } = {},
) => judgeServers({ hosts: [...hosts], complete }, approved, { addresses, untold: [] });
const reasons = (...given: Parameters<typeof judge>): string[] =>
  judge(...given).findings.map(({ reason, resource }) => `${reason} ${resource}`);
const TOKEN = { variable: 'PAT', type: 'github-classic', holder: 'personal' as const, sha256: 'x', lastFour: 'abcd' };

test('a server in its place passes, and what was looked at is told', () => {
  const plain = host({ id: '/groups/other', tags: {}, identity: 'None' });
  assert.deepEqual(judge([host({ secureVariables: ['A', 'B'] }), plain]), {
    ...{ findings: [], doubts: [], subjects: 1 },
    evidence: [
      {
        ...{ resource: ID, call: 'container-group' },
        shows: {
          identity: 'UserAssigned',
          subnets: [SUBNET],
          public: false,
          tokens: [],
          secure_variables_not_readable: 2,
        },
      },
    ],
    shows: { servers: 1, clusters: 0, secure_variables_not_readable: 2 },
  });
});

test('one entry a server: the most severe reason, and all that is wrong with it', () => {
  const all = host({
    identity: 'None',
    tokens: [TOKEN, { ...TOKEN, variable: 'B' }],
    isPublic: true,
    subnets: ['/subnets/a', '/subnets/b'],
  });
  const { findings } = judge([all]);
  assert.deepEqual(findings, [
    {
      ...{ reason: 'no-own-identity', resource: ID },
      says: 'files has the identity None and no user-assigned one; it has a token in plain sight (PAT: github-classic, B: github-classic); it can be reached from the internet; it is in the subnet /subnets/a; it is in the subnet /subnets/b.',
      evidence: {
        ...{ resource: ID, call: 'container-group' },
        shows: {
          ...{ identity: 'None', subnets: ['/subnets/a', '/subnets/b'], public: true },
          ...{ tokens: ['PAT: github-classic …abcd', 'B: github-classic …abcd'], secure_variables_not_readable: 0 },
        },
      },
      remedy: {
        todo: 'Deploy it anew with the module mcp-server: give it a user-assigned identity; take the token out of it, and replace it: it has been read; take its public address away; put it into the approved subnet alone.',
        link: "https://portal.azure.com/#@/resource/groups/it's/overview",
        command: String.raw`az resource show --ids '/groups/it'\''s'`,
      },
    },
  ]);
});

test('each thing that is wrong with a server is a reason of its own', () => {
  const situations: readonly (readonly [string, ServerHost, string[]])[] = [
    ['its own identity among others', host({ identity: 'SystemAssigned, userassigned' }), []],
    ['the system’s identity', host({ identity: 'SystemAssigned' }), ['no-own-identity']],
    ['a token', host({ tokens: [TOKEN] }), ['plain-credential']],
    ['a public address', host({ isPublic: true }), ['public']],
    ['no subnet', host({ subnets: [] }), ['no-subnet']],
    ['another subnet', host({ subnets: ['/subnets/x'] }), ['other-subnet']],
    ['a network that was not read', host({ subnets: [], networkUnread: true }), []],
    ['an app in a subnet for groups', host({ kind: 'container-app' }), ['not-delegated']],
    ['what runs in a cluster', host({ kind: 'aks', identity: 'None' }), []],
  ];
  for (const [what, one, expected] of situations)
    assert.deepEqual(
      judge([one]).findings.map(({ reason }) => reason),
      expected,
      what,
    );
});

test('a subnet takes servers of its kind alone; of one that nobody names or read nothing is said', () => {
  const two = ['microsoft.web/serverfarms', 'Microsoft.ContainerInstance/containerGroups'];
  const situations: readonly (readonly [string, ApprovedSubnet[], string[]])[] = [
    ['delegated to something besides', [subnet({ delegations: two })], []],
    ['delegated to something else', [subnet({ delegations: two.slice(0, 1) })], [`not-delegated ${ID}`]],
    ['delegated to nothing', [subnet({ delegations: [] })], [`not-delegated ${ID}`]],
    ['gone', [subnet({ state: 'gone', delegations: [] })], []],
    ['not read', [subnet({ state: 'unread', delegations: [] })], []],
    ['the second of two', [subnet({ id: '/subnets/x', delegations: [] }), subnet()], []],
    ['no setting', [], []],
  ];
  for (const [what, approved, expected] of situations)
    assert.deepEqual(reasons([host()], { approved }), expected, what);
  const [found] = judge([host({ kind: 'web-app' })]).findings;
  assert.match(found?.says ?? '', /which is not delegated to Microsoft\.Web\/serverFarms\.$/);
});

test('what Azure does not tell of a server is a doubt', () => {
  const details = (one: ServerHost, complete = true): string[] =>
    judge([one], { complete }).doubts.map(({ detail }) => detail.slice(0, 26));
  assert.deepEqual(details(host()), []);
  assert.deepEqual(details(host({ kind: 'web-app' })), ['The settings of a web app ']);
  assert.deepEqual(details(silent), ['Whether it can be reached ']);
  assert.deepEqual(details({ ...silent, networkUnread: true }), ['Its environment is not amo']);
  assert.deepEqual(details(host({ networkUnread: true }), false), [], 'the gap of the list says so');
  assert.deepEqual(details(host({ tags: {}, imagesUnread: true })), ['It runs a container, and A']);
  assert.equal('public' in (judge([silent]).evidence[0]?.shows ?? {}), false);
});

test('an address at which nothing answers fails, unless it is a name, or a cluster may answer there', () => {
  const cluster = host({ id: '/clusters/a', kind: 'aks', tags: {}, addresses: [] });
  const addresses = ['10.40.0.9', 'files.internal'];
  const of = (hosts: readonly ServerHost[], complete = true) => {
    const { findings, doubts, subjects } = judge(hosts, { addresses, complete });
    return [findings.map(({ resource }) => resource), doubts.map(({ resource }) => resource), subjects];
  };
  assert.deepEqual(of([host()]), [['10.40.0.9'], ['files.internal'], 3]);
  assert.deepEqual(of([cluster]), [[], ['/clusters/a', '10.40.0.9', 'files.internal'], 3]);
  assert.deepEqual(of([host()], false), [[], [], 3], 'of half a list its gap says so');
  assert.deepEqual(of([host({ tags: {}, addresses })]), [[], [], 1], 'what the gateway alone takes for a server');
  const [stray] = judge([], { addresses: ['fd00::9'] }).findings;
  assert.deepEqual(stray, {
    ...{ reason: 'backend-of-nobody', resource: 'fd00::9', evidence: { resource: 'fd00::9', call: 'backends' } },
    says: 'The gateway forwards to fd00::9, and nothing in the subscriptions answers there.',
    remedy: {
      todo: 'Take the backend out of the gateway, or name the subscription of its server in SUBSCRIPTION_IDS.',
    },
  });
  assert.equal(judge([cluster]).shows.clusters, 1);
});
