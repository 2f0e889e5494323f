import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type * as z from 'zod';
import { measure } from '../../src/posture/metric.ts';
import { personalCredentials } from '../../src/posture/metrics/personal-credentials.ts';
import type { Gap } from '../../src/posture/reading.ts';
import { gatewayApis } from '../../src/posture/readings/gateway/gateway-apis.ts';
import { type MachineServer, machineServers } from '../../src/posture/readings/servers/machine-servers.ts';
import type { ServerHost } from '../../src/posture/readings/servers/servers.ts';
import { SERVER_COMMAND, startsServer } from '../../src/posture/server-commands.ts';
import { api } from './support/made-gateway.ts';
import { NO_SETTINGS } from './support/no-settings.ts';

const AT = '2026-11-23T04:10:00.000Z';
const RG = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerInstance/containerGroups';
const host = (name: string, more: Partial<ServerHost> = {}): ServerHost => ({
  kind: 'container-group',
  id: `${RG}/${name}`,
  name,
  tags: { mcpserver: 'true' },
  identity: 'UserAssigned',
  images: [],
  subnets: [],
  addresses: ['10.40.0.4'],
  tokens: [],
  secureVariables: [],
  ...more,
});
const token = (holder: 'personal' | 'service') => ({
  ...{ variable: 'TOKEN', type: 'github-classic', holder, sha256: 'a'.repeat(64), lastFour: 'abcd' },
});
const place = (repository: string, sha: string) => ({
  ...{ organisation: 'northwind', repository, token: sha, type: 'github-classic', does: 'starts-server' as const },
});
const running = (device: string, reachedAt?: string) => ({
  ...{ device, command: 'b'.repeat(64), first: AT, last: AT },
  ...(reachedAt === undefined ? {} : { reachedAt }),
});
interface Firm {
  readonly hosts?: readonly ServerHost[];
  readonly places?: readonly ReturnType<typeof place>[];
  readonly devices?: readonly ReturnType<typeof running>[];
  readonly gaps?: readonly Gap[];
  /** How many secrets GitHub keeps. */
  readonly secrets?: number;
  readonly runners?: z.output<typeof machineServers.shape>;
  readonly gateway?: z.output<typeof gatewayApis.shape>;
  /** Whether all hosts were read. */
  readonly complete?: boolean;
}
function told({ hosts = [], places = [], devices = [], gaps = [], secrets = 0, runners, gateway, complete }: Firm) {
  const read = (source: string, facts: unknown, its: readonly Gap[] = []) => ({ source, at: AT, gaps: its, facts });
  return measure(
    personalCredentials,
    {
      servers: read('azure/servers', { hosts, complete: complete ?? true }),
      gateway: read('gateway/apis', gateway ?? gatewayApis.nothing),
      pipelines: read('github/pipeline-tokens', { places }, gaps),
      secrets: read('github/stored-secrets', { uses: [], stored: [], names: secrets }),
      workstations: read('defender/workstation-servers', { servers: devices }),
      runners: read('store/machine-servers', runners ?? machineServers.nothing),
    },
    { at: AT, settings: NO_SETTINGS },
  );
}
const measured = (firm: Firm) => {
  const { state, value, terms } = told(firm);
  return [state, value, terms.in_azure, terms.in_pipelines, terms.on_workstations, terms.on_runners];
};

test('servers of Azure, places of pipelines and commands of workstations are counted, each once', () => {
  assert.deepEqual(measured({ hosts: [host('a')] }), ['exact', 0, 0, 0, 0, 0]);
  assert.match(told({}).arithmetic, /not counted on runners, of which none reports$/);
  const firm: Firm = {
    hosts: [
      host('a'),
      host('b', { identity: 'SystemAssigned' }),
      host('c', { tokens: [token('personal')] }),
      host('d', { tokens: [token('service')] }),
      host('e', { identity: 'None', tokens: [token('personal')] }),
      host('f', { identity: 'systemassigned, userassigned', tokens: [token('service'), token('personal')] }),
      host('g', { tokens: [token('service')] }),
      host('none', { tags: {}, identity: 'None' }),
    ],
    places: [place('Crm', 'f1'), place('crm', 'F1'), place('crm', 'f2')],
    devices: [running('d-1', AT), running('d-2'), running('d-3', AT)],
  };
  assert.deepEqual(measured(firm), ['exact', 8, 4, 2, 2, 0]);
});

