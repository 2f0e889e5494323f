import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { evaluate } from '../../../../local/tenant/kql/evaluate.ts';
import { INGESTION_TIME } from '../../../../local/tenant/kql/values/values.ts';
import { AUDIT_SCHEMA } from '../../../../local/tenant/logs/state.ts';
import { auditRowOf } from '../../../../src/ingestion/audit-row.ts';
import { readToolCall } from '../../../../src/ingestion/tool-call.ts';
import { toolCall, userToken } from '../../support/gateway/callers.ts';
import { gateway, KEY_HEAD } from './world.ts';

/** What the detection of bulk reading says of one call, by what the gateway and the ingestion make of it. */
async function readInBulk(parameters: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> {
  const body = toolCall('read_multiple_files', parameters);
  const { events } = await gateway.call({ policy: 'filesystem', body, token: userToken('mcp.tools.read') });
  const reading = readToolCall(new TextEncoder().encode(events[0]?.text));
  assert.ok(reading.kind === 'tool-call');
  assert.equal(reading.call.response_status, 200);
  const at = new Date(reading.call.timestamp);
  const row = { ...auditRowOf(reading.call), TimeGenerated: at, timestamp_t: at, [INGESTION_TIME]: at };
  const limits = `
    let lookback = 3h; let maximumCalls = 100; let maximumDirectories = 20;
    let maximumCallsOverCallers = 500; let maximumDirectoriesOverCallers = 100;
    let servers = dynamic(["filesystem"]); let tools = dynamic([]); let zone = "UTC"; let expected = dynamic({});`;
  const query = limits + readFileSync(new URL('../../../../kql/file-system-volume.kql', import.meta.url), 'utf8');
  const answer = evaluate(query, AUDIT_SCHEMA, { MCPAuditLog_CL: [row] }, new Date(at.getTime() + 60_000));
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.rows;
}

const DOCUMENTS = Array.from({ length: 101 }, (_, at) => `/payroll/${at}/list.xlsx`);
const HIDDEN: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['as they are', { paths: DOCUMENTS }],
  ['behind a long path', { paths: [`/${'./'.repeat(2_000)}docs/a.md`, ...DOCUMENTS] }],
  ['behind semicolons', { paths: [`/docs/${';'.repeat(500)}`, ...DOCUMENTS] }],
  ['behind another argument', { uri: `/${'./'.repeat(2_000)}docs/a.md`, paths: DOCUMENTS }],
  ['behind what looks like a key', { paths: [`/${KEY_HEAD}/../docs/a.md`, ...DOCUMENTS] }],
  ['behind a key in another argument', { uri: KEY_HEAD, paths: DOCUMENTS }],
  ['behind what looks like a password', { paths: ['/"password": "/../../docs/a.md', ...DOCUMENTS] }],
  ['behind codes that take the commas along', { paths: Array.from({ length: 22 }, (_, at) => `/${at}/x&code=12345`) }],
  ['behind a number of their own', { paths: ['/docs/a... [1 in all]', ...DOCUMENTS, '/docs/a... [1 in all]'] }],
  ['in an object each', { rows: Array.from({ length: 101 }, (_, at) => ({ path: `/payroll/${at}.xlsx` })) }],
  ['in more objects than are logged', { rows: Array.from({ length: 900 }, (_, at) => ({ path: `/payroll/${at}` })) }],
  ['in an argument for one path', { path: DOCUMENTS.slice(0, 22) }],
];
for (const [how, parameters] of HIDDEN) {
  test(`documents that one call names are counted by the detection of bulk reading ${how}`, async () => {
    assert.equal((await readInBulk(parameters)).length, 1);
  });
}

test('a call for ten documents is not bulk reading, with whatever names', async () => {
  for (const name of ['list; of 2026.xlsx', 'Moreau, Alex.pdf', '[id].tsx', 'token=x']) {
    const paths = DOCUMENTS.slice(0, 10).map((path) => path.replace('list.xlsx', name));
    assert.deepEqual(await readInBulk({ paths }), [], name);
  }
});
