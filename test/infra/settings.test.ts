import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import * as z from 'zod';
import { evaluate } from '../../local/tenant/kql/evaluate.ts';
import type { Schema } from '../../local/tenant/kql/schema.ts';
import { bind } from '../../local/tenant/kql/syntax/bind.ts';
import { INGESTION_TIME, type Row } from '../../local/tenant/kql/values/values.ts';
import { CASES_SCHEMA } from '../../local/tenant/logs/state.ts';
import { emptyWebhook } from '../../local/tenant/webhook/vendor.ts';
import { ROLES } from '../../src/api/access/caller.ts';
import { ROUTES } from '../../src/api/routes/index.ts';
import { loadConfig, Settings } from '../../src/config.ts';
import { TABLES } from '../../src/connectors/storage/base/tables.ts';
import { detectTokens } from '../../src/credentials/detector/detect-tokens.ts';
import { PAGE_FILES } from '../../src/page-files.ts';
import { completeExample } from './support/complete-example.ts';
import { containerGroupOfPlan } from './support/policy/container-group.ts';
import { evaluatePolicy } from './support/policy/evaluate-policy.ts';
import type { JsonObject } from './support/policy/json.ts';
import { policiesAmong } from './support/policy/policies-of-plan.ts';
import { testPermissions } from './support/test-permissions.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { app, settings, resources, ofType, only } = await completeExample();
const text = (value: unknown): string => z.string().parse(value);
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

test('each subnet is behind its own security group, with its own rules', () => {
  const named = (type: string) => new Map(ofType(type).map(({ name, values }) => [text(values.id), name]));
  const [subnets, groups] = [named('azurerm_subnet'), named('azurerm_network_security_group')];
  const pairs = ofType('azurerm_subnet_network_security_group_association').map(({ values }) => [
    subnets.get(text(values.subnet_id)),
    groups.get(text(values.network_security_group_id)),
  ]);
  assert.deepEqual(
    pairs.toSorted(),
    [...subnets.values()].sort().map((subnet) => [subnet, subnet]),
  );
  const ruleNames = ofType('azurerm_network_security_rule');
  const groupNames = new Map(ofType('azurerm_network_security_group').map(({ name, values }) => [values.name, name]));
  for (const { name, values } of ruleNames)
    assert.ok(name.startsWith(`${groupNames.get(values.network_security_group_name)}_`), name);
});

test('each MCP server runs as, and pulls its image as, the one identity that may pull', () => {
  const groups = ofType('azurerm_container_group');
  assert.notEqual(groups.length, 0);
  const Running = z.object({
    identity: z.tuple([z.object({ identity_ids: z.tuple([z.string()]) })]),
    image_registry_credential: z.tuple([z.object({ user_assigned_identity_id: z.string() })]),
  });
  const inModule = (address: string, type: string) => {
    const module = address.slice(0, address.indexOf('azurerm_'));
    const found = ofType(type).filter((it) => it.address.startsWith(`${module}azurerm_`));
    assert.equal(found.length, 1, `${type} beside ${address}`);
    return found[0]?.values ?? {};
  };
  for (const { address, values } of groups) {
    const { identity, image_registry_credential } = Running.parse(values);
    const own = inModule(address, 'azurerm_user_assigned_identity');
    assert.deepEqual(
      [identity[0].identity_ids[0], image_registry_credential[0].user_assigned_identity_id],
      [own.id, own.id],
      address,
    );
    const role = inModule(address, 'azurerm_role_assignment');
    assert.deepEqual([role.principal_id, role.role_definition_name], [own.principal_id, 'AcrPull'], address);
  }
});

test('storage has no keys, no public address and no old TLS', () => {
  const accounts = ofType('azurerm_storage_account');
  assert.equal(accounts.length, 2);
  for (const { name, values } of accounts) {
    assert.equal(values.shared_access_key_enabled, false, name);
    assert.equal(values.public_network_access_enabled, false, name);
    assert.equal(values.allow_nested_items_to_be_public, false, name);
    assert.equal(values.min_tls_version, 'TLS1_2', name);
  }
});

