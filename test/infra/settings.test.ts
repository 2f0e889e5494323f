// With the files of the folder `settings` in one process: each would plan the module for itself.
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import * as z from 'zod';
import { emptyWebhook } from '../../local/tenant/webhook/vendor.ts';
import { ROLES } from '../../src/api/access/caller.ts';
import { ROUTES } from '../../src/api/routes/index.ts';
import { loadConfig, Settings } from '../../src/config.ts';
import { detectTokens } from '../../src/credentials/detector/detect-tokens.ts';
import { PAGE_FILES } from '../../src/page-files.ts';
import { app, ofType, only, read, resources, root, settings, text } from './settings/world.ts';
import { containerGroupOfPlan } from './support/policy/container-group.ts';
import { evaluatePolicy } from './support/policy/evaluate-policy.ts';
import type { JsonObject } from './support/policy/json.ts';
import { policiesAmong } from './support/policy/policies-of-plan.ts';
import './settings/resources.ts';
import './settings/alerts.ts';
import './settings/access-to-storage.ts';

const isVaultReference = (value: string): boolean =>
  /^@Microsoft\.KeyVault\(VaultName=[\w-]+;SecretName=[\w-]+\)$/.test(value);

/** What is in the vault and no address. */
const SECRETS: Readonly<Record<string, string>> = { WEBHOOK_SECRET: emptyWebhook().secret };

/** The setting as the app sees it: Functions puts the secret where a reference stood. */
function resolved(): Record<string, string> {
  const entries = Object.entries(settings);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      isVaultReference(value) ? (SECRETS[name] ?? 'https://vault.example') : value,
    ]),
  );
}

test('the app starts with the settings that Terraform gives it', () => {
  assert.doesNotThrow(() => loadConfig(resolved()));
});

test('the platform’s own servers and app are what its policies ask for', () => {
  const policies = policiesAmong(resources);
  assert.ok(policies.size >= 6);
  const groups = ofType('azurerm_container_group').map(({ values }) => containerGroupOfPlan(values as JsonObject));
  assert.notEqual(groups.length, 0);
  const site = {
    type: 'Microsoft.Web/sites',
    tags: {},
    properties: { siteConfig: { appSettings: app.siteConfig.appSettings } },
  };
  for (const resource of [...groups, site]) {
    for (const [key, policy] of policies) assert.equal(evaluatePolicy(policy, resource), 'allowed', key);
  }
});

test('the effects of the policies are the root’s to choose', () => {
  const effects = [...policiesAmong(resources)].map(([key, { parameters }]) => [key, parameters.effect]);
  assert.deepEqual(Object.fromEntries(effects), {
    approved_subnet: { value: 'Deny' },
    managed_identity: { value: 'Deny' },
    other_compute: { value: 'Deny' },
    plain_credentials: { value: 'Audit' },
    tag_value: { value: 'Deny' },
    untagged_image: { value: 'Audit' },
  });
  assert.deepEqual(policiesAmong(resources).get('plain_credentials')?.parameters.harmlessNames, {
    value: ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'CACHE_KEY'],
  });
});

test('every setting that has no default is set', () => {
  const required = Object.entries(Settings.shape).filter(([, schema]) => !schema.safeParse(undefined).success);
  assert.deepEqual(
    required.map(([name]) => name).filter((name) => settings[name] === undefined),
    [],
  );
});

test('every other setting of the app is set, or can be', () => {
  const offered = globSync('infra/modules/offboarding/variables*.tf', { cwd: root }).map(read).join('\n');
  const neither = Object.keys(Settings.shape).filter(
    (name) => settings[name] === undefined && !offered.includes(`"${name}"`),
  );
  // Where people sign in is Entra, which browsers look up themselves; it is for tenants on one machine.
  assert.deepEqual(neither, ['SIGN_IN_METADATA']);
});

