import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Client, type Result, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { serveGateway } from '../support/clients/gateway-over-http.ts';
import { type StdioOverHttp, serveStdio } from '../support/clients/stdio-over-http.ts';
import { userToken } from '../support/gateway/callers.ts';
import { gatewayPlan, policiesIn } from '../support/gateway/gateway-plan.ts';
import { testGateway } from '../support/gateway/test-gateway.ts';

const SERVER = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));
/** What the server says when it takes its client's roots for the directories that it serves. */
const UPDATED = /Updated allowed directories/;
const STARTED = /Client does not support MCP Roots|Updated allowed directories/;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'reference-server-')));
after(() => rmSync(folder, { recursive: true, force: true }));
const [served, shop, payroll] = ['served', 'served/shop', 'payroll'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
for (const path of [served, shop, payroll]) {
  mkdirSync(path);
  writeFileSync(join(path, 'file.txt'), path);
}

const gateway = testGateway(async () =>
  policiesIn(
    await gatewayPlan({
      mcp_servers: {
        closed: { backend_url: 'http://10.50.1.4:3000' },
        opened: { backend_url: 'http://10.50.1.5:3000', allowed_roots: [pathToFileURL(served).href] },
      },
    }),
  ),
);

interface Connected {
  readonly client: Client;
  /** Why the client, asked for its roots, could not deliver its answer. */
  readonly undelivered: Promise<string>;
}

/** A client that declares roots and, asked for them, answers with this folder. */
async function connect(url: string, root: string): Promise<Connected> {
  const client = new Client({ name: 'editor', version: '1' }, { capabilities: { roots: { listChanged: true } } });
  client.setRequestHandler('roots/list', () => ({ roots: [{ uri: pathToFileURL(root).href }] }));
  const undelivered = new Promise<string>((done) => {
    client.onerror = ({ message }) => done(message);
  });
  const requestInit = { headers: { authorization: 'Bearer ann' } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  return { client, undelivered };
}

/** The reference server behind the gateway, with a client that wants this folder. */
async function behindGateway(
  server: 'closed' | 'opened',
  root: string,
  use: (connected: Connected, bridge: StdioOverHttp) => Promise<void>,
): Promise<void> {
  const bridge = await serveStdio(SERVER, [shop]);
  const front = await serveGateway({
    call: gateway.call,
    tokenOf: (bearer) => (bearer === 'ann' ? userToken('mcp.tools.read mcp.tools.write') : undefined),
    backends: { [`mcp-${server}`]: bridge.url },
  });
  try {
    const connected = await connect(`${front.url}/mcp/${server}`, root);
    await use(connected, bridge);
    await connected.client.close();
  } finally {
    await front.close();
    await bridge.close();
  }
}

const textOf = (result: Result): string => (result as { content?: { text?: string }[] }).content?.[0]?.text ?? '';
const call = async (client: Client, name: string, path?: string): Promise<string> =>
  textOf(await client.callTool({ name, arguments: path === undefined ? {} : { path } }));

/** The server serves this folder, and the file beside it stays unread. */
async function assertServes(client: Client, path: string, beside: string): Promise<void> {
  assert.equal(await call(client, 'list_allowed_directories'), `Allowed directories:\n${path}`);
  assert.equal(await call(client, 'read_text_file', join(path, 'file.txt')), path);
  assert.match(await call(client, 'read_text_file', join(beside, 'file.txt')), /Access denied/);
}

test('without the gateway the reference server serves whatever its client names', async () => {
  const bridge = await serveStdio(SERVER, [shop]);
  try {
    const { client } = await connect(`${bridge.url}/mcp`, '/');
    await bridge.said(UPDATED);
    assert.equal(await call(client, 'list_allowed_directories'), 'Allowed directories:\n/');
    assert.equal(await call(client, 'read_text_file', join(payroll, 'file.txt')), payroll);
    await client.close();
  } finally {
    await bridge.close();
  }
});

test('behind the gateway it hears of no roots, and asked it or not, gets none', async () => {
  await behindGateway('closed', '/', async ({ client, undelivered }, bridge) => {
    const started = await Promise.race([undelivered, bridge.said(STARTED)]);
    assert.match(started, /Client does not support MCP Roots/);
    await assertServes(client, shop, payroll);
    await assert.rejects(client.sendRootsListChanged(), /-32004/);
    // It asks all the same: whatever makes it ask, the answer is refused.
    bridge.tell({ jsonrpc: '2.0', method: 'notifications/roots/list_changed' });
    assert.match(await Promise.race([undelivered, bridge.said(UPDATED)]), /-32004/);
    await assertServes(client, shop, payroll);
  });
});

test('where roots are allowed it serves those, and no other', async () => {
  await behindGateway('opened', served, async ({ client }, bridge) => {
    await bridge.said(UPDATED);
    await assertServes(client, served, payroll);
  });
  await behindGateway('opened', '/', async ({ client, undelivered }, bridge) => {
    assert.match(await Promise.race([undelivered, bridge.said(UPDATED)]), /-32004/);
    await assertServes(client, shop, payroll);
  });
});