test('evidence cannot be changed, and is where the app files it', () => {
  const evidence = only('azurerm_storage_container', 'evidence');
  const policy = only('azurerm_storage_container_immutability_policy', 'evidence');
  assert.equal(evidence.name, 'evidence');
  assert.equal(policy.storage_container_resource_manager_id, evidence.id);
  assert.equal(policy.locked, true);
  assert.equal(settings.BLOB_ENDPOINT, `https://${only('azurerm_storage_account', 'data').name}.blob.core.windows.net`);
});

test('what is read once a week is there until it is read again, and what nobody reads any more goes', () => {
  const { rule } = only('azurerm_storage_management_policy', 'data') as {
    rule: { name: string; actions: { base_blob: Record<string, number>[]; version: Record<string, number>[] }[] }[];
  };
  const [actions] = rule.find(({ name }) => name === 'forget-inventory')?.actions ?? [];
  assert.deepEqual(
    [
      actions?.base_blob[0]?.delete_after_days_since_modification_greater_than,
      actions?.version[0]?.delete_after_days_since_creation,
    ],
    [9, 2],
  );
});

test('containers, tables and queues have the names by which the app asks for them', () => {
  const names = (type: string, name?: string) =>
    ofType(type).flatMap((it) => (name === undefined || it.name === name ? [it.values.name] : []));
  const containers = ['dead-letter', 'deployments', 'evidence', 'hr-receipts', 'inventory', 'work'];
  assert.deepEqual(names('azurerm_storage_container').sort(), containers);
  assert.deepEqual(names('azapi_resource', 'table').sort(), [...TABLES].sort());
  assert.deepEqual(names('azurerm_storage_queue').sort(), ['hr-leavers', 'hr-leavers-poison']);
});

test('the app is reached with TLS 1.2 by Event Grid and named networks only, and deployed without a password', () => {
  const { httpsOnly, siteConfig } = app;
  assert.equal(httpsOnly, true);
  assert.equal(siteConfig.minTlsVersion, '1.2');
  assert.equal(siteConfig.scmMinTlsVersion, '1.2');
  assert.equal(siteConfig.ipSecurityRestrictionsDefaultAction, 'Deny');
  assert.equal(siteConfig.scmIpSecurityRestrictionsDefaultAction, 'Deny');
  for (const policy of ['ftp', 'scm'])
    assert.deepEqual(only('azapi_update_resource', 'no_basic_authentication', policy).body, {
      properties: { allow: false },
    });
});

test('nothing is asked of Flex Consumption that it refuses', () => {
  // Named in refusals (error 51021) and in Microsoft's list of what the plan does not take.
  const refused = [
    ...['alwaysOn', 'ftpsState', 'functionAppScaleLimit', 'functionsRuntimeScaleMonitoringEnabled', 'linuxFxVersion'],
    ...['netFrameworkVersion', 'preWarmedInstanceCount', 'use32BitWorkerProcess', 'vnetRouteAllEnabled'],
  ];
  assert.deepEqual(
    Object.keys(app.siteConfig).filter((name) => refused.includes(name)),
    [],
  );
  // Azure lower-cases a part of the plan's id: without this, every plan would show a change.
  assert.equal(only('azapi_resource', 'app').ignore_casing, true);
});

// Here, because an apply of the example takes seconds.
testPermissions({ ofType });

test('no identity of the platform may manage access, nor everything', () => {
  const wide = ['Owner', 'Contributor', 'User Access Administrator', 'Role Based Access Control Administrator'];
  for (const { address, values } of ofType('azurerm_role_assignment'))
    assert.ok(!wide.includes(String(values.role_definition_name)), address);
});

