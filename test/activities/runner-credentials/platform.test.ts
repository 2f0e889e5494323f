import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { scanPlatform } from '../../../activities/runner-credentials/platform/scan-platform.ts';
import { addToGateway, SERVICE_ID } from '../../../local/tenant/arm/seeds/case-study-platform.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { PERMISSIONS } from '../../../src/permissions/table.ts';
import { gatherUnowned } from '../../../src/steps/runner-credentials/rules/tokens/unowned-tokens.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const seed = seedContext();
const arm = seedArm(seed);
const mint = makeTokenMint();
const app = await startApp({ vendors: (core) => [makeArm(core, arm)], storage: 'memory' });
after(() => app.stop());
const { platform } = WORLD.subscriptions;
const [ana] = WORLD.colleagues;
const LEAVER: Leaver = {
  oid: WORLD.leaver.oid as Oid,
  state: 'active',
  displayName: WORLD.leaver.displayName,
  givenName: 'Alex',
  familyName: 'Moreau',
  userPrincipalName: WORLD.leaver.userPrincipalName,
  github: [],
  devops: [],
};

beforeEach(() => {
  const fresh = seedArm(seed);
  for (const kind of ['namedValues', 'gatewayObjects', 'containerGroups'] as const) arm[kind].clear();
  for (const row of fresh.namedValues.all()) arm.namedValues.add(row);
  for (const row of fresh.gatewayObjects.all()) arm.gatewayObjects.add(row);
  for (const row of fresh.containerGroups.all()) arm.containerGroups.add(row);
});

async function scan(leaver: Leaver = LEAVER, settings: typeof app.config = app.config): Promise<StepResult> {
  const about = { caseId: makeCaseId(leaver.oid, 1), leaver };
  const { ref } = await scanPlatform.handler(about, { ...app.context, settings });
  return getJson<StepResult>(app.config, ref);
}

/** Kind, severity and status of what was found besides the seeded access policy. */
const told = ({ findings }: StepResult): string[] =>
  findings
    .filter(({ kind }) => kind !== 'connection-access')
    .map(({ kind, severity, status, evidence }) => `${kind} ${severity} ${status} ${evidence.owner}`)
    .sort();

/** A token of Entra that names somebody by object id. */
const jwt = (oid: string): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iss = `https://login.microsoftonline.com/${WORLD.tenantId}/v2.0`;
  const claims = { iss, tid: WORLD.tenantId, oid, exp: Math.floor(Date.now() / 1_000) + 86_400 };
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${Buffer.alloc(256, 7).toString('base64url')}`;
};

const namedValue = (name: string, value: string, secret = false): void => {
  arm.namedValues.add({ serviceId: SERVICE_ID, name, value, secret, version: 1 });
};
const GROUP = arm.containerGroups.all()[0];
assert.ok(GROUP !== undefined);
const environment = (variables: readonly object[], command: readonly string[] = []): void => {
  const container = { name: 'server', properties: { command, environmentVariables: variables } };
  arm.containerGroups.add({ ...GROUP, properties: { containers: [container] } });
};
const policy = (text: string) => ({ format: 'rawxml', value: text });

test('a platform without tokens: every source is read, and an access policy of the leaver is cut', async () => {
  const { coverage, findings } = await scan();
  assert.deepEqual(
    coverage.map(({ source, state, looked }) => `${source} ${state} ${looked.count}`),
    [
      'gateway/named-values complete 2',
      'gateway/backends complete 1',
      'gateway/policies complete 3',
      'gateway/credential-manager complete 1',
      'azure/container-environment:11111111-aaaa-4bbb-8ccc-000000000001 complete 1',
      'azure/container-environment:22222222-aaaa-4bbb-8ccc-000000000002 complete 0',
    ],
  );
  assert.deepEqual(
    findings.map(({ kind, status, remedy }) => `${kind} ${status} ${remedy?.risk}`),
    ['connection-access planned safe'],
  );
});

test('the leaver’s token, wherever in the platform it stands', async (t) => {
  const places: readonly [string, () => void, string][] = [
    [
      'a named value',
      () => namedValue('upstream', jwt(LEAVER.oid)),
      'token-in-named-value critical manual-action leaver',
    ],
    [
      'a header of a backend',
      () => addToGateway(arm, 'backends/crm', { credentials: { header: { 'x-key': [jwt(LEAVER.oid)] } } }),
      'token-in-backend critical manual-action leaver',
    ],
    [
      'the authorisation of a backend',
      () =>
        addToGateway(arm, 'backends/crm', {
          credentials: { authorization: { scheme: 'Bearer', parameter: jwt(LEAVER.oid) } },
        }),
      'token-in-backend critical manual-action leaver',
    ],
    [
      'the address of a backend',
      () => addToGateway(arm, 'backends/crm', { url: `https://crm.example/?t=${jwt(LEAVER.oid)}` }),
      'token-in-backend critical manual-action leaver',
    ],
    ...[
      'policies/policy',
      'policyFragments/auth',
      'products/unlimited/policies/policy',
      'apis/files/policies/policy',
      'apis/files/operations/post/policies/policy',
    ].map((path): [string, () => void, string] => [
      path,
      () =>
        addToGateway(
          arm,
          path,
          policy(`<set-header name="Authorization"><value>Bearer ${jwt(LEAVER.oid)}</value></set-header>`),
        ),
      'token-in-policy critical needs-code-change leaver',
    ]),
    [
      'the environment of a container',
      () => environment([{ name: 'UPSTREAM', value: jwt(LEAVER.oid) }]),
      'token-in-container critical manual-action leaver',
    ],
    [
      'the command of a container',
      () => environment([], ['server', '--token', jwt(LEAVER.oid)]),
      'token-in-container critical manual-action leaver',
    ],
    [
      'the address of a volume',
      () => {
        const volumes = [{ name: 'code', gitRepo: { repository: `https://x:${jwt(LEAVER.oid)}@git.example/a.git` } }];
        arm.containerGroups.add({ ...GROUP, properties: { containers: [], volumes } });
      },
      'token-in-container critical manual-action leaver',
    ],
  ];
  for (const [name, plant, expected] of places) {
    await t.test(name, async () => {
      const before = arm.gatewayObjects.all().map((row) => ({ ...row }));
      plant();
      assert.deepEqual(told(await scan()), [expected]);
      arm.gatewayObjects.clear();
      for (const row of before) arm.gatewayObjects.add(row);
      arm.namedValues.delete(`${SERVICE_ID}/namedValues/upstream`);
      arm.containerGroups.add(GROUP);
    });
  }
});

