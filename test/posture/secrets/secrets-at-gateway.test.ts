import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GatewayApi, GatewayBackend } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import type { GatewayApp } from '../../../src/posture/readings/gateway/gateway-apps.ts';
import { atGateway } from '../../../src/posture/secrets/secrets-at-gateway.ts';
import { api, flow, tokenCheck } from '../support/made-gateway.ts';

const [APP, NORMAL] = ['c0000000-0000-4000-8000-00000000000c', 'b0000000-0000-4000-8000-00000000000b'];
type Checks = readonly Parameters<typeof tokenCheck>[0][];
const way = (checks: Checks, more: Parameters<typeof flow>[0] = {}) =>
  flow({ of: 'API mcp-vault', resource: '/vault', checks: checks.map(tokenCheck), ...more });
const at = (flows: readonly ReturnType<typeof flow>[], more: Partial<GatewayApi> = {}): GatewayApi =>
  api({ path: 'mcp/vault', name: 'mcp-vault', targets: ['vault'], flows: [...flows], ...more });
const outcome = (
  apis: readonly GatewayApi[],
  backends: readonly GatewayBackend[] = [],
  apps: readonly GatewayApp[] = [],
) => atGateway({ server: 'vault', appId: APP }, { apis, backends }, apps, NORMAL);
const SECRETS = { audiences: [APP] };
const EVERYBODY = { audiences: [NORMAL] };
const told = (...given: Parameters<typeof outcome>) => {
  const { findings, doubts } = outcome(...given);
  return [
    ...findings.map(({ reason }) => reason),
    ...doubts.map(({ detail }) => detail.split(' ').slice(0, 3).join(' ')),
  ];
};
const UNCLEAR = 'For whom the';
const BESIDES = 'API other at';

test('what a server of secrets takes is said of the way through which it does', () => {
  assert.deepEqual(outcome([at([way([SECRETS]), way([EVERYBODY], { resource: '/op', of: 'operation get' })])]), {
    findings: [
      {
        ...{ reason: 'server-on-normal-app', resource: 'servers/vault' },
        says: 'The server vault hands out secrets, and operation get takes tokens of the gateway’s application, which people have.',
        evidence: { resource: '/op', call: 'policies 2024-05-01 rawxml' },
        remedy: { todo: 'Deploy vault with secrets = true, so that it takes tokens of the secrets application alone.' },
      },
    ],
    doubts: [],
  });
  const doubt = (detail: string) => ({
    findings: [],
    doubts: [{ reason: 'unreadable', resource: 'servers/vault', detail }],
  });
  const unclear = at([way([SECRETS]), way([{ audiences: ['x'] }], { of: 'operation get' })]);
  assert.deepEqual(
    outcome([unclear]),
    doubt('For whom the tokens are that operation get takes, the app does not understand.'),
  );
  const detail = 'No API of the gateway is at mcp/vault: which tokens the server takes is not known.';
  assert.deepEqual(outcome([api()]), {
    ...{ findings: [], doubts: [{ reason: 'no-data', resource: 'servers/vault', detail }] },
  });
});

test('a check counts where it says for whom, in whole, on every way that forwards', () => {
  const situations: readonly (readonly [string, GatewayApi, readonly string[]])[] = [
    ['a way that does not forward', at([way([SECRETS]), way([EVERYBODY], { forwards: false })]), []],
    ['a way that was not read', at([way([SECRETS]), way([EVERYBODY], { incomplete: true })]), []],
    ['one audience that nobody can tell', at([way([{ ...SECRETS, unread: ['<audience>'] }])]), [UNCLEAR]],
    ['no audience', at([way([{ audiences: [] }])]), [UNCLEAR]],
    ['everybody’s, and a third application’s', at([way([EVERYBODY, { audiences: ['x'] }])]), [UNCLEAR]],
    ['everybody’s, and its own in a branch', at([way([EVERYBODY, { ...SECRETS, conditional: true }])]), [UNCLEAR]],
    ['its own, and more that nobody understands', at([way([SECRETS], { unread: ['x'] })]), []],
    ['no check, and more that nobody understands', at([way([], { unread: ['x'] })]), [UNCLEAR]],
  ];
  for (const [what, one, expected] of situations) assert.deepEqual(told([one]), expected, what);
});

test('another API to the same place is a doubt, unless it takes those tokens alone', () => {
  const other = (flows: readonly ReturnType<typeof flow>[], more: Partial<GatewayApi> = {}): GatewayApi =>
    at(flows, { id: '/other', path: 'other', name: 'other', ...more });
  const own = at([way([SECRETS])]);
  const vault = { id: '/Backends/Vault', name: 'vault', origin: 'http://Vault.Internal:80' };
  const situations: readonly (readonly [string, GatewayApi, readonly string[], GatewayBackend[]?])[] = [
    ['everybody’s', other([way([EVERYBODY])]), [BESIDES]],
    ['those alone', other([way([SECRETS])]), []],
    ['those, and on one way everybody’s', other([way([SECRETS]), way([EVERYBODY])]), [BESIDES]],
    ['everybody’s, to two places', other([way([EVERYBODY])], { targets: ['x', 'vault'] }), [BESIDES]],
    ['everybody’s, to another place', other([way([EVERYBODY])], { targets: ['x'] }), []],
    ['another type', other([way([SECRETS])], { type: 'mcp' }), [BESIDES]],
    ['by its address', other([way([EVERYBODY])], { targets: ['http://vault.internal:80'] }), [BESIDES], [vault]],
    ['by the id of its backend', other([way([EVERYBODY])], { targets: ['/backends/vault'] }), [BESIDES], [vault]],
  ];
  for (const [what, one, expected, backends] of situations) {
    assert.deepEqual(told([own, one], backends), expected, what);
    assert.deepEqual(told([one, own], backends), expected, what);
  }
  assert.equal(
    outcome([own, other([way([EVERYBODY])])]).doubts[0]?.detail,
    'API other at /other forwards to where vault is, and takes other tokens than those for secrets: whether it leads to that server, the app does not know.',
  );
});

test('an application is known by its id, and by what it publishes itself', () => {
  const apps = [
    { appId: NORMAL, audiences: ['https://gateway.corp.example'] },
    { appId: APP, audiences: ['https://Secrets.corp.example/'] },
  ] as unknown as GatewayApp[];
  const takes = (audience: string) => told([at([way([{ audiences: [audience] }])])], [], apps);
  assert.deepEqual(takes('https://secrets.corp.example'), []);
  assert.deepEqual(takes('https://GATEWAY.corp.example/'), ['server-on-normal-app']);
  assert.deepEqual(takes(`api://${NORMAL}`), ['server-on-normal-app']);
});