test('what writes the audit log cannot read it, and what reads it cannot write it', () => {
  const grants = ofType('azurerm_role_assignment').filter(({ name }) => name === 'this');
  const rolesOf = (identity: string): string[] => {
    const { principal_id } = only('azurerm_user_assigned_identity', 'this', identity);
    return grants.filter(({ values }) => values.principal_id === principal_id).map(({ index }) => String(index));
  };
  assert.deepEqual(
    rolesOf('ingestor').filter((role) => !/^ingestor-.*\/(event-hub|data-collection-rule)$/.test(role)),
    [],
  );
  for (const identity of ['reader', 'remover'])
    assert.deepEqual(
      rolesOf(identity).filter((role) => /\/(event-hub|data-collection-rule)$/.test(role)),
      [],
    );
});

test('the first message that waits in a queue of HR raises an alert', () => {
  const [criterion] = z
    .array(z.object({ metric_name: z.string(), operator: z.string(), threshold: z.number() }))
    .parse(only('azurerm_monitor_metric_alert', 'this', 'hr-queue').criteria);
  assert.deepEqual(criterion, { metric_name: 'QueueMessageCount', operator: 'GreaterThan', threshold: 0 });
});

/** The columns of Application Insights' table that the app's own alert reads. */
const REQUESTS: Schema = {
  AppRequests: [
    { name: 'TimeGenerated', type: 'datetime' },
    { name: 'AppRoleName', type: 'string' },
    { name: 'Name', type: 'string' },
    { name: 'Success', type: 'bool' },
  ],
};

test('an app whose sweep did not succeed for three hours raises an alert', () => {
  const [criterion] = z
    .array(z.object({ query: z.string() }))
    .parse(only('azurerm_monitor_scheduled_query_rules_alert_v2', 'silence').criteria);
  const query = criterion?.query ?? '';
  assert.equal(bind(query, REQUESTS).ok, true);
  const AppRoleName = text(only('azapi_resource', 'app').name);
  const alertsAfter = (minutes: number, success = true, name = 'sweepTimer'): number => {
    const TimeGenerated = new Date('2026-11-23T12:00:00Z');
    const AppRequests = [{ TimeGenerated, AppRoleName, Name: name, Success: success }];
    const result = evaluate(query, REQUESTS, { AppRequests }, new Date(TimeGenerated.getTime() + minutes * 60_000));
    assert.ok(result.ok);
    return result.rows.length;
  };
  assert.equal(alertsAfter(179), 0);
  assert.equal(alertsAfter(181), 1);
  assert.equal(alertsAfter(1, false), 1);
  assert.equal(alertsAfter(1, true, 'hrLeavers'), 1);
});

test('incidents, failed containments and broken cases raise an alert each, once however often they were uploaded', () => {
  const [criterion] = z
    .array(z.object({ query: z.string() }))
    .parse(only('azurerm_monitor_scheduled_query_rules_alert_v2', 'incidents').criteria);
  const query = criterion?.query ?? '';
  const at = new Date('2026-11-23T12:00:00Z');
  const row = (MessageId: string, Moment: string, Incident = false): Row => ({
    ...{ TimeGenerated: at, MessageId, CaseId: `case of ${MessageId}`, Moment, Incident, Mode: 'apply' },
    ...{ Trigger: 'hr-queue', State: 'filed', Outcome: 'clear', Link: '', [INGESTION_TIME]: at },
  });
  const MCPOffboardingCases_CL = [
    ...[row('1', 'started'), row('2', 'ended'), row('3', 'refused'), row('4', 'decision-awaited')],
    ...[row('5', 'incident', true), row('5', 'incident', true), row('6', 'containment-failed'), row('7', 'failed')],
    row('8', 'ended', true),
  ];
  assert.equal(bind(query, CASES_SCHEMA).ok, true);
  const result = evaluate(query, CASES_SCHEMA, { MCPOffboardingCases_CL }, new Date(at.getTime() + 60_000));
  assert.ok(result.ok);
  assert.deepEqual(
    result.rows.map(({ caseId }) => caseId).sort(),
    ['5', '6', '7', '8'].map((id) => `case of ${id}`),
  );
});

const TRACES: Schema = {
  AppTraces: [
    { name: 'TimeGenerated', type: 'datetime' },
    { name: 'AppRoleName', type: 'string' },
    { name: 'Message', type: 'string' },
    { name: 'SeverityLevel', type: 'int' },
  ],
};

