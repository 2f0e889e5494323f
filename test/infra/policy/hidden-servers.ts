import { describe, test } from 'node:test';
import type { ContainerGroup } from '../support/policy/container-group.ts';
import type { Verdict } from '../support/policy/evaluate-policy.ts';
import { developers, expectOn, server } from './policy-world.ts';

describe('the tag decides which groups are servers, by being there', () => {
  const bare: ContainerGroup = { images: ['contosomcp.azurecr.io/nginx:1.27'] };
  const judged = { managed_identity: 'denied', approved_subnet: 'denied' } as const;

  for (const tags of [
    { MCPServer: 'true' },
    { MCPServer: 'True' },
    { mcpserver: 'TRUE' },
    { MCPServer: 'false' },
    { MCPServer: 'FALSE' },
  ]) {
    test(`${JSON.stringify(tags)} is a server`, () => expectOn({ ...bare, tags }, judged));
  }

  for (const value of ['yes', '', '1', 'truee', ' true', 'true,false', 'n/a']) {
    test(`${JSON.stringify(value)} is a server too, and is reported as neither true nor false`, () => {
      expectOn({ ...bare, tags: { MCPServer: value } }, { ...judged, tag_value: 'audited' });
    });
  }

  for (const tags of [{}, { MCPServers: 'true' }, { role: 'MCPServer' }]) {
    test(`${JSON.stringify(tags)} is no server`, () => expectOn({ ...bare, tags }, {}));
  }
});

describe('a group that dropped the tag is found by its image', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const cases: readonly (readonly [image: string, expected: Verdict])[] = [
    ['contosomcp.azurecr.io/mcp-filesystem:1.2', 'audited'],
    ['contosomcp.azurecr.io/MCP-filesystem:1.2', 'audited'],
    ['contosomcp.azurecr.io/platform/mcp-github', 'audited'],
    ['contosomcp.azurecr.io/mcp-tools/filesystem:1.2', 'audited'],
    ['localhost:5000/mcp-filesystem:1.2', 'audited'],
    [`acme/mcp-x@${digest}`, 'audited'],
    ['mcp-filesystem:1.2', 'audited'],
    ['mcp-filesystem', 'audited'],
    ['mcp-acme/filesystem:1.2', 'audited'],
    ['mcp/github:latest', 'audited'],
    ['docker.io/mcp/github', 'audited'],
    ['ghcr.io/github/github-mcp-server:1.0', 'audited'],
    ['contosomcp.azurecr.io/filesystem-mcp:1.2', 'audited'],
    [`contosomcp.azurecr.io/filesystem-mcp@${digest}`, 'audited'],
    ['contosomcp.azurecr.io/filesystem-mcp', 'audited'],
    ['contosomcp.azurecr.io/acme-mcp/filesystem:1', 'audited'],
    ['contosomcp.azurecr.io/amcp-x', 'allowed'],
    ['contosomcp.azurecr.io/tools/amcp-x:1', 'allowed'],
    ['contosomcp.azurecr.io/mcp:1', 'audited'],
    ['contosomcp.azurecr.io/mcp_x', 'audited'],
    ['contosomcp.azurecr.io/mcpserver:1', 'audited'],
    [`contosomcp.azurecr.io/MCP@${digest}`, 'audited'],
    ['contosomcp.azurecr.io/nginx:mcp-1', 'allowed'],
    ['mcp-registry.azurecr.io/nginx:1.27', 'allowed'],
    ['mcp-registry:5000/nginx', 'allowed'],
    ['nginx', 'allowed'],
  ];
  for (const [image, expected] of cases) {
    test(`${image} is ${expected}`, () => {
      expectOn({ subnetIds: [developers], images: [image] }, { untagged_image: expected });
    });
  }

  test('a server hidden as the second container is found', () => {
    expectOn({ images: ['nginx', 'acme/mcp-x:1'] }, { untagged_image: 'audited' });
  });

  test('a tag that is not true is as good as none', () => {
    expectOn({ ...server, tags: { MCPServer: 'false' } }, { untagged_image: 'audited' });
    expectOn({ ...server, tags: { MCPServer: 'yes' } }, { untagged_image: 'audited', tag_value: 'audited' });
  });

  test('a container whose image comes from a profile does not fail the rule, which would deny it', () => {
    expectOn({ images: [undefined] }, {});
    expectOn({ images: [undefined, 'acme/mcp-x:1'] }, { untagged_image: 'audited' });
  });
});
