import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { addToGateway, SERVICE_ID } from '../../../local/tenant/arm/seeds/case-study-platform.ts';
import { PERMISSIONS } from '../../../src/permissions/table.ts';
import { jwt, LEAVER, type PlatformWorld, startPlatform, told } from './platform-world.ts';

let arm: PlatformWorld['arm'];
let app: PlatformWorld['app'];
let scan: PlatformWorld['scan'];
let namedValue: PlatformWorld['namedValue'];
let GROUP: PlatformWorld['GROUP'];
let environment: PlatformWorld['environment'];
let prepare: PlatformWorld['prepare'];
before(async () => {
  ({ arm, app, scan, namedValue, GROUP, environment, prepare } = await startPlatform());
});
after(() => app.stop());
beforeEach(() => prepare());

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
