import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as z from 'zod';
import { gatewayPlan, policiesIn, TENANT_ID } from '../support/gateway/gateway-plan.ts';
import { type PolicyElement, parsePolicy } from '../support/gateway/parse-policy.ts';
import type { DeployedPolicies } from '../support/gateway/simulated-gateway.ts';
import type { Resource } from '../support/plan-of.ts';

let resources: readonly Resource[] = [];
let deployed: DeployedPolicies;
before(async () => {
  resources = await gatewayPlan();
  deployed = policiesIn(resources);
});

const of = (type: string): readonly Resource[] => resources.filter((resource) => resource.type === type);

/** The elements of a name, anywhere below. */
function all(element: PolicyElement, name: string): PolicyElement[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => all(child, name))];
}

function textOf(element: PolicyElement | undefined): string {
  assert.equal(element?.text?.kind, 'literal');
  return element?.text?.kind === 'literal' ? element.text.text.trim() : '';
}

function documentOf(operation: string): Readonly<Record<string, unknown>> {
  const { root } = parsePolicy(`${operation}.xml`, deployed.policies[`metadata-${operation}`] ?? '');
  return JSON.parse(textOf(all(root, 'set-body')[0])) as Readonly<Record<string, unknown>>;
}

/** A nested block that stands once. */
function block(resource: Resource | undefined, name: string): Readonly<Record<string, unknown>> {
  const blocks = resource?.values[name];
  assert.ok(Array.isArray(blocks) && blocks.length === 1, `${name} must stand once`);
  return blocks[0] as Readonly<Record<string, unknown>>;
}

const Message = z.object({ body: z.object({ bytes: z.number() }) });
const Exchange = z.object({ request: Message, response: Message });
const Diagnostic = z.object({ properties: z.object({ frontend: Exchange, backend: Exchange }) });

const GATEWAY = 'https://apim-mcp-dev.azure-api.net';

test('each server’s protected resource metadata names the server, Entra and the scopes to ask for (RFC 9728)', () => {
  for (const type of ['filesystem', 'github']) {
    assert.deepEqual(documentOf(type), {
      resource: `${GATEWAY}/mcp/${type}`,
      resource_name: `MCP server ${type}`,
      authorization_servers: [`https://login.microsoftonline.com/${TENANT_ID}/v2.0`],
      // Clients ask for all that stands here: the right to write is asked for when a call needs it.
      scopes_supported: ['api://mcp-gateway-dev/mcp.tools.read'],
      bearer_methods_supported: ['header'],
    });
  }
  assert.equal(documentOf('root').resource, GATEWAY);
  assert.deepEqual(documentOf('secrets').scopes_supported, ['api://mcp-secrets-dev/.default']);
});

test('the metadata is at the well-known place of each server, for anybody to read', () => {
  const api = of('azurerm_api_management_api').find(({ name }) => name === 'metadata');
  assert.equal(api?.values.path, '.well-known/oauth-protected-resource');
  assert.equal(api?.values.subscription_required, false);
  const operations = of('azurerm_api_management_api_operation').filter(({ name }) => name === 'metadata');
  assert.deepEqual(operations.map(({ values }) => `${values.method} ${values.url_template}`).sort(), [
    'GET /',
    'GET /mcp/filesystem',
    'GET /mcp/github',
    'GET /mcp/secrets',
  ]);
  for (const operation of ['root', 'filesystem', 'github', 'secrets']) {
    const { root } = parsePolicy(`${operation}.xml`, deployed.policies[`metadata-${operation}`] ?? '');
    assert.deepEqual(all(root, 'validate-jwt'), []);
    assert.deepEqual(
      all(root, 'set-status').map(({ attributes }) => attributes.get('code')),
      [{ kind: 'literal', text: '200' }],
    );
    const headers = all(root, 'set-header').map(({ attributes, children }) => [
      attributes.get('name'),
      textOf(children[0]),
    ]);
    assert.deepEqual(headers[0], [{ kind: 'literal', text: 'Content-Type' }, 'application/json']);
  }
});

test('what the 401 answer points at is where the metadata is', () => {
  for (const type of ['filesystem', 'github', 'secrets']) {
    const [, url = ''] = /resource_metadata=\\"([^"\\]*)\\"/.exec(deployed.policies[type] ?? '') ?? [];
    assert.equal(url, `${GATEWAY}/.well-known/oauth-protected-resource/mcp/${type}`);
    assert.equal(documentOf(type).resource, url.replace('/.well-known/oauth-protected-resource', ''));
  }
});

test('each server has one endpoint for messages, streams and the session’s end', () => {
  const apis = of('azurerm_api_management_api').filter(({ name }) => name === 'this');
  assert.deepEqual(apis.map(({ values }) => values.path).sort(), ['mcp/filesystem', 'mcp/github', 'mcp/secrets']);
  const operations = of('azurerm_api_management_api_operation').filter(({ name }) => name === 'this');
  for (const { values } of apis) {
    assert.deepEqual(values.protocols, ['https']);
    const methods = operations.flatMap((operation) =>
      operation.values.api_name === values.name ? [operation.values.method] : [],
    );
    assert.deepEqual(methods.sort(), ['DELETE', 'GET', 'POST']);
  }
  for (const { values } of operations) assert.equal(values.url_template, '/');
});

test('no body is logged, in any direction', () => {
  const [diagnostic, ...more] = of('azapi_resource_action').filter(({ name }) => name === 'azure_monitor_diagnostic');
  assert.deepEqual(more, []);
  const { frontend, backend } = Diagnostic.parse(diagnostic?.values.body).properties;
  for (const { request, response } of [frontend, backend])
    assert.deepEqual([request.body.bytes, response.body.bytes], [0, 0]);
  assert.deepEqual([...of('azurerm_api_management_diagnostic'), ...of('azurerm_api_management_api_diagnostic')], []);
});

test('events go to the event hub without a key', () => {
  const [logger] = of('azurerm_api_management_logger');
  assert.equal(logger?.values.name, 'mcp-audit-logger');
  const eventhub = block(logger, 'eventhub');
  assert.equal(eventhub.connection_string ?? null, null);
  assert.equal(eventhub.endpoint_uri, 'evhns-mcp-dev.servicebus.windows.net');
  const roles = of('azurerm_role_assignment').map(({ values }) => [values.role_definition_name, values.scope]);
  assert.equal(roles.length, 1);
  assert.equal(roles[0]?.[0], 'Azure Event Hubs Data Sender');
  assert.match(String(roles[0]?.[1]), /\/eventhubs\/mcp-tool-calls$/);
});
