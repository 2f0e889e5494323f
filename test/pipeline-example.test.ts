import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { parse } from 'yaml';
import { cannotRun, runStep, scriptOf } from './support/workflows/run-step.ts';

const skip = cannotRun(['bash', 'curl', 'jq', 'sed']);
const EXAMPLE = `${import.meta.dirname}/../infra/examples/pipeline/call-mcp-tool.yml`;
const token = `header.${randomBytes(12).toString('hex')}.signature`;

interface Seen {
  readonly method: string;
  readonly authorization: string | undefined;
  readonly session: string | undefined;
  /** The headers that say a message's revision, method and name. */
  readonly said: readonly unknown[];
  readonly params: unknown;
}

/** An MCP server behind the gateway: of which era, and whether it answers as server-sent events. */
const gateway = { seen: [] as Seen[], newest: false, streams: true, answer: {} as object, status: 200 };
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
  const { authorization, 'mcp-session-id': session } = request.headers;
  const said = ['mcp-protocol-version', 'mcp-method', 'mcp-name'].map((name) => request.headers[name]);
  gateway.seen.push({ method: String(method), authorization, session: session?.toString(), said, params });
  if (gateway.status !== 200) return response.writeHead(gateway.status).end();
  if (id === undefined) return response.writeHead(202).end();
  const discovers = method === 'server/discover';
  if (discovers && !gateway.newest) return response.writeHead(404).end();
  const result = discovers ? { supportedVersions: ['2026-07-28'] } : {};
  const opens = discovers || method === 'initialize';
  const message = JSON.stringify({ jsonrpc: '2.0', id, ...(opens ? { result } : gateway.answer) });
  const opened = method === 'initialize' ? { 'mcp-session-id': 'session-1' } : {};
  if (!gateway.streams) return response.writeHead(200, { 'content-type': 'application/json', ...opened }).end(message);
  response.writeHead(200, { 'content-type': 'text/event-stream', ...opened });
  const progress = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params: {} });
  return response.end(`event: message\r\ndata: ${progress}\r\n\r\nevent: message\r\ndata: ${message}\r\n\r\n`);
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

const folder = mkdtempSync(path.join(tmpdir(), 'pipeline-example-'));
after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** A program that records its arguments, one call a line, before it does its work. */
function recorded(name: string, work: string): void {
  writeFileSync(
    path.join(folder, name),
    `#!/bin/bash\nprintf '%s ' ${name} "$@" >> "$RUNNER_TEMP/arguments"\n${work}\n`,
  );
  chmodSync(path.join(folder, name), 0o755);
}
recorded('az', `echo '${token}'`);
recorded('curl', 'PATH="$' + '{PATH#*:}" exec curl "$@"');