test('no setting is unknown to both the app and Functions', () => {
  const triggers = globSync('src/triggers/**/*.ts', { cwd: root }).map(read).join('\n');
  const connections = [...triggers.matchAll(/^const CONNECTION = '(\w+)'/gm)].map(([, name]) => name);
  const placeholders = [...`${read('host.json')}${triggers}`.matchAll(/%([A-Z_]+)%/g)].map(([, name]) => name);
  const known = new Set<string | undefined>([
    ...Object.keys(Settings.shape),
    ...placeholders,
    ...['AzureWebJobsStorage__accountName', 'AzureWebJobsStorage__credential', 'AzureWebJobsStorage__clientId'],
    'AzureWebJobsDisableHomepage',
    ...['APPLICATIONINSIGHTS_CONNECTION_STRING', 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'],
    ...connections.flatMap((name) => [`${name}__credential`, `${name}__clientId`]),
    ...['LeaverQueue__queueServiceUri', 'ToolCalls__fullyQualifiedNamespace'],
  ]);
  assert.deepEqual(
    Object.keys(settings).filter((name) => !known.has(name)),
    [],
  );
  for (const name of [...placeholders, ...connections.map((connection) => `${connection}__credential`)])
    assert.ok(name !== undefined && settings[name], `${name} is not set`);
});

test('the host signs in to storage as an identity: a connection string, even an empty one, would come first', () => {
  assert.equal(settings.AzureWebJobsStorage, undefined);
  assert.equal(settings.AzureWebJobsStorage__credential, 'managedidentity');
  assert.match(settings.TASK_HUB_NAME ?? '', /^[A-Za-z][A-Za-z0-9]{2,44}$/);
});

test('without a token the platform lets through what the app answers to anybody, the console’s files, and no more', () => {
  const { body } = only('azapi_update_resource', 'authentication') as {
    body: { properties: { globalValidation: { excludedPaths: readonly string[] } } };
  };
  const open = ROUTES.filter(({ access }) => access.kind === 'anybody').map(({ path }) => path as string);
  const console = ['/console', '/console/', ...Object.keys(PAGE_FILES).map((file) => `/console/${file}`)];
  const events = ['/runtime/webhooks/eventgrid', '/runtime/webhooks/EventGrid'];
  assert.deepEqual(
    body.properties.globalValidation.excludedPaths.toSorted(),
    [...open, ...console, ...events].toSorted(),
  );
});

test('no setting is a secret', () => {
  for (const [name, value] of Object.entries(settings)) {
    if (isVaultReference(value)) continue;
    assert.deepEqual(detectTokens(value), [], name);
    // A server may be called so: what stands behind its name is a client id.
    const said = name === 'APPLICATION_ONLY_SERVERS' ? value.replaceAll(/[^,=]+=(?=[0-9a-f-]{36}(,|$))/g, '') : value;
    assert.doesNotMatch(said, /AccountKey=|SharedAccess|[?&;]sig=|password|secret/i, name);
  }
});

test('each identity is told to the app under its own name, and none is ever offboarded', () => {
  const identity = (name: string) => only('azurerm_user_assigned_identity', 'this', name);
  assert.equal(settings.READER_CLIENT_ID, identity('reader').client_id);
  assert.equal(settings.REMOVER_CLIENT_ID, identity('remover').client_id);
  assert.equal(settings.INGESTOR_CLIENT_ID, identity('ingestor').client_id);
  assert.equal(settings.AzureWebJobsStorage__clientId, identity('host').client_id);
  const { PROTECTED_OIDS } = loadConfig(resolved());
  for (const name of ['reader', 'remover', 'ingestor', 'host'])
    assert.ok(PROTECTED_OIDS.includes(text(identity(name).principal_id)), name);
});

test('the API’s tokens have its client id as audience, and the roles that the app knows', () => {
  const api = only('azuread_application', 'api');
  assert.equal(settings.API_AUDIENCE, api.client_id);
  const roles = z.array(z.object({ value: z.string() })).parse(api.app_role);
  assert.deepEqual(roles.map(({ value }) => value).sort(), [...ROLES].sort());
});

test('the package’s Node is the app’s', () => {
  const { runtime } = app.functionAppConfig;
  assert.equal(runtime.name, 'node');
  assert.match(read('scripts/build.ts'), new RegExp(`target: 'node${runtime.version}'`));
});
