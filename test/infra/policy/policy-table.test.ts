import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { before, describe, test } from 'node:test';
import { fc } from '../../support/properties.ts';
import { planOfModule } from '../support/plan-of-module.ts';
import { evaluatePolicy } from '../support/policy/evaluate-policy.ts';
import type { Json, JsonObject } from '../support/policy/json.ts';
import { violations } from '../support/policy/oracle.ts';
import { type PlannedPolicy, policiesOf } from '../support/policy/policies-of-plan.ts';
import {
  APPROVED,
  COMPUTE,
  IMAGE_PLACES,
  IMAGES,
  ROWS,
  SUBSCRIPTION,
  tagged,
  VARIABLE_PLACES,
  VARIABLES,
} from '../support/policy/resources.ts';
import { requestsOf } from '../support/policy/template/deployment.ts';

const infra = resolve(import.meta.dirname, '../../../infra');

let policies: ReadonlyMap<string, PlannedPolicy>;
before(async () => {
  const variables = { subscription_id: SUBSCRIPTION.slice(15), approved_subnet_ids: [APPROVED], effect: 'Audit' };
  policies = policiesOf(await planOfModule(join(infra, 'modules/policy'), { variables }));
});

/** The policies that report a request. None may fail on it: Azure refuses a deployment on which a rule fails. */
function objections(resource: JsonObject): readonly string[] {
  return inOrder([...policies.keys()].filter((key) => objects(key, resource)));
}

function objects(key: string, resource: JsonObject): boolean {
  const policy = policies.get(key);
  assert.ok(policy, key);
  const verdict = evaluatePolicy(policy, resource);
  assert.ok(verdict === 'allowed' || verdict === 'audited', `${key}: ${verdict}`);
  return verdict === 'audited';
}

const inOrder = (keys: Iterable<string>): readonly string[] => [...keys].sort();

describe('what each policy says of a request', () => {
  for (const [title, resource, expected] of ROWS) {
    test(`${String(resource.type)}: ${title}: ${expected || 'nothing'}`, () => {
      assert.deepEqual(objections(resource), inOrder(expected.split(' ').filter(Boolean)));
      assert.deepEqual(inOrder(violations(resource, [APPROVED])), inOrder(expected.split(' ').filter(Boolean)));
    });
  }

  test('the table is long enough, and each policy objects and stays silent in it', () => {
    assert.ok(ROWS.length >= 60, `${ROWS.length} rows`);
    for (const key of policies.keys()) {
      const rows = ROWS.filter(([, , expected]) => expected.split(' ').includes(key));
      assert.ok(rows.length >= 3, key);
    }
  });
});

test('each resource of nested deployments is judged, whatever is around it', () => {
  const nested = (name: string, ...resources: readonly Json[]): JsonObject => ({
    type: 'Microsoft.Resources/deployments',
    name,
    properties: { mode: 'Incremental', template: { resources } },
  });
  const server = { type: 'Microsoft.ContainerInstance/containerGroups', name: 'server', tags: { MCPServer: 'no' } };
  const site = {
    type: 'Microsoft.Web/sites',
    name: 'site',
    properties: {},
    resources: [{ type: 'config', name: 'web', properties: { appSettings: [{ name: 'GITHUB_PAT', value: 'x' }] } }],
  };
  const app = {
    type: 'Microsoft.App/containerApps',
    name: 'app',
    properties: { template: { containers: [{ image: 'acme/mcp-x' }] } },
  };
  const template = { resources: [nested('outer', server, nested('inner', site, nested('innermost', app)))] };
  const found = requestsOf(template).map((resource) => [resource.name ?? '', objections(resource).join(' ')]);
  assert.deepEqual(found, [
    ['server', 'approved_subnet managed_identity tag_value'],
    ['site', ''],
    ['web', 'plain_credentials'],
    ['app', 'other_compute'],
  ]);
});

