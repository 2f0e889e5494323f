import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  type AuthProvider,
  Client,
  type OAuthClientProvider,
  type Result,
  SdkHttpError,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  type VersionNegotiationMode,
} from '@modelcontextprotocol/client';
import { cannotRun, runStep, scriptOf } from '../../support/workflows/run-step.ts';
import { type Entra, simulatedEntra } from '../support/clients/entra.ts';
import { type GatewayOverHttp, serveGateway } from '../support/clients/gateway-over-http.ts';
import { type Person, personAt } from '../support/clients/person.ts';
import { earlierServer, newestServer, type SmallServer } from '../support/clients/small-servers.ts';
import { applicationToken } from '../support/gateway/callers.ts';
import { gatewayPlan, policiesIn } from '../support/gateway/gateway-plan.ts';
import { testGateway } from '../support/gateway/test-gateway.ts';

const EXAMPLE = join(import.meta.dirname, '../../../infra/examples/pipeline/call-mcp-tool.yml');
const HOST = 'https://mcp.contoso.com';
const NEWEST = { pin: '2026-07-28' };
const SCOPES = 'api://mcp-gateway-dev/mcp.tools.';

type Era = 'earlier' | 'newest';

const gateway = testGateway(async () =>
  policiesIn(
    await gatewayPlan({
      host_name: 'mcp.contoso.com',
      mcp_servers: {
        earlier: { backend_url: 'http://10.50.1.4:3000' },
        newest: { backend_url: 'http://10.50.1.5:3000' },
      },
    }),
  ),
);

/** The official client is told of nothing but a server's address at the gateway; the rest it learns there. */
let entra: Entra;
let front: GatewayOverHttp;
let servers: Readonly<Record<Era, SmallServer>>;
before(async () => {
  entra = simulatedEntra([`${HOST}/mcp/earlier`, `${HOST}/mcp/newest`]);
  servers = { earlier: await earlierServer(), newest: await newestServer() };
  front = await serveGateway({
    call: gateway.call,
    tokenOf: (bearer) => (bearer === 'pipeline' ? applicationToken(['mcp.tools.read.app']) : entra.tokenOf(bearer)),
    backends: { 'mcp-earlier': servers.earlier.url, 'mcp-newest': servers.newest.url },
  });
});
after(async () => {
  await front.close();
  await servers.earlier.close();
  await servers.newest.close();
});

async function reach(address: string | URL, init?: RequestInit): Promise<Response> {
  const url = new URL(address);
  if (url.origin === HOST) return fetch(`${front.url}${url.pathname}${url.search}`, init);
  return entra.fetch(url, init);
}

const transportTo = (era: Era, authProvider: OAuthClientProvider | AuthProvider): StreamableHTTPClientTransport =>
  new StreamableHTTPClientTransport(new URL(`${HOST}/mcp/${era}`), { authProvider, fetch: reach });

const clientIn = (mode: VersionNegotiationMode): Client =>
  new Client({ name: 'editor', version: '1' }, { versionNegotiation: { mode } });

interface Connected {
  readonly client: Client;
  readonly transport: StreamableHTTPClientTransport;
}

/** Signs in as clients do: the first connection is refused, the person signs in, the second stands. */
async function connect(mode: VersionNegotiationMode, era: Era, person: Person): Promise<Connected> {
  const first = transportTo(era, person.provider);
  await assert.rejects(clientIn(mode).connect(first), UnauthorizedError);
  await first.finishAuth(person.code());
  const transport = transportTo(era, person.provider);
  const client = clientIn(mode);
  await client.connect(transport);
  return { client, transport };
}

const textOf = (result: Result): unknown => (result as { content?: { text?: string }[] }).content?.[0]?.text;
const since = <T>(list: readonly T[], start: number): readonly T[] => list.slice(start);
const logged = (start: number): string[] =>
  since(front.outcomes, start).flatMap(({ events }) =>
    events.map(({ text }) => {
      const event = JSON.parse(text) as Record<string, unknown>;
      return `${event.tool_name} ${event.response_status} ${event.scope_used}`;
    }),
  );

const MEETINGS: readonly [VersionNegotiationMode, Era][] = [
  ['legacy', 'earlier'],
  ['auto', 'earlier'],
  ['auto', 'newest'],
  [NEWEST, 'newest'],
];