const env = {
  PATH: `${folder}:${process.env.PATH}`,
  RUNNER_TEMP: folder,
  GITHUB_REPOSITORY: 'contoso/payments',
  GATEWAY_AUDIENCE: 'api://mcp-gateway',
  SERVER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/github/mcp`,
  TOOL: 'search_code',
  TOOL_ARGUMENTS: '{"query":"it\'s \\"$(id)\\" `id`"}',
};
const getToken = scriptOf(EXAMPLE, 'Get a token for the gateway');
const callTool = scriptOf(EXAMPLE, 'Call the tool');

beforeEach(async () => {
  if (skip !== false) return;
  Object.assign(gateway, {
    seen: [],
    newest: false,
    streams: true,
    status: 200,
    answer: { result: { content: [{ type: 'text', text: 'found' }] } },
  });
  assert.equal((await runStep(getToken, env)).code, 0);
});

test('the token is masked, in a file that only the runner reads, and never an argument of a process', {
  skip,
}, async () => {
  const { code, output } = await runStep(getToken, env);
  assert.equal(code, 0);
  assert.equal(output, `::add-mask::${token}\n`);
  assert.equal(statSync(path.join(folder, 'mcp-headers')).mode & 0o777, 0o600);
  await runStep(callTool, env);
  const calls = readFileSync(path.join(folder, 'arguments'), 'utf8');
  assert.match(calls, /az account get-access-token --scope api:\/\/mcp-gateway\/.default/);
  assert.match(calls, /curl .*--header @mcp-headers/);
  assert.equal(calls.includes(token), false);
});

for (const streams of [true, false]) {
  test(`the tool is called in a session, with the arguments as they were given, and its answer is kept (${streams ? 'events' : 'JSON'})`, {
    skip,
  }, async () => {
    gateway.streams = streams;
    const { code, output } = await runStep(callTool, env);
    assert.equal(code, 0, output);
    assert.equal(output, '');
    assert.deepEqual(
      gateway.seen.map(({ method }) => method),
      ['server/discover', 'initialize', 'notifications/initialized', 'tools/call'],
    );
    assert.deepEqual(
      gateway.seen.map(({ session }) => session),
      [undefined, undefined, 'session-1', 'session-1'],
    );
    assert.ok(gateway.seen.every(({ authorization }) => authorization === `Bearer ${token}`));
    assert.deepEqual(gateway.seen[3]?.params, { name: 'search_code', arguments: JSON.parse(env.TOOL_ARGUMENTS) });
    const kept = JSON.parse(readFileSync(path.join(folder, 'tool-result.json'), 'utf8'));
    assert.deepEqual(kept, { content: [{ type: 'text', text: 'found' }] });
  });
}

test('a server of the newest revision is called without a session, and headers say what the body says', {
  skip,
}, async () => {
  gateway.newest = true;
  const { code, output } = await runStep(callTool, env);
  assert.equal(code, 0, output);
  assert.deepEqual(
    gateway.seen.map(({ said, session }) => [...said, session]),
    [
      ['2026-07-28', 'server/discover', undefined, undefined],
      ['2026-07-28', 'tools/call', 'search_code', undefined],
    ],
  );
  const { _meta, ...params } = (gateway.seen[1]?.params ?? {}) as Readonly<Record<string, Record<string, unknown>>>;
  assert.equal(_meta?.['io.modelcontextprotocol/protocolVersion'], '2026-07-28');
  assert.deepEqual(params, { name: 'search_code', arguments: JSON.parse(env.TOOL_ARGUMENTS) });
  assert.match(readFileSync(path.join(folder, 'tool-result.json'), 'utf8'), /found/);
});

test('a name that is not plain stays out of the headers: nothing is sent', { skip }, async () => {
  const { code, output } = await runStep(callTool, { ...env, TOOL: 'search_code\r\nX-Other: 1' });
  assert.notEqual(code, 0);
  assert.match(output, /not plain/);
  assert.deepEqual(gateway.seen, []);
});

test('it runs where a runner can reach the gateway, and not on those that anybody has', () => {
  const { jobs } = parse(readFileSync(EXAMPLE, 'utf8')) as Record<string, Record<string, Record<string, string>>>;
  assert.equal(jobs?.call?.['runs-on'], '$'.concat('{{ vars.MCP_RUNNER }}'));
});

const FAILURES = [
  [
    'a tool that reports an error',
    { result: { isError: true, content: [{ type: 'text', text: 'no such file' }] } },
    /no such file/,
  ],
  ['a request that the server refuses', { error: { code: -32602, message: 'unknown tool' } }, /unknown tool/],
] as const;

for (const [what, answer, says] of FAILURES) {
  test(`${what} fails the step, which says why`, { skip }, async () => {
    gateway.answer = answer;
    const { code, output } = await runStep(callTool, env);
    assert.notEqual(code, 0);
    assert.match(output, says);
  });
}

test('a gateway that refuses the caller fails the step before the tool is called, without telling the token', {
  skip,
}, async () => {
  gateway.status = 403;
  const { code, output } = await runStep(callTool, env);
  assert.notEqual(code, 0);
  assert.match(output, /403/);
  assert.equal(output.includes(token), false);
  assert.deepEqual(
    gateway.seen.map(({ method }) => method),
    ['server/discover'],
  );
});
