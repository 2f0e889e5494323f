import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerHost } from '../../src/posture/readings/servers/servers.ts';
import { candidates, nobodysAddresses } from '../../src/posture/servers.ts';

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
});

test('an address at which no host answers is nobody’s', () => {
  assert.deepEqual(nobodysAddresses([host({ addresses: ['10.0.0.4', 'A.B'] })], ['10.0.0.4', 'a.b', '10.0.0.5']), [
    '10.0.0.5',
  ]);
});
