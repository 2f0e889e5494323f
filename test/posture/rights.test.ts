import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Right } from '../../src/posture/readings/gateway/gateway-apps.ts';
import { appLink, isForPeople, principalLink, rightOf, rightResource } from '../../src/posture/rights.ts';

test('a right is known by its value in any letters, for people or for applications, and by nothing like it', () => {
  const values: readonly (readonly [string, string | undefined])[] = [
    ['mcp.tools.read', 'read'],
    [' MCP.Tools.Write ', 'write'],
    ['mcp.tools.admin.app', 'admin'],
    ['mcp.tools.secrets', 'secrets'],
    ['x.mcp.tools.read', undefined],
    ['mcp.tools.reader', undefined],
    ['mcp.tools.read.app.x', undefined],
    ['mcp.tools', undefined],
  ];
  for (const [value, name] of values) assert.equal(rightOf(value), name, value);
});

test('a person can be given a scope always, and a role unless it is for applications alone', () => {
  const given = (kind: Right['kind'], ...members: readonly string[]) =>
    isForPeople({ kind, for: [...members] } as Right);
  assert.deepEqual(
    [
      given('scope', 'application'),
      given('role', 'application'),
      given('role', 'user'),
      given('role', 'application', 'user'),
    ],
    [true, false, true, true],
  );
});

test('a right has a stable name, by its id where it has no value', () => {
  const name = (kind: Right['kind'], value: string) => rightResource({ appId: 'a' }, { kind, value, id: 'i' } as Right);
  assert.deepEqual(
    [name('scope', 'mcp.tools.read'), name('role', 'x'), name('role', '')],
    ['applications/a/scopes/mcp.tools.read', 'applications/a/appRoles/x', 'applications/a/appRoles/i'],
  );
  assert.match(appLink('a'), /\/ApplicationMenuBlade\/~\/Overview\/appId\/a$/);
  assert.match(principalLink('a', 'o'), /\/Properties\/objectId\/o\/appId\/a$/);
});
