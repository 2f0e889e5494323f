import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Facts, ofProbe, ofServers } from '../../../src/posture/gateway-policy/judge-probes.ts';
import { ELSEWHERE } from '../../../src/posture/gateway-policy/parsing/elements.ts';
import type { GatewayApi } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { api, flow } from '../support/made-gateway.ts';
import { told } from './gateway-policy-world.ts';

const { id } = api();
const NOTHING: Facts['probes'] = { apis: [], servers: [] };
const probe = (more: Partial<Facts['probes']['apis'][number]> = {}) => ({
  ...{ id, name: 'mcp-files', url: 'https://gw/mcp/files', status: 401, namesMetadata: true, ...more },
});
const server = (more: Partial<Facts['probes']['servers'][number]> = {}) => ({
  ...{ id: '/backends/files', name: 'Files', address: '10.40.0.4:8080', reached: 'closed' as const },
  ...{ at: ['10.40.0.4'], ...more },
});
const FILES = { id: '/backends/Files', name: 'Files', origin: 'http://10.40.0.4:8080' };

test('an API that answers without a token, and one that does not say where to get one, are told apart', () => {
  const of = (more: Partial<Facts['probes']['apis'][number]>) => ofProbe(api(), { apis: [probe(more)], servers: [] });
  const common = { resource: `${id}#probe` };
  const link =
    'https://portal.azure.com/#@/resource/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim/apim-apis';
  const evidence = (status: number, resource_metadata: boolean) => ({
    ...{ resource: id, call: 'POST https://gw/mcp/files', shows: { status, resource_metadata } },
  });
  assert.deepEqual(of({ status: 200 }), {
    findings: [
      {
        ...{ reason: 'answers-without-token', ...common, evidence: evidence(200, true) },
        says: 'https://gw/mcp/files answers 200 to somebody without a token, and not 401.',
        remedy: { todo: 'Deploy the released policy, and look for what answers in its place.', link },
      },
    ],
    doubts: [],
  });
  assert.deepEqual(of({ namesMetadata: false }), {
    findings: [
      {
        ...{ reason: 'no-metadata', ...common, evidence: evidence(401, false), severity: 'medium' },
        says: 'https://gw/mcp/files answers 401 without saying where a client gets a token.',
        remedy: { todo: 'Deploy the released policy, whose on-error section names resource_metadata.', link },
      },
    ],
    doubts: [],
  });
});

test('an API that was not asked is a doubt as soon as anything else was', () => {
  const unknown = {
    reason: 'no-data',
    resource: id,
    detail: 'What API mcp-files answers to somebody without a token is not known.',
  };
  const situations: readonly (readonly [string, Facts['probes'], doubts: readonly object[]])[] = [
    ['nobody asked', NOTHING, []],
    ['another API was asked', { apis: [probe({ id: '/other' })], servers: [] }, [unknown]],
    ['a server was asked', { apis: [], servers: [server()] }, [unknown]],
    ['it was asked, in other letters', { apis: [probe({ id: id.toUpperCase() })], servers: [server()] }, []],
  ];
  for (const [what, given, doubts] of situations)
    assert.deepEqual(ofProbe(api(), given), { findings: [], doubts }, what);
});

const of = (more: Partial<GatewayApi>, probes: Facts['probes'], backends: readonly (typeof FILES)[] = [FILES]) =>
  ofServers(api(more), { gateway: { apis: [], backends: [...backends] }, probes });

test('a server that takes connections past the gateway is told with the address that took one', () => {
  assert.deepEqual(of({}, { apis: [], servers: [server({ reached: 'open' })] }), {
    findings: [
      {
        ...{ reason: 'server-reachable', resource: '/backends/Files#probe' },
        says: 'Files takes connections at 10.40.0.4:8080 past the gateway.',
        evidence: { resource: '/backends/Files', call: 'connect 10.40.0.4:8080', shows: { reached: 'open' } },
        remedy: { todo: 'Let nobody but the gateway’s subnet into the servers’ subnet: infra/modules/network does.' },
      },
    ],
    doubts: [],
  });
  const past = (name: string, why: string): string =>
    `Whether server ${name} can be reached past the gateway is not known: it ${why}.`;
  assert.deepEqual(of({}, { apis: [], servers: [server({ reached: 'unresolved' })] }).doubts, [
    { reason: 'no-data', resource: '/backends/Files', detail: past('Files', 'has a name that the app cannot resolve') },
  ]);
  assert.deepEqual(of({}, { apis: [probe()], servers: [] }).doubts, [
    { reason: 'no-data', resource: id, detail: past('Files', 'is not asked') },
  ]);
});

test('where the servers are, and were asked for, decides what is not known of them', () => {
  const lone = { apis: [], servers: [server({ id: '/backends/other' })] };
  const situations: readonly (readonly [
    string,
    Partial<GatewayApi>,
    Facts['probes'],
    readonly (typeof FILES)[],
    readonly string[],
  ])[] = [
    ['another server was asked', {}, lone, [FILES], ['doubt: no-data']],
    ['the backends were not read', { targets: ['lost'] }, lone, [], []],
    ['one of the backends is not in the list', { targets: ['lost'] }, lone, [FILES], ['doubt: no-data']],
    ['an address that no list need have', { targets: ['https://x:1'] }, lone, [], ['doubt: no-data']],
    ['what an expression says', { targets: [ELSEWHERE] }, lone, [], ['doubt: no-data']],
    ['what an expression says, and nobody asked', { targets: [ELSEWHERE] }, NOTHING, [], []],
    ['no target, and its policy was read', { targets: [] }, lone, [FILES], ['doubt: no-data']],
    ['no target, and nothing forwards', { targets: [], flows: [flow({ forwards: false })] }, lone, [FILES], []],
    ['no target, and half of it was read', { targets: [], flows: [flow({ incomplete: true })] }, lone, [FILES], []],
    [
      'no target, and it holds what nobody understands',
      { targets: [], flows: [flow({ unread: ['x'] })] },
      lone,
      [FILES],
      [],
    ],
    [
      'no target, and one of its ways was read',
      { targets: [], flows: [flow({ incomplete: true }), flow()] },
      ...([lone, [FILES], ['doubt: no-data']] as const),
    ],
  ];
  for (const [what, more, given, backends, expected] of situations)
    assert.deepEqual(told(of(more, given, backends)), expected, what);
  assert.deepEqual(of({ targets: [] }, lone).doubts, [
    { reason: 'no-data', resource: id, detail: 'Where API mcp-files forwards is not written in its policy.' },
  ]);
});
