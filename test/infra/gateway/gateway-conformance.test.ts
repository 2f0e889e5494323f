import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { conformanceServer } from '../support/clients/conformance-server.ts';
import { serveGateway } from '../support/clients/gateway-over-http.ts';
import { userToken } from '../support/gateway/callers.ts';
import { gatewayPlan, policiesIn } from '../support/gateway/gateway-plan.ts';
import { testGateway } from '../support/gateway/test-gateway.ts';

const RUNNER = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'));

/** The scenarios that do not fit a gateway, and why. Each must fail: what passes does not belong here. */
const NOT_THROUGH_A_GATEWAY: Readonly<Record<string, string>> = {
  'dns-rebinding-protection': 'is about servers on the own machine without authentication, which it wants to admit',
};

const gateway = testGateway(async () =>
  policiesIn(
    await gatewayPlan({
      mcp_servers: {
        conformance: { backend_url: 'http://10.50.1.4:3000', client_answers: true, resources: true, prompts: true },
      },
    }),
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
    'completion/complete',
    'initialize',
    'logging/setLevel',
    'notifications/initialized',
    'ping',
    'prompts/get',
    'prompts/list',
    'resources/list',
    'resources/read',
    'resources/subscribe',
    'resources/unsubscribe',
    'tools/call',
    'tools/list',
  ]);
  const logged = front.outcomes.flatMap(({ events }) =>
    events.map(({ text }) => JSON.parse(text) as Readonly<Record<string, string>>),
  );
  const read = logged.filter(({ tool_name }) => tool_name === '[resources/read]');
  assert.deepEqual(
    read.map(({ resource_accessed }) => resource_accessed),
    ['uri=test://static-text', 'uri=test://static-binary', 'uri=test://template/123/data'],
  );
  assert.ok(logged.some(({ resource_accessed }) => resource_accessed?.endsWith('resourceUri=test://example-resource')));
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