/** How many rows an alert on due work finds, so many minutes after the app logged a line as `logOf` writes it. */
function foundInLog(rule: string, minutes: number, message: string, fields: object, level = 1): number {
  const alert = 'azurerm_monitor_scheduled_query_rules_alert_v2';
  const [criterion] = z
    .array(z.object({ query: z.string() }))
    .parse((rule === 'posture_silence' ? only(alert, rule) : only(alert, 'due_work', rule)).criteria);
  const query = criterion?.query ?? '';
  assert.equal(bind(query, TRACES).ok, true);
  const TimeGenerated = new Date('2026-11-23T12:00:00Z');
  const Message = `${message} ${JSON.stringify(fields)}`;
  const AppTraces = [
    { TimeGenerated, AppRoleName: text(only('azapi_resource', 'app').name), Message, SeverityLevel: level },
  ];
  const result = evaluate(query, TRACES, { AppTraces }, new Date(TimeGenerated.getTime() + minutes * 60_000));
  assert.ok(result.ok);
  return result.rows.length;
}

/** The words of the log that the alerts look for stand in the code, wherever that is. */
test('a timer that looks for nothing any more, and the first case or duty that fails, raise an alert', () => {
  const round = 'due work was looked for';
  assert.equal(foundInLog('due-work-silence', 9, round, { failed: [] }), 0);
  assert.equal(foundInLog('due-work-silence', 11, round, { failed: [] }), 1);
  assert.equal(foundInLog('due-work-silence', 1, 'something else', {}), 1);
  for (const message of ['a case failed', 'due work failed and comes again']) {
    assert.equal(foundInLog('failed-work', 5, message, { why: 'lost' }, 3), 1);
    assert.equal(foundInLog('failed-work', 16, message, { why: 'lost' }, 3), 0);
  }
  assert.equal(foundInLog('failed-work', 5, 'a case broke and is begun again', {}, 2), 0);
  const logged = ['activities/case/close-case.ts', 'src/duties/cases/watch-cases.ts', 'src/duties/run-duties.ts'].map(
    read,
  );
  for (const words of ["error('a case failed'", "error('due work failed", "info('due work was looked for'"]) {
    assert.ok(
      logged.some((source) => source.includes(words)),
      words,
    );
  }
});

test('a night without a run of the checklist raises an alert; one that somebody asked for is none of the night’s', () => {
  const words = 'posture was assessed';
  const nightly = { runId: '2026-11-23-timer', pass: 15 };
  assert.equal(foundInLog('posture_silence', 25 * 60, words, nightly), 0);
  assert.equal(foundInLog('posture_silence', 26 * 60 + 1, words, nightly), 1);
  assert.equal(foundInLog('posture_silence', 1, words, { runId: '2026-11-23T12-00-00-000Z-asked' }), 1);
  assert.equal(foundInLog('posture_silence', 1, 'the checklist is assessed', nightly), 1);
  assert.ok(read('activities/posture/file-posture.ts').includes(`info('${words}', { runId`));
});

/** The columns of the storage account's log that the queries about it read. */
const STORED = [
  { name: 'TimeGenerated', type: 'datetime' },
  ...['AccountName', 'Category', 'OperationName', 'StatusCode', 'AuthenticationType'].map(asText),
  ...['RequesterObjectId', 'CallerIpAddress', 'UserAgentHeader', 'Uri'].map(asText),
] as const;
const STORAGE_LOGS: Schema = { StorageBlobLogs: STORED, StorageTableLogs: STORED };
function asText(name: string): { readonly name: string; readonly type: 'string' } {
  return { name, type: 'string' };
}

test('tables and files of the app log who reads, writes and deletes', () => {
  const logged = ofType('azurerm_monitor_diagnostic_setting')
    .filter(({ address }) => address.startsWith('module.platform.module.offboarding.'))
    .map(({ index, values }) => [
      index,
      z
        .array(z.object({ category: z.string() }))
        .parse(values.enabled_log)
        .map(({ category }) => category)
        .sort(),
    ]);
  const all = ['StorageDelete', 'StorageRead', 'StorageWrite'];
  assert.deepEqual(Object.fromEntries(logged).tables, all);
  assert.deepEqual(Object.fromEntries(logged).evidence, all);
});

