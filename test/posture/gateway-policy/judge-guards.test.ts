import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostureSettings } from '../../../src/posture/check.ts';
import { apisLink, leadsToServer, showPolicy, unnamed } from '../../../src/posture/gateway-policy/gateway-links.ts';
import { judgeGuards } from '../../../src/posture/gateway-policy/judge-guards.ts';
import type { Flow, GatewayApi } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { AUDIENCE, api, flow, TENANT, tokenCheck } from '../support/made-gateway.ts';
import { NO_SETTINGS } from '../support/no-settings.ts';
import { told } from './gateway-policy-world.ts';

const OTHER = 'f0000000-0000-4000-8000-00000000000f';
const FILES = { id: '/backends/files', name: 'Files', origin: 'http://10.40.0.4:8080' };
const plain: Partial<GatewayApi> = { id: '/x', name: 'orders', label: 'Orders', path: 'orders', targets: ['orders'] };
const { id, flows } = api();
const [{ resource } = flow()] = flows;
const guards = (
  apis: readonly GatewayApi[],
  settings: Partial<PostureSettings> = {},
  ofService?: Flow,
  asked = false,
) =>
  judgeGuards(
    {
      gateway: { apis: [...apis], backends: [FILES], ...(ofService && { ofService }) },
      probes: {
        apis: asked ? [{ id, name: 'mcp-files', url: 'https://gw/mcp/files', status: 401, namesMetadata: true }] : [],
        servers: asked ? [{ id: FILES.id, name: 'Files', address: 'files:8080', reached: 'closed', at: [] }] : [],
      },
      ...{ network: { approved: [] }, origin: { subnets: [] } },
    },
    {
      at: '2026-11-23T04:10:00.000Z',
      settings: { ...NO_SETTINGS, TENANT_ID: TENANT, GATEWAY_APP_ID: AUDIENCE, ...settings },
    },
  );
const open = (more: Partial<Flow> = {}): Flow => flow({ checks: [], ...more });

test('where nothing fails it is shown which policies were read, which checks they hold and who was asked', () => {
  const judged = guards(
    [
      api({
        flows: [
          flow({ checks: [tokenCheck(), tokenCheck({ conditional: true, audiences: ['a', 'b'] })] }),
          flow({ product: 'p', policies: [] }),
        ],
      }),
      api({ ...plain, flows: [flow()] }),
    ],
    {},
    undefined,
    true,
  );
  const common = { resource, call: 'policies 2024-05-01 rawxml' };
  const always = `validate-azure-ad-token always ${AUDIENCE}`;
  assert.deepEqual(judged, {
    ...{ findings: [], doubts: [], subjects: 1 },
    evidence: [
      {
        ...{ ...common, hash: 'a'.repeat(64) },
        shows: {
          of: 'API mcp-files',
          policies: ['p aaaaaaaaaaaa'],
          checks: [always, 'validate-azure-ad-token in a branch a b'],
        },
      },
      { ...common, shows: { of: 'API mcp-files', product: 'p', policies: [], checks: [always] } },
    ],
    shows: { apis: ['/mcp/files'], probed: ['https://gw/mcp/files: 401'], servers: ['files:8080: closed'] },
  });
});

test('an open API is told with its policy and a command that shows it, and which check it leaves out', () => {
  const [missing] = guards([api({ flows: [open()] })]).findings;
  assert.deepEqual(missing && { ...missing, evidence: undefined }, {
    ...{ reason: 'no-token-check', resource, evidence: undefined },
    says: 'API mcp-files: It forwards without a check of the token.',
    remedy: {
      todo: 'Deploy the released policy with infra/modules/gateway: put the server into mcp_servers.',
      ...{ link: apisLink(id), command: showPolicy(resource) },
    },
  });
  const [leftOut] = guards([api({ flows: [open()] })], {}, flow()).findings;
  assert.deepEqual(
    [leftOut?.reason, leftOut?.says],
    ['base-missing', 'API mcp-files: The service’s policy checks tokens, and this one does not take it over.'],
  );
  const [byHand] = guards([api({ type: 'mcp', flows: [] })]).findings;
  assert.deepEqual(byHand, {
    ...{ reason: 'mcp-type-api', resource: id },
    says: 'API mcp-files is of the type MCP and made by hand: the released policy does not stand before it.',
    evidence: { resource: id, call: 'apis 2025-09-01-preview', shows: { path: 'mcp/files', type: 'mcp' } },
    remedy: {
      todo: 'Put the server into mcp_servers of infra/modules/gateway, and delete this API.',
      link: apisLink(id),
    },
  });
});

const wrong = flow({ checks: [tokenCheck({ audiences: [OTHER] })] });
const product = (more: Partial<Flow>): Flow => flow({ product: 'p', ...more });

