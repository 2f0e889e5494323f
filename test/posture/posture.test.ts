import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assignmentNotRequired } from '../../src/posture/assignment-not-required.ts';
import { exceptionFor, idleIn, tooLongIn } from '../../src/posture/exceptions.ts';
import type { GatewayApp, Right } from '../../src/posture/readings/gateway/gateway-apps.ts';
import { isForPeople, rightOf, rightResource } from '../../src/posture/rights.ts';
import { startsServer } from '../../src/posture/server-commands.ts';

test('a value stands for a right, whoever it is for, and another for none', () => {
  assert.deepEqual(['mcp.tools.read', ' MCP.Tools.Write ', 'mcp.tools.admin.app', 'mcp.tools.secrets'].map(rightOf), [
    'read',
    'write',
    'admin',
    'secrets',
  ]);
  for (const value of ['mcp.tools.reader', 'xmcp.tools.read', 'mcp-tools-read', ''])
    assert.equal(rightOf(value), undefined, value);
});

test('a scope is for people, a role unless it is for applications and nothing else', () => {
  const right = (kind: string, members: readonly string[]) => isForPeople({ kind, for: members } as unknown as Right);
  assert.ok(right('scope', []));
  assert.ok(!right('role', ['application']));
  assert.ok(right('role', ['user']));
  assert.ok(right('role', ['application', 'user']));
  const named = (kind: string, value: string) =>
    rightResource({ appId: 'a' }, { kind, value, id: 'i' } as unknown as Right);
  assert.deepEqual(
    [named('scope', 'v'), named('role', 'v'), named('role', '')],
    ['applications/a/scopes/v', 'applications/a/appRoles/v', 'applications/a/appRoles/i'],
  );
});

test('a command line starts a server by the names of its packages', () => {
  for (const text of [
    'npx @modelcontextprotocol/server-files',
    'mcp_server',
    'server-mcp',
    'FastMCP run',
    'uvx mcp-files',
    'node files-mcp.js',
    'x-mcp',
  ])
    assert.ok(startsServer(text), text);
  for (const text of ['mcp', 'amcp-files', 'mcp-1', 'npm test', 'x-mcpx', '']) assert.ok(!startsServer(text), text);
});

const failure = (id: string, reason: string, severity: 'high' | 'low') => ({ id, reason, severity });
const AT = '2026-11-23T10:00:00.000Z';
const exception = (more: object = {}) => ({ finding: 'F', reason: 'known', by: 'us', until: '2026-12-01', ...more });

test('a failure is accepted until the last day of its exception, for half a year at most', () => {
  const one = failure('F', 'open', 'high');
  const accepted = (more: object, of = one, all = [one]) =>
    exceptionFor(of, [exception(more)], { at: AT, all }) !== undefined;
  assert.ok(accepted({}));
  assert.ok(accepted({ until: '2026-11-23' }) && !accepted({ until: '2026-11-22' }));
  assert.ok(accepted({ until: '2027-05-22' }) && !accepted({ until: '2027-05-23' }));
  assert.ok(!accepted({ finding: 'G' }));
  assert.ok(accepted({ covers: 'open' }) && !accepted({ covers: 'other' }));
  assert.deepEqual(
    tooLongIn([exception({ until: '2027-05-22' }), exception({ finding: 'G', until: '2027-05-23' })], AT),
    ['G'],
  );
  const mild = failure('F', 'mild', 'low');
  assert.ok(!accepted({}, one, [one, mild]), 'of two things under one id the least grave is meant');
  assert.ok(accepted({}, mild, [one, mild]));
  assert.ok(accepted({}, one, [one, failure('G', 'x', 'low')]));
});

test('an exception of what does not fail may go', () => {
  const checks = [{ failures: [failure('F', 'open', 'high')] }] as never;
  assert.deepEqual(
    idleIn(
      [exception(), exception({ covers: 'open' }), exception({ covers: 'x' }), exception({ finding: 'G' })],
      checks,
    ),
    ['F', 'G'],
  );
});

test('an application that gives tokens to everybody is told, and one that is not there is not', () => {
  const app = (principal: object | undefined) =>
    ({ appId: 'a', name: 'The gateway', principal }) as unknown as GatewayApp;
  assert.deepEqual(assignmentNotRequired(app(undefined)), []);
  assert.deepEqual(assignmentNotRequired(app({ objectId: 'o', assignmentRequired: true })), []);
  const [found] = assignmentNotRequired(app({ objectId: 'o', assignmentRequired: false }));
  assert.equal(found?.resource, 'servicePrincipals/o');
});
