import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerHost } from '../../src/posture/readings/servers/servers.ts';
import { candidates, isNamedAsServer, nobodysAddresses, unknownImage } from '../../src/posture/servers.ts';

const host = (more: Partial<ServerHost>): ServerHost => ({
  kind: 'container-group',
  id: '/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerInstance/containerGroups/a',
  name: 'a',
  tags: {},
  identity: 'None',
  images: [],
  subnets: [],
  addresses: [],
  tokens: [],
  secureVariables: [],
  ...more,
});
const taken = (more: Partial<ServerHost>, behind: readonly string[] = []) =>
  candidates([host(more)], behind).flatMap(({ because }) => because);

for (const [image, server] of [
  ['mcp/filesystem', true],
  ['ghcr.io/modelcontextprotocol/fetch:2', true],
  ['crmcp.azurecr.io/github-mcp-server@sha256:0', true],
  ['registry.example:5000/Team/MCP_files', true],
  ['crmcp.azurecr.io/mcpserver:1', true],
  ['mcp.example/nginx:1', false],
  ['crmcp.azurecr.io/files:mcp-1', false],
  ['crmcp.azurecr.io/amcp-x', false],
  ['mcp:1', true],
  ['nginx', false],
] as const) {
  test(`an image ${image} is ${server ? 'a server’s' : 'none of a server'}`, () => {
    assert.deepEqual(taken({ images: ['nginx', image] }), server ? ['image'] : []);
  });
}

test('a tag of any value makes a server, and so does that the gateway forwards to it', () => {
  assert.deepEqual(taken({ tags: { mcpserver: 'no' } }), ['tag']);
  assert.deepEqual(taken({ addresses: ['Files.Internal'] }, ['files.internal']), ['backend']);
  assert.deepEqual(taken({ addresses: ['10.0.0.4'] }, ['10.0.0.5']), []);
  const all = { tags: { mcpserver: 'yes' }, images: ['mcp'], addresses: ['10.0.0.4', 'files.internal'] };
  assert.deepEqual(taken(all, ['FILES.internal']), ['tag', 'image', 'backend']);
  assert.deepEqual(
    candidates([host({}), host(all)], []).map((each) => each.host),
    [host(all)],
  );
});

test('an address at which no host answers is nobody’s', () => {
  assert.deepEqual(nobodysAddresses([host({ addresses: ['10.0.0.4', 'A.B'] })], ['10.0.0.4', 'a.b', '10.0.0.5']), [
    '10.0.0.5',
  ]);
});

test('a container of which Azure does not tell the image may be a server, unless a tag says that it is', () => {
  const { id } = host({});
  const detail = 'It runs a container, and Azure does not tell of which image: whether it is a server is unknown.';
  assert.deepEqual(unknownImage(host({ imagesUnread: true })), [{ reason: 'unreadable', resource: id, detail }]);
  for (const more of [{}, { tags: { mcpserver: 'x' } }, { imagesUnread: true as const, tags: { mcpserver: 'x' } }])
    assert.deepEqual(unknownImage(host(more)), []);
});

test('a name says that something is a server by a word of its own, in any letters', () => {
  assert.deepEqual(['The MCP server', 'files_mcp', 'mcphee', 'Files'].map(isNamedAsServer), [true, true, false, false]);
});