/** What a query finds in one line of the storage log, of an hour ago. */
function foundBy(query: string, table: 'StorageBlobLogs' | 'StorageTableLogs', line: Readonly<Record<string, string>>) {
  assert.equal(bind(query, STORAGE_LOGS).ok, true);
  const now = new Date('2026-11-23T12:00:00Z');
  const row = {
    TimeGenerated: new Date(now.getTime() - 3_600_000),
    AccountName: text(only('azurerm_storage_account', 'data').name),
    Category: 'StorageWrite',
    OperationName: 'UpdateEntity',
    StatusCode: '204',
    AuthenticationType: 'OAuth',
    RequesterObjectId: '9f0e1d2c-3b4a-4c5d-8e6f-7a8b9c0d1e2f',
    CallerIpAddress: '203.0.113.9:41000',
    UserAgentHeader: 'Azure CLI',
    Uri: 'https://data.table.core.windows.net/denied',
    ...line,
  };
  const result = evaluate(query, STORAGE_LOGS, { StorageBlobLogs: [], StorageTableLogs: [], [table]: [row] }, now);
  assert.ok(result.ok);
  return result.rows;
}

test('whoever else writes to the app’s tables or files raises an alert, and the app does not', () => {
  const queries = ofType('azurerm_monitor_scheduled_query_rules_alert_v2')
    .filter(({ name }) => name === 'edits_by_others')
    .flatMap(({ values }) => z.array(z.object({ query: z.string() })).parse(values.criteria));
  const alerts = (
    line: Readonly<Record<string, string>> = {},
    table: 'StorageBlobLogs' | 'StorageTableLogs' = 'StorageTableLogs',
  ) => queries.reduce((sum, { query }) => sum + foundBy(query, table, line).length, 0);
  assert.equal(alerts(), 1);
  assert.equal(alerts({ Category: 'StorageDelete', OperationName: 'DeleteBlob' }, 'StorageBlobLogs'), 1);
  assert.equal(alerts({ RequesterObjectId: '', AuthenticationType: 'SAS' }), 1, 'without an identity');
  for (const identity of ['reader', 'remover', 'ingestor', 'host'])
    assert.equal(
      alerts({ RequesterObjectId: text(only('azurerm_user_assigned_identity', 'this', identity).principal_id) }),
      0,
    );
  assert.equal(alerts({ StatusCode: '403' }), 0, 'refused');
  assert.equal(alerts({ Category: 'StorageRead' }), 0);
  assert.equal(alerts({ AccountName: 'another' }), 0);
  const ownRule = {
    RequesterObjectId: '',
    AuthenticationType: 'TrustedAccess',
    UserAgentHeader: 'ObjectLifeCycleScanner/0.50',
  };
  assert.equal(alerts({ ...ownRule, Category: 'StorageDelete' }, 'StorageBlobLogs'), 0, 'the account deletes old work');
  assert.equal(alerts({ UserAgentHeader: 'ObjectLifeCycleScanner/0.50' }), 1, 'anybody can call themselves that');
});

test('a saved query tells who read evidence', () => {
  const query = text(only('azurerm_log_analytics_saved_search', 'access', 'evidence-reads').query);
  const read = (line: Readonly<Record<string, string>>) =>
    foundBy(query, 'StorageBlobLogs', {
      Category: 'StorageRead',
      OperationName: 'GetBlob',
      StatusCode: '200',
      ...line,
    });
  const [row, ...others] = read({ Uri: 'https://data.blob.core.windows.net/evidence/cases/x/report.json' });
  assert.deepEqual([row?.caller, others.length], ['9f0e1d2c-3b4a-4c5d-8e6f-7a8b9c0d1e2f', 0]);
  assert.deepEqual(read({ Uri: 'https://data.blob.core.windows.net/work/x' }), []);
});
