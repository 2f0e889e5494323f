import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { addToGateway, SERVICE_ID } from '../../../local/tenant/arm/seeds/case-study-platform.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { gatherUnowned } from '../../../src/steps/runner-credentials/rules/tokens/unowned-tokens.ts';
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

const mint = makeTokenMint();
const { platform } = WORLD.subscriptions;
const [ana] = WORLD.colleagues;

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
