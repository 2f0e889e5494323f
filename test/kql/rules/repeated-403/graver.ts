import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../../../local/tenant/kql/values/values.ts';
import type { ToolCall } from '../../../../local/tenant/logs/state.ts';
import { ANA, BEN, many, resultOf } from '../../support/run-rule.ts';
import { audit, FROM, graver, NOW, privileged, refused, reported } from './world.ts';

const admin = (n: number, call: Partial<ToolCall> = {}, from = FROM): Row[] =>
  refused(n, { tool: 'update_webhook', toolClass: 'admin', scope: 'mcp.tools.admin', ...call }, from);

test('privileged refusals spread over servers weigh double, and make the graver alert', () => {
  const spread = (n: number) =>
    many(n, FROM, (index) => ({ server: `s${index % 3}`, toolClass: 'secrets', status: 403 }));
  assert.deepEqual(graver(spread(5)), []);
  assert.deepEqual(graver(spread(6)), [
    { caller: ANA, server: 'all servers', since: '2026-10-15 09:00', calls: 6, weight: 12 },
  ]);
  assert.deepEqual(reported(spread(6)), []);
});

for (const call of [
  { toolClass: 'admin', scope: 'mcp.tools.write' },
  { toolClass: 'Secrets', scope: '' },
  { toolClass: '', scope: 'mcp.tools.admin' },
  { toolClass: '', scope: 'MCP.Tools.Secrets' },
]) {
  test(`a refusal of class “${call.toolClass}” for “${call.scope}” weighs double, and is the graver alert's`, () => {
    assert.deepEqual(graver(refused(2, call)), []);
    assert.deepEqual(graver(refused(3, call)), [
      { caller: ANA, server: 'github', since: '2026-10-15 09:00', calls: 3, weight: 6 },
    ]);
    assert.deepEqual(reported(refused(60, call)), []);
  });
}

test('ordinary and privileged refusals add up, and one privileged among them makes it grave', () => {
  const later = '2026-10-15T09:05:00Z';
  assert.deepEqual(graver([...refused(3), ...admin(1, {}, later)]), []);
  const mixed = [...refused(4), ...admin(1, {}, later)];
  assert.equal(graver(mixed)[0]?.weight, 6);
  assert.deepEqual(reported(mixed), []);
  assert.deepEqual(
    privileged(mixed, NOW).map((row) => [row.category, row.privileged, row.tools]),
    [['privileged', 1, '["push_files","update_webhook"]']],
  );
  assert.equal(graver([...admin(1), ...refused(4, {}, later)])[0]?.weight, 6);
  // Ten minutes later they are no longer together.
  assert.deepEqual(graver([...refused(4), ...admin(1, {}, '2026-10-15T09:10:30Z')]), []);
});

test('the graver alert is more severe, and the saved search shows both', () => {
  const severity = (name: string) => audit.alerts.get(name)?.severity ?? Number.NaN;
  assert.ok(severity('repeated-403-privileged') < severity('repeated-403'));
  const rows = [...refused(6), ...admin(3, { oid: BEN })];
  assert.deepEqual(
    resultOf(audit.saved.get('repeated-403') ?? '', audit.schema, rows, new Date(NOW))
      .map(({ caller, category }) => [caller, category])
      .sort(),
    [
      [ANA, 'ordinary'],
      [BEN, 'privileged'],
    ],
  );
});