test('whose fault it is that an API is open, and what nobody can say of it', () => {
  const situations: readonly (readonly [
    string,
    readonly GatewayApi[],
    readonly string[],
    Partial<PostureSettings>?,
    Flow?,
  ])[] = [
    [
      'a check that is wrong, where the service checks',
      [api({ flows: [wrong] })],
      ['check-other-audience'],
      { GATEWAY_AUDIENCES: ['x'] },
      flow(),
    ],
    [
      'no check, where the service’s is wrong',
      [api({ flows: [open()] })],
      ['no-token-check'],
      { GATEWAY_AUDIENCES: ['x'] },
      wrong,
    ],
    ['no check, where the service has none', [api({ flows: [open()] })], ['no-token-check'], {}, open()],
    ['an audience that no setting names', [api({ flows: [wrong] })], ['doubt: unreadable']],
    ['an audience that a setting names', [api({ flows: [wrong] })], [], { GATEWAY_AUDIENCES: [OTHER] }],
    [
      'the application by its address',
      [api({ flows: [flow({ checks: [tokenCheck({ audiences: [`api://${AUDIENCE}`] })] })] })],
      [],
    ],
    ['a product that checks', [api({ flows: [flow(), product({})] })], []],
    [
      'a product whose check nobody understands',
      [api({ flows: [flow(), product({ unread: ['x'] })] })],
      ['doubt: partial'],
    ],
    ['a product that was not read', [api({ flows: [flow(), product({ incomplete: true })] })], []],
    [
      'an API that is open by itself, and a product',
      [api({ flows: [open(), product({ checks: [] })] })],
      ['no-token-check'],
    ],
    [
      'one open way of two, and a product',
      [api({ flows: [flow(), open({ resource: '/op' }), product({ checks: [] })] })],
      ['no-token-check'],
    ],
    [
      'a way that nobody understands, and a product',
      [api({ flows: [flow({ unread: ['x'] }), product({ checks: [] })] })],
      ['doubt: unreadable'],
    ],
    ['a later revision', [api({ revision: '3' })], ['doubt: partial']],
    ['the first revision', [api({ revision: '1' })], []],
    ['an earlier revision that Azure lists itself', [api({ revision: '2', isCurrent: false })], []],
    ['a later revision of what is no server', [api(), api({ ...plain, revision: '3' })], []],
    ['a server’s API, and a guarded one of something else', [api(), api(plain)], []],
    ['no API that forwards', [api({ ...plain, flows: [flow({ forwards: false })] })], []],
  ];
  for (const [what, apis, expected, settings, ofService] of situations)
    assert.deepEqual(told(guards(apis, settings, ofService)), expected, what);
});

test('what nobody can say of an API is told with its name', () => {
  const later = guards([api({ revision: '3' })]).doubts;
  assert.deepEqual(
    later.map(({ resource: of, detail }) => [of, detail.split(':')[0]]),
    [[id, 'API mcp-files is at revision 3']],
  );
  assert.deepEqual(guards([api({ type: 'a2a', previewOnly: true })]).doubts, [
    { reason: 'unreadable', resource: id, detail: 'API mcp-files is of the type a2a, which the app does not know.' },
  ]);
  assert.equal(
    guards([api({ flows: [flow(), product({ of: 'operation post', checks: [] })] })]).doubts[0]?.detail,
    'Through product p the token check of operation post may be left out; whether the API is in that product, the app does not read.',
  );
});

test('what is neither named for a server nor asked without a token is not probed', () => {
  const other = api({ ...plain, name: 'mcp-later', type: 'a2a', previewOnly: true });
  assert.deepEqual(told(guards([api(), other], {}, undefined, true)), ['doubt: unreadable', 'doubt: no-data']);
});

test('two faults of one resource are one finding, whatever its letters', () => {
  const findings = guards([api({ flows: [open({ resource: resource.toUpperCase() }), wrong] })], {
    GATEWAY_AUDIENCES: ['x'],
  });
  assert.deepEqual(told(findings), ['no-token-check']);
});

test('an API leads to a server where one of its ways forwards, and links lead to its service', () => {
  const ways = [flow({ forwards: false }), flow()];
  assert.ok(leadsToServer(api({ flows: ways })));
  assert.deepEqual(unnamed([api({ ...plain, flows: ways }), api({ ...plain, name: 'stock' })]), [
    {
      ...{ reason: 'no-data', resource: 'apis' },
      detail: 'No API says by its name, its path or its backend that an MCP server is behind it: orders, stock.',
    },
  ]);
  const to = (path: string): string => `https://portal.azure.com/#@/resource${path}/apim-apis`;
  assert.equal(apisLink('/rg/SERVICE/apim/apis/a'), to('/rg/SERVICE/apim'));
  assert.equal(apisLink('/somewhere'), to('/somewhere'));
});
