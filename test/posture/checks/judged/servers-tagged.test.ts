import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serversTagged } from '../../../../src/posture/checks/servers-tagged.ts';
import type { ServerHost } from '../../../../src/posture/readings/servers/servers.ts';
import { api } from '../../support/made-gateway.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

const host = (more: Partial<ServerHost> = {}): ServerHost => ({
  ...{ kind: 'container-group', id: '/groups/a', name: 'files', tags: { mcpserver: 'true' }, identity: 'UserAssigned' },
  ...{ images: [], subnets: [], addresses: ['10.40.0.4'], tokens: [], secureVariables: [], ...more },
});
const judge = (hosts: readonly ServerHost[], complete = true) =>
  serversTagged.judge(
    {
      servers: { hosts: [...hosts], complete },
      gateway: { apis: [api()], backends: [{ id: '/b', name: 'files', origin: 'http://10.40.0.4:8080' }] },
    },
    { at: '2026-11-23T04:10:00.000Z', settings: NO_SETTINGS },
  );

test('a server without the tag, or with another value, fails with why it is taken for one', () => {
  const found = (more: Partial<ServerHost>) =>
    judge([host(more)]).findings.map(({ reason, says, evidence }) => [reason, says, evidence.shows]);
  assert.deepEqual(found({}), []);
  assert.deepEqual(found({ tags: { mcpserver: 'True' } }), [
    [
      ...['tag-other-value', 'files has the tag MCPServer with the value “True”.'],
      { tag: 'True', taken_for_a_server_by: ['tag', 'backend'] },
    ],
  ]);
  const missing = (says: string, ...because: string[]) => [
    ['tag-missing', `files ${says} and has no tag MCPServer.`, { tag: 'none', taken_for_a_server_by: because }],
  ];
  assert.deepEqual(found({ tags: {} }), missing('answers where the gateway forwards tool calls', 'backend'));
  assert.deepEqual(found({ tags: {}, images: ['mcp/files'] }), missing('looks like an MCP server', 'image', 'backend'));
});

test('an address at which no host answers is a doubt, once all hosts were read', () => {
  const nobody = host({ tags: {}, addresses: [] });
  const detail = 'The gateway forwards to 10.40.0.4; which resource answers there, and with which tags, is not known.';
  assert.deepEqual(judge([nobody]), {
    ...{ findings: [], doubts: [{ reason: 'no-data', resource: '10.40.0.4', detail }], subjects: 0, evidence: [] },
    shows: { servers: 0 },
  });
  assert.deepEqual(judge([nobody], false).doubts, []);
});