test('one rule says whose a token in the platform is', async (t) => {
  const rows: readonly [string, () => void, readonly string[]][] = [
    [
      'a colleague’s by object id',
      () => namedValue('upstream', jwt(ana.oid)),
      ['token-in-named-value info nothing-to-do someone-else'],
    ],
    ['nobody’s', () => namedValue('upstream', mint.mint('npm')), ['unowned-tokens medium manual-action unknown']],
    [
      'one that the name makes likely',
      () => namedValue('ALEX_MOREAU_NPM', mint.mint('npm')),
      ['token-in-named-value high manual-action likely'],
    ],
    [
      'a secret one that is named after the leaver',
      () => namedValue('alex-moreau-key', 'hidden', true),
      ['named-after-leaver medium manual-action unknown'],
    ],
    [
      'a secure value that is named after the leaver',
      () => environment([{ name: 'ALEX_MOREAU_KEY', value: null, secureValue: null }]),
      ['named-after-leaver medium manual-action unknown'],
    ],
    ['a text without a token', () => namedValue('region', 'westeurope'), []],
  ];
  for (const [name, plant, expected] of rows) {
    await t.test(name, async () => {
      plant();
      assert.deepEqual(told(await scan()), expected);
      for (const { name: of } of arm.namedValues.all())
        if (!WORLD.apim.namedValues.some((known) => known === of))
          arm.namedValues.delete(`${SERVICE_ID}/namedValues/${of}`);
      arm.containerGroups.add(GROUP);
    });
  }
});

test('tokens that nobody owns are one finding of the service and one of the subscription', async () => {
  namedValue('upstream', mint.mint('npm'));
  environment([{ name: 'NPM', value: mint.mint('npm') }]);
  const gathered = gatherUnowned((await scan()).findings).filter(({ kind }) => kind === 'unowned-tokens');
  assert.deepEqual(
    gathered.map(({ resource }) => `${resource.system} ${resource.type} ${resource.id}`),
    [`gateway service ${WORLD.apim.name}`, `azure subscription ${platform}`],
  );
  const listed = await app.context.vendors.storage.listUnowned({ system: 'gateway', organisation: WORLD.apim.name });
  assert.deepEqual(
    listed.map(({ words }) => words),
    ['named value upstream of the gateway'],
  );
  arm.namedValues.delete(`${SERVICE_ID}/namedValues/upstream`);
  await scan();
  assert.deepEqual(
    await app.context.vendors.storage.listUnowned({ system: 'gateway', organisation: WORLD.apim.name }),
    [],
    'a place that was read without it is forgotten',
  );
});

test('whose right to a kept sign-in is cut, and which sign-in may be the leaver’s', async () => {
  const crm = 'authorizationProviders/crm/authorizations';
  addToGateway(arm, `${crm}/crm-service/accessPolicies/elsewhere`, {
    tenantId: '99999999-0000-4000-8000-000000000000',
    objectId: LEAVER.oid,
  });
  addToGateway(arm, `${crm}/crm-service/accessPolicies/ana`, { tenantId: WORLD.tenantId, objectId: ana.oid });
  addToGateway(arm, `${crm}/alex-moreau`, { authorizationType: 'OAuth2', status: 'Connected' });
  const { findings } = await scan();
  assert.deepEqual(
    findings.map(({ kind, status, resource }) => `${kind} ${status} ${resource.id.split('/').at(-1)}`),
    ['connection-access planned alex', 'connection-named-after-leaver manual-action alex-moreau'],
  );
});

test('without one action exactly the lines that rest on it are denied, and by its name', async (t) => {
  const rows = PERMISSIONS.flatMap(({ identity, grant, neededFor }) => {
    const lines = neededFor.flatMap((each) =>
      each.kind === 'coverage' && each.step === 'runner-credentials' ? [each.source] : [],
    );
    const ours = identity === 'reader' && grant.kind === 'azure-action' && grant.scope !== 'workspace';
    return ours && lines.length > 0 && !grant.action.startsWith('Microsoft.Authorization/')
      ? [{ action: grant.action, lines }]
      : [];
  });
  assert.ok(rows.length >= 14);
  for (const { action, lines } of rows) {
    await t.test(action, async () => {
      app.reader.azure.delete(action);
      const { coverage } = await scan();
      app.reader.azure.add(action);
      const denied = coverage.filter(({ state }) => state === 'denied');
      assert.deepEqual([...new Set(denied.map(({ source }) => source.split(':')[0]))], lines);
      assert.deepEqual([...new Set(denied.map(({ missingPermission }) => missingPermission))], [action]);
    });
  }
});

test('without a gateway, and without subscriptions, nothing is asked', async () => {
  const { GATEWAY_APIM_ID: _, ...settings } = app.config;
  const none = await scan(LEAVER, { ...settings, DENY_LIST_NAMED_VALUES: [], SUBSCRIPTION_IDS: [] });
  assert.deepEqual([none.findings, none.coverage], [[], []]);
});
