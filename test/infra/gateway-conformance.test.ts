import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { conformanceServer } from './support/clients/conformance-server.ts';
import { serveGateway } from './support/clients/gateway-over-http.ts';
import { userToken } from './support/gateway/callers.ts';
import { gatewayPlan, policiesIn } from './support/gateway/gateway-plan.ts';
import { testGateway } from './support/gateway/test-gateway.ts';

const RUNNER = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'));

const UNSEEN = 'reads what tools read and would stand in no audit row: not passed on';
/** The scenarios that do not fit a gateway, and why. Each must fail: what passes does not belong here. */
const NOT_THROUGH_A_GATEWAY: Readonly<Record<string, string>> = {
  'completion-complete': UNSEEN,
  'resources-list': UNSEEN,
  'resources-read-text': UNSEEN,
  'resources-read-binary': UNSEEN,
  'resources-templates-read': UNSEEN,
  'resources-subscribe': UNSEEN,
  'resources-unsubscribe': UNSEEN,
  'prompts-list': UNSEEN,
  'prompts-get-simple': UNSEEN,
  'prompts-get-with-args': UNSEEN,
  'prompts-get-embedded-resource': UNSEEN,
  'prompts-get-with-image': UNSEEN,
  'dns-rebinding-protection': 'is about servers on the own machine without authentication, which it wants to admit',
};

const gateway = testGateway(async () =>
  policiesIn(
    await gatewayPlan({ mcp_servers: { conformance: { backend_url: 'http://10.50.1.4:3000', client_answers: true } } }),
  ),
);

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('the scenarios of the official conformance suite pass through the gateway, but for those named', async () => {
  const expected = join(folder, 'expected.yml');
  writeFileSync(
    expected,
    `server:\n${Object.keys(NOT_THROUGH_A_GATEWAY)
      .map((name) => `  - ${name}\n`)
      .join('')}`,
  );
  const server = await conformanceServer();
  const front = await serveGateway({
    call: gateway.call,
    // The suite signs in nowhere: it is taken for a person who may write.
    tokenOf: () => userToken('mcp.tools.read mcp.tools.write'),
    backends: { 'mcp-conformance': server.url },
  });
  const url = `${front.url}/mcp/conformance`;
  const args = [RUNNER, 'server', '--url', url, '--suite', 'all', '--expected-failures', expected, '-o', folder];
  try {
    const { code, output } = await run(args);
    assert.equal(code, 0, output);
  } finally {
    await front.close();
    await server.close();
  }
  assert.deepEqual([...server.methods].sort(), [
    'initialize',
    'logging/setLevel',
    'notifications/initialized',
    'ping',
    'tools/call',
    'tools/list',
  ]);
  const unknown = front.outcomes.filter(({ body }) => body?.includes('"code":-32601'));
  assert.equal(unknown.length, Object.values(NOT_THROUGH_A_GATEWAY).filter((why) => why === UNSEEN).length);
  // A recommendation that a server does not follow is a warning, and no failure: here each is followed.
  const warned = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('checks.json'))
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { id: string; status: string }[])
    .filter(({ status }) => status === 'WARNING');
  assert.deepEqual(warned, []);
});

function run(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((done) => {
    const child = execFile(process.execPath, args, { maxBuffer: 1 << 26 }, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? 1, output: `${stdout}${stderr}` }),
    );
  });
}