test('servers on runners count where they are given what is, or may be, a person’s; each once', () => {
  const server = (name: string, credential: MachineServer['credential'], machine = 'github/northwind/laptop-7') => ({
    ...{ machine, client: 'claude-code', name, transport: 'stdio' as const, credential, said: AT },
  });
  const servers = [
    ...[server('crm', 'personal'), server('CRM', 'personal'), server('crm', 'unknown', 'github/northwind/other')],
    ...[server('docs', 'service'), server('files', 'none')],
  ];
  assert.deepEqual(measured({ runners: { servers, machines: 2 } }), ['exact', 2, 0, 0, 0, 2]);
  assert.match(told({ runners: { servers, machines: 2 } }).arithmetic, /2 on runners$/);
  const gone = [{ machine: 'github/northwind/laptop-7', client: 'claude-code', name: 'left', lastNamed: AT }];
  assert.deepEqual(measured({ runners: { servers, gone, machines: 2 } }), ['at-least', 2, 0, 0, 0, 2]);
});

test('where something was not read, or Azure does not tell, there are at least so many', () => {
  const gap: Gap = { reason: 'no-data', source: 'github/pipeline-tokens', detail: 'secrets' };
  assert.deepEqual(measured({ places: [place('crm', 'f1')], gaps: [gap] }).slice(0, 2), ['at-least', 1]);
  for (const kind of ['aks', 'web-app'] as const) {
    assert.deepEqual(measured({ hosts: [host('a', { kind })], places: [place('crm', 'f1')] }).slice(0, 2), [
      'at-least',
      1,
    ]);
    // At least none is no number.
    assert.deepEqual(measured({ hosts: [host('a', { kind })] }).slice(0, 2), ['unknown', undefined]);
  }
  assert.equal(measured({ hosts: [host('a', { kind: 'web-app', tags: {} })] })[0], 'exact');
  assert.equal(measured({ hosts: [host('a', { tags: {}, imagesUnread: true })] })[0], 'unknown');
  // Of a secret GitHub tells the name.
  assert.deepEqual(measured({ places: [place('crm', 'f1')], secrets: 2 }).slice(0, 2), ['at-least', 1]);
});

test('what nobody can count is told with the reason', () => {
  const doubts = (firm: Firm): string[] => told(firm).gaps.map(({ source, detail }) => `${source}: ${detail}`);
  const own = `${RG}/a`;
  const cluster: Partial<ServerHost> = { kind: 'aks', identity: 'None', tokens: [token('personal')] };
  assert.deepEqual(doubts({ hosts: [host('a', cluster)] }), [
    `servers-with-personal-credentials:${own}: What runs in a Kubernetes cluster only its own API tells, which is not read.`,
  ]);
  assert.deepEqual(measured({ hosts: [host('a', cluster)], places: [place('crm', 'f1')] }).slice(1, 3), [1, 0]);
  assert.match(doubts({ hosts: [host('a', { kind: 'web-app' })] }).join(), /: The settings of a web app tell secrets/);
  const gateway = { apis: [api()], backends: [{ id: '/b', name: 'files', origin: 'http://10.40.0.9:80' }] };
  assert.deepEqual(doubts({ hosts: [host('a')], gateway }), [
    'servers-with-personal-credentials:10.40.0.9: The gateway forwards to 10.40.0.9; with which credentials what answers there runs, is not known.',
  ]);
  assert.deepEqual(doubts({ hosts: [host('a')], gateway, complete: false }), []);
});

test('Defender and pipelines are searched by the same words', () => {
  const query = readFileSync(new URL('../../kql/posture/workstation-servers.kql', import.meta.url), 'utf8');
  assert.ok(query.includes(`let pattern = "${SERVER_COMMAND.source}";`));
  for (const text of [
    'run: npx -y @ModelContextProtocol/server-github',
    'uses: docker://mcp/github-mcp-server',
    'uvx mcp-atlassian',
  ]) {
    assert.ok(startsServer(text), text);
  }
  for (const text of ['npm ci', 'uses: actions/checkout@v4', 'bmcp', 'tmcpanel']) assert.ok(!startsServer(text), text);
});