for (const [mode, era] of MEETINGS) {
  const name = typeof mode === 'string' ? mode : 'pinned';
  test(`a client in mode ${name} signs in, lists and calls a server of the ${era} era, and steps up to write`, async () => {
    const person = personAt(entra);
    const start = { seen: servers[era].seen.length, outcomes: front.outcomes.length };
    const { client, transport } = await connect(mode, era, person);
    assert.deepEqual(person.asked, [`${SCOPES}read`]);
    assert.equal(client.getNegotiatedProtocolVersion() === NEWEST.pin, era === 'newest');

    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map((tool) => tool.name),
      ['list_issues', 'create_issue'],
    );
    assert.equal(textOf(await client.callTool({ name: 'list_issues', arguments: {} })), 'list_issues was called');

    const write = () => client.callTool({ name: 'create_issue', arguments: { repo: 'shop' } });
    await assert.rejects(write(), UnauthorizedError);
    assert.deepEqual(new Set(person.asked[1]?.split(' ')), new Set([`${SCOPES}read`, `${SCOPES}write`]));
    await transport.finishAuth(person.code());
    assert.equal(textOf(await write()), 'create_issue was called');
    assert.equal(person.asked.length, 2);
    await client.close();

    assert.deepEqual(
      logged(start.outcomes).filter((line) => !line.startsWith('[')),
      ['list_issues 200 mcp.tools.read', 'create_issue 403 mcp.tools.write', 'create_issue 200 mcp.tools.write'],
    );
    const seen = since(servers[era].seen, start.seen);
    assert.deepEqual(
      seen.filter(({ headers }) => headers.authorization !== undefined),
      [],
    );
    assert.equal(seen.filter(({ method }) => method === 'tools/call').length, 2);
  });
}

for (const [mode, era] of MEETINGS.filter(([chosen]) => chosen !== 'auto')) {
  test(`a pipeline without the right to write and an unknown method are refused, at a server of the ${era} era`, async () => {
    const start = servers[era].seen.length;
    const client = clientIn(mode);
    await client.connect(transportTo(era, { token: async () => 'pipeline' }));
    await assert.rejects(
      client.callTool({ name: 'create_issue', arguments: {} }),
      /-32002.*lacks mcp\.tools\.write\.app/,
    );
    await assert.rejects(client.request({ method: 'resources/list' }), (error) => {
      assert.ok(error instanceof SdkHttpError);
      assert.equal(error.data.status, 404);
      assert.match(error.message, /-32601.*does not pass this method on/);
      return true;
    });
    assert.equal(textOf(await client.callTool({ name: 'list_issues', arguments: {} })), 'list_issues was called');
    await client.close();
    const reached = since(servers[era].seen, start).map(({ method }) => method);
    assert.ok(!reached.includes('resources/list'));
    assert.equal(reached.filter((method) => method === 'tools/call').length, 1);
  });
}

test('eras that do not meet: the client hears so from the server, as it would without the gateway', async () => {
  const unmet = [
    [NEWEST, 'earlier', /did not offer pinned protocol version/],
    ['legacy', 'newest', /-32601,"message":"Method not found"/],
  ] as const;
  for (const [mode, era, because] of unmet) {
    await assert.rejects(clientIn(mode).connect(transportTo(era, { token: async () => 'pipeline' })), because);
  }
});

for (const era of ['earlier', 'newest'] as const) {
  test(`the example pipeline calls a server of the ${era} era`, {
    skip: cannotRun(['bash', 'curl', 'jq', 'sed']),
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'example-'));
    try {
      writeFileSync(join(folder, 'mcp-headers'), 'Authorization: Bearer pipeline\n');
      const { code, output } = await runStep(scriptOf(EXAMPLE, 'Call the tool'), {
        PATH: process.env.PATH ?? '',
        RUNNER_TEMP: folder,
        GITHUB_REPOSITORY: 'contoso/payments',
        SERVER_URL: `${front.url}/mcp/${era}`,
        TOOL: 'list_issues',
        TOOL_ARGUMENTS: '{"repo":"shop"}',
      });
      assert.equal(code, 0, output);
      assert.match(readFileSync(join(folder, 'tool-result.json'), 'utf8'), /list_issues was called/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