describe('made-up requests', () => {
  const image = fc.tuple(
    fc.constantFrom('', 'contosomcp.azurecr.io/', 'localhost:5000/', 'mcp.example.com/', 'acme/', 'mcp/', 'mcp-acme/'),
    fc.constantFrom(
      'nginx',
      'mcp',
      'mcp-x',
      'x-mcp',
      'amcp-x',
      'mcpx',
      'github-mcp-server',
      'MCP-Files',
      'mcp_x',
      'x.mcp',
      'mcpserver',
    ),
    fc.constantFrom('', ':1.2', ':mcp', `@sha256:${'a'.repeat(64)}`),
  );
  const imageText = image.map((parts) => parts.join(''));
  const name = fc
    .array(
      fc.constantFrom(
        'github',
        'Token',
        'TOKENS',
        'pat',
        'path',
        'key',
        'monkey',
        'url',
        'id',
        'db',
        'password',
        'max',
      ),
      { minLength: 1, maxLength: 3 },
    )
    .chain((words) => fc.constantFrom('_', '-', '.', ':').map((separator) => words.join(separator)));
  const setting = fc.record(
    {
      name,
      value: fc.constantFrom<Json>('', 'x', 7, '@Microsoft.KeyVault(SecretUri=https://a)', '@microsoft.keyvault(b)'),
      secureValue: fc.constant('y'),
      secretRef: fc.constant('z'),
    },
    { requiredKeys: ['name'] },
  );
  const settings = fc.array(setting, { maxLength: 3 });
  const tags = fc.dictionary(
    fc.constantFrom('MCPServer', 'mcpserver', 'team'),
    fc.constantFrom('true', 'False', 'yes', ''),
    { maxKeys: 1 },
  );
  const inner = fc.record({ image: imageText, environmentVariables: settings }, { requiredKeys: [] });
  const container = fc.record({ properties: inner });
  const appContainer = fc.record({ image: imageText, env: settings }, { requiredKeys: [] });
  const containers = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<{ containers?: T[]; initContainers?: T[] }> =>
    fc.record(
      { containers: fc.array(one, { maxLength: 3 }), initContainers: fc.array(one, { maxLength: 2 }) },
      { requiredKeys: [] },
    );
  const siteConfig = fc.record(
    { appSettings: settings, linuxFxVersion: imageText.map((text) => `DOCKER|${text}`) },
    { requiredKeys: [] },
  );
  const groupProperties = fc
    .tuple(
      containers(container),
      fc.record(
        {
          subnetIds: fc.array(fc.constantFrom({ id: APPROVED }, { id: APPROVED.toLowerCase() }, { id: '/other' })),
          networkProfile: fc.constant({ id: '/profile' }),
        },
        { requiredKeys: [] },
      ),
    )
    .map((parts) => Object.assign({}, ...parts) as JsonObject);
  const identity = fc.constantFrom('None', 'SystemAssigned', 'UserAssigned', 'SystemAssigned,UserAssigned');
  const of = (type: string, properties: fc.Arbitrary<unknown>): fc.Arbitrary<JsonObject> =>
    fc.record({ type: fc.constant(type), tags, properties, identity: fc.record({ type: identity }) }).map(
      // Round trip: only what a request can say, without undefined.
      (resource) => JSON.parse(JSON.stringify(resource)) as JsonObject,
    );
  const request = fc.oneof(
    of('Microsoft.ContainerInstance/containerGroups', groupProperties),
    of('Microsoft.ContainerInstance/containerGroupProfiles', containers(container)),
    of('Microsoft.App/containerApps', fc.record({ template: containers(appContainer) })),
    of('Microsoft.App/jobs', fc.record({ template: containers(appContainer) })),
    of('Microsoft.Web/sites', fc.record({ siteConfig })),
    of('Microsoft.Web/sites/slots', fc.record({ siteConfig })),
    of('Microsoft.Web/sites/config', siteConfig),
  );

  test('get the verdicts that the purpose of the policies gives them', () => {
    fc.assert(
      fc.property(request, (resource) => {
        assert.deepEqual(objections(resource), inOrder(violations(resource, [APPROVED])));
      }),
      { numRuns: 500 },
    );
  });
});

test('an image is judged the same wherever it stands', () => {
  const wrong = IMAGE_PLACES.flatMap(([policy, place]) =>
    IMAGES.filter(([image, isMcp]) => objects(policy, place(image)) !== isMcp).map(([image]) => place(image)),
  );
  assert.deepEqual(wrong, []);
});

test('a variable is judged the same wherever it stands', () => {
  const wrong = VARIABLE_PLACES.flatMap((place) =>
    VARIABLES.filter(([one, isCredential]) => objects('plain_credentials', place([one])) !== isCredential).map(
      ([one]) => place([one]),
    ),
  );
  assert.deepEqual(wrong, []);
});

test('the tag on whatever else runs code is reported, and on nothing besides', () => {
  for (const type of COMPUTE) {
    for (const value of ['true', 'false', '']) {
      assert.ok(objects('other_compute', tagged(type, { mcpServer: value })), `${type} ${value}`);
    }
    assert.ok(!objects('other_compute', tagged(type, { team: 'MCPServer' })), type);
  }
  for (const type of ['Microsoft.Storage/storageAccounts', 'Microsoft.ContainerInstance/containerGroups']) {
    assert.ok(!objects('other_compute', tagged(type, { MCPServer: 'true' })), type);
  }
});
