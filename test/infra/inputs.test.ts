import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { interfaceOf } from './support/interface.ts';

const infra = resolve(import.meta.dirname, '../../infra');
const textOf = (pattern: string): string =>
  globSync(pattern, { cwd: infra })
    .map((file) => readFileSync(join(infra, file), 'utf8'))
    .join('\n');

/** Why somebody who uses the root module cannot set an input of a module: because there is nothing to decide. */
const NOT_PASSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  network: { private_endpoint_ports: 'What Azure’s services listen on: HTTPS and AMQP.' },
};

/** Where an input of the root has another default than that of the module, and why. */
const OTHER_DEFAULTS: Readonly<Record<string, string>> = {
  'audit alert_email_receivers': 'The root demands somebody who is told.',
  'audit name_suffix': 'The root makes one up from the subscription.',
  'gateway authority_host': 'Another cloud has its own; the module’s is the public one, which null means in the root.',
  'gateway canary': 'The root has one switch, and puts together what each module needs.',
  'gateway mcp_servers': 'A platform begins without servers, a gateway alone would have nothing to do.',
  'gateway publisher_name': 'A trial has no gateway, and needs none.',
  'gateway publisher_email': 'A trial has no gateway, and needs none.',
  'gateway-app secrets_identifier_uri': 'The root derives it from the environment.',
  'gateway-app conditional_access_state': 'The root decides by the profile.',
  'offboarding canary': 'The root has one switch, and puts together what each module needs.',
  'offboarding private_dns_zone_ids': 'The root makes the zones that are not named.',
  'offboarding name_suffix': 'The root makes one up from the subscription.',
  'offboarding subscription_ids': 'The root takes its own subscription where none is named.',
};

/** What modules tell to whoever calls them alone; the root does not need it. */
const FOR_OTHERS = [
  'audit dce_id',
  'audit alert_rule_ids',
  'gateway apim_name',
  'gateway principal_id',
  'gateway logger_id',
  'gateway private_ip_addresses',
  'gateway-app application_object_id',
  'gateway-app identifier_uris',
  'gateway-app scope_ids',
  'gateway-app secrets_service_principal_object_id',
  'gateway-app secrets_app_role_ids',
  'mcp-server server_type',
  'mcp-server container_group_id',
  'mcp-server ip_address',
  'mcp-server identity_id',
  'mcp-server identity_principal_id',
  'mcp-server identity_client_id',
  'network vnet_name',
  'network outbound_public_ip_address',
  'offboarding function_app_id',
  'offboarding host_storage_account_name',
  'offboarding key_vault_id',
  'offboarding github_app_key_id',
  'offboarding api_service_principal_object_id',
  'pipeline-identity federated_credential_id',
  'policy policy_definition_ids',
  'policy policy_assignment_ids',
];

const root = textOf('*.tf');
const modules = globSync('modules/*/', { cwd: infra }).map((folder) => folder.replace(/^modules\/|\/$/g, ''));

const inputsOf = (text: string): string[] => [...text.matchAll(/^variable "(\w+)"/gm)].map(([, name = '']) => name);

/** What the root gives to a module, by input: the text of the expression. */
function passedTo(module: string): ReadonlyMap<string, string> {
  const source = root.search(new RegExp(`source += "\\./modules/${module}"`));
  assert.notEqual(source, -1, `the root has no module ${module}`);
  const block = root.slice(source, root.indexOf('\n}\n', source));
  // Arguments of the block stand at two spaces; what goes over several lines belongs to the one above it.
  const parts = block.split(/\n {2}(?=[a-z_]+ +=)/).slice(1);
  return new Map(parts.map((part) => [/^\w+/.exec(part)?.[0] ?? '', part.slice(part.indexOf('=') + 1).trim()]));
}

for (const module of modules) {
  test(`every input of ${module} is reachable from the root, or there is a reason`, () => {
    const reasons = NOT_PASSED[module] ?? {};
    const inputs = inputsOf(textOf(`modules/${module}/variables*.tf`));
    assert.notEqual(inputs.length, 0);
    const passed = passedTo(module);
    assert.deepEqual(
      inputs.filter((name) => !passed.has(name)).sort(),
      Object.keys(reasons).sort(),
      'pass it, or give the reason why nobody needs to set it',
    );
  });
}

test('every input of the root goes somewhere, and every field of its objects does', () => {
  const used = root.replace(/^variable "\w+" \{[\s\S]*?^\}/gm, '');
  for (const name of inputsOf(root)) assert.match(used, new RegExp(`\\bvar\\.${name}\\b`), name);
  for (const name of ['network', 'eventhub', 'scale', 'gateway_settings', 'existing_network'])
    for (const field of fieldsOf(name))
      assert.match(used, new RegExp(`\\bvar\\.${name}\\.${field}\\b`), `${name}.${field}`);
});

test('everything that the gateway can be told of a server is told by the root', () => {
  const declared = /variable "mcp_servers" \{[\s\S]*?\}\)\)/.exec(textOf('modules/gateway/variables*.tf'))?.[0] ?? '';
  const fields = [...declared.matchAll(/^ {4}(\w+) += optional/gm)].map(([, field = '']) => field);
  assert.ok(fields.length > 5, fields.join());
  const passed = passedTo('gateway').get('mcp_servers') ?? '';
  for (const field of fields) assert.match(passed, new RegExp(`^ +${field} += server\\.${field}$`, 'm'), field);
});

test('the root has the modules’ defaults, or there is a reason', () => {
  assert.deepEqual(
    modules.flatMap((module) => interfaceOf(module).otherDefaults).sort(),
    Object.keys(OTHER_DEFAULTS).sort(),
  );
});

test('every output of a module is read by the root, or is there for others', () => {
  assert.deepEqual(modules.flatMap((module) => interfaceOf(module).unreadOutputs).sort(), FOR_OTHERS.toSorted());
});

test('nothing of what the root passes is decided for the user', () => {
  const fixed = modules.flatMap((module) =>
    [...passedTo(module)]
      .filter(([, value]) => /^("[^"$]*"|true|false|\d+)$/.test(value))
      .map(([name]) => `${module}.${name}`),
  );
  assert.deepEqual(fixed, []);
});

/** The fields of an input that is an object, at its first level. */
function fieldsOf(name: string): string[] {
  const start = root.indexOf(`variable "${name}" {`);
  const declared = root.slice(start, root.indexOf('\n  })\n', start));
  return [...declared.matchAll(/^ {4}(\w+) += /gm)].map(([, field = '']) => field);
}
