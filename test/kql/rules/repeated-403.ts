import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../../local/tenant/kql/values.ts';
import type { ToolCall } from '../../../local/tenant/logs/state.ts';
import { defaultAudit, tunedAudit } from '../support/deployed-audit.ts';
import { ANA, BEN, many, PIPELINE, rule } from '../support/run-rule.ts';

const run = rule(await defaultAudit(), 'repeated-403');
const FROM = '2026-10-15T09:00:00Z';
const NOW = '2026-10-15T09:30:00Z';

const refused = (n: number, call: Partial<ToolCall> = {}, from = FROM): Row[] =>
  many(n, from, () => ({ tool: 'get_secret', server: 'secrets', status: 403, ...call }));
const reported = (rows: readonly Row[]) =>
  run(rows, NOW).map(({ caller, tool, since, calls, weight }) => ({ caller, tool, since, calls, weight }));

test('the sixth refusal at one tool in ten minutes is reported, the fifth is not', () => {
  assert.deepEqual(reported(refused(5)), []);
  assert.deepEqual(run(refused(6), NOW), [
    {
      caller: ANA,
      upn: 'ana@northwind-capital.example',
      tool: 'get_secret',
      since: '2026-10-15 09:00',
      calls: 6,
      weight: 6,
      servers: '["secrets"]',
      scopes: '["mcp.tools.read"]',
    },
  ]);
});

test('refusals are counted by caller, by tool and by ten minutes', () => {
  assert.deepEqual(reported([...refused(5), ...refused(5, { tool: 'list_secrets' })]), []);
  assert.deepEqual(reported([...refused(5), ...refused(5, { oid: BEN })]), []);
  assert.deepEqual(reported(refused(10, {}, '2026-10-15T09:09:10Z')), []);
});

test('other refusals than 403 are not this', () => {
  for (const status of [200, 401, 404, 429, 500]) assert.deepEqual(reported(refused(50, { status })), []);
});

for (const scope of ['mcp.tools.admin', 'mcp.tools.secrets', 'MCP.Tools.Admin']) {
  test(`a refusal for ${scope} weighs double: the third is reported, the second is not`, () => {
    assert.deepEqual(reported(refused(2, { scope })), []);
    assert.deepEqual(reported(refused(3, { scope })), [
      { caller: ANA, tool: 'get_secret', since: '2026-10-15 09:00', calls: 3, weight: 6 },
    ]);
  });
}

test('ordinary and privileged refusals add up', () => {
  const ordinary = refused(2);
  const privileged = (n: number) => refused(n, { scope: 'mcp.tools.admin' }, '2026-10-15T09:05:00Z');
  assert.deepEqual(reported([...ordinary, ...privileged(1)]), []);
  assert.deepEqual(reported([...ordinary, ...privileged(2)])[0]?.weight, 6);
});

test('a pipeline that knocks on is reported as a person is', () => {
  assert.deepEqual(reported(refused(6, { oid: PIPELINE, upn: '' }))[0]?.caller, PIPELINE);
});

test('a batch that was delivered twice counts once', () => {
  const rows = refused(5);
  assert.deepEqual(reported([...rows, ...rows]), []);
  // Without a request id, refusals of different instants or resources are different ones.
  const anonymous = refused(6).map((row) => ({ ...row, apim_request_id_s: '' }));
  assert.equal(reported(anonymous)[0]?.calls, 6);
  const atOnce = Array.from({ length: 6 }, (_, index) => refused(1, { resource: `secret-${index}` })).flat();
  assert.equal(reported(atOnce.map((row) => ({ ...row, apim_request_id_s: '' })))[0]?.calls, 6);
});

test('an id in capitals is the same caller', () => {
  const rows = [...refused(3), ...refused(3, { oid: ANA.toUpperCase() }, '2026-10-15T09:05:00Z')];
  assert.deepEqual(
    reported(rows).map(({ caller, calls }) => [caller, calls]),
    [[ANA, 6]],
  );
});

test('ten minutes are reported again only while rows are added to them', () => {
  const late = refused(1, { ingestedAt: new Date('2026-10-15T11:00:00Z') }, '2026-10-15T09:09:00Z');
  assert.equal(run(refused(6), '2026-10-15T10:01:00Z').length, 1);
  assert.deepEqual(run(refused(6), '2026-10-15T10:02:00Z'), []);
  assert.deepEqual(run([...refused(5), ...late], '2026-10-15T10:59:00Z'), []);
  assert.equal(run([...refused(5), ...late], '2026-10-15T11:59:00Z')[0]?.calls, 6);
});

test('the weight, the limit and the scopes can be set', async () => {
  const strict = rule(await tunedAudit(), 'repeated-403');
  assert.deepEqual(strict(refused(2), NOW), []);
  assert.equal(strict(refused(3), NOW).length, 1);
  assert.equal(strict(refused(1, { scope: 'mcp.tools.write' }), NOW).length, 1);
  assert.deepEqual(strict(refused(1, { scope: 'mcp.tools.admin' }), NOW), []);
});
