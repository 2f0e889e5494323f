import { UNKNOWN } from '../../provider/wire-value.ts';
import { anyArmId, armId, duration, guid } from './formats.ts';
import type { Rule, RuleTable } from './rule.ts';
import { allowed, atLeastOne, between, deprecated, exactlyOne, isSet, matching, needs, notTogether } from './rule.ts';

const CHILD_NAME = /^[a-zA-Z0-9]([a-zA-Z0-9-_]{0,78}[a-zA-Z0-9])?$/;

const RENAMED = [
  'backend_ssl30',
  'backend_tls10',
  'backend_tls11',
  'frontend_ssl30',
  'frontend_tls10',
  'frontend_tls11',
];

const childName = (selector: string): Rule =>
  matching(selector, CHILD_NAME, 'expected 1 to 80 letters, digits, - _, beginning and ending with a letter or digit');

const serviceName = matching('api_management_name', /^[0-9a-zA-Z-]{1,50}$/, 'expected 1 to 50 letters, digits, -');

const apiName = (selector: string): Rule => matching(selector, /^[^*#&+]{1,256}$/, 'expected no * # & +');

/** Sources: hashicorp/terraform-provider-azurerm v4.73.0, internal/services/apimanagement. */
export const GATEWAY_RULES: RuleTable = {
  azurerm_api_management: [
    matching('name', /^[a-zA-Z](?:[0-9a-zA-Z-]{0,48}[0-9a-zA-Z])?$/, 'expected 1 to 50 letters, digits, -'),
    matching('publisher_name', /^.{1,100}$/, 'expected 1 to 100 characters'),
    matching('publisher_email', /^\S{1,100}$/, 'expected an address of at most 100 characters'),
    matching(
      'sku_name',
      /^(Consumption_0|Basic_[12]|BasicV2_([1-9]|10)|Developer_1|Premium_[1-9]\d?|PremiumV2_([1-9]|1\d|2\d|30)|Standard_[1-4]|StandardV2_([1-9]|10))$/,
      'expected a tier and its units, such as Developer_1',
    ),
    allowed('virtual_network_type', ['None', 'External', 'Internal']),
    armId('virtual_network_configuration.subnet_id', 'Microsoft.Network/virtualNetworks/subnets'),
    armId('public_ip_address_id', 'Microsoft.Network/publicIPAddresses'),
    networkFitsTier,
    deprecated('protocols.enable_http2', 'use http2_enabled'),
    ...RENAMED.map((name) => deprecated(`security.enable_${name}`, `use ${name}_enabled`)),
  ],
  azurerm_api_management_logger: [
    childName('name'),
    serviceName,
    anyArmId('resource_id'),
    notTogether(['eventhub', 'application_insights']),
    atLeastOne(['connection_string', 'endpoint_uri'], 'eventhub'),
    notTogether(['connection_string', 'endpoint_uri'], 'eventhub'),
    notTogether(['connection_string', 'user_assigned_identity_client_id'], 'eventhub'),
    guid('eventhub.user_assigned_identity_client_id'),
    exactlyOne(['connection_string', 'instrumentation_key'], 'application_insights'),
  ],
  azurerm_api_management_named_value: [
    childName('name'),
    serviceName,
    matching('display_name', /^[0-9a-zA-Z_.-]{1,256}$/, 'expected 1 to 256 letters, digits, - . _'),
    matching('value', /^.{1,4096}$/s, 'expected 1 to 4096 characters'),
    exactlyOne(['value', 'value_from_key_vault']),
    needs('value_from_key_vault', 'secret'),
    guid('value_from_key_vault.identity_client_id'),
  ],
  azurerm_api_management_backend: [
    matching('name', /^\w([\w-]*\w)?$/, 'expected letters, digits, _ -'),
    serviceName,
    allowed('protocol', ['http', 'soap']),
    matching('url', /^https?:\/\/[^\s/]+/, 'expected an http or https address'),
    between('circuit_breaker_rule.failure_condition.count', 1, 10_000),
    duration('circuit_breaker_rule.failure_condition.interval_duration'),
    duration('circuit_breaker_rule.trip_duration'),
    exactlyOne(['count', 'percentage'], 'circuit_breaker_rule.failure_condition'),
    atLeastOne(['validate_certificate_chain', 'validate_certificate_name'], 'tls'),
  ],
  azurerm_api_management_api: [
    apiName('name'),
    serviceName,
    allowed('protocols', ['http', 'https', 'ws', 'wss']),
    allowed('api_type', ['graphql', 'http', 'soap', 'websocket']),
    matching('path', /^(|\w|[\w.][\w\-/.:]{0,398}[\w-])$/, 'expected a relative path without leading or trailing /'),
    notTogether(['oauth2_authorization', 'openid_authentication']),
    apiSaysWhatItIs,
  ],
  azurerm_api_management_api_operation: [
    childName('operation_id'),
    apiName('api_name'),
    serviceName,
    matching('url_template', /^\/|^\*$|^$/, 'expected a path that begins with /'),
    between('response.status_code', 100, 599),
  ],
  azurerm_api_management_api_policy: [apiName('api_name'), serviceName, exactlyOne(['xml_content', 'xml_link'])],
  azurerm_api_management_api_operation_policy: [
    apiName('api_name'),
    serviceName,
    exactlyOne(['xml_content', 'xml_link']),
  ],
  azurerm_api_management_policy: [
    armId('api_management_id', 'Microsoft.ApiManagement/service'),
    exactlyOne(['xml_content', 'xml_link']),
  ],
  azurerm_api_management_policy_fragment: [
    childName('name'),
    armId('api_management_id', 'Microsoft.ApiManagement/service'),
    allowed('format', ['rawxml', 'xml']),
  ],
};

/** Injection into a network exists in Developer and Premium only: learn.microsoft.com/azure/api-management/virtual-network-concepts. */
function networkFitsTier(...[resource]: Parameters<Rule>): ReturnType<Rule> {
  const { virtual_network_type: type, virtual_network_configuration: network, sku_name: sku } = resource;
  const isInjected = type === 'Internal' || type === 'External';
  const faults: string[] = [];
  if (isInjected && !isSet(network) && network !== UNKNOWN)
    faults.push(`virtual_network_type = "${type}" needs virtual_network_configuration.`);
  if (isInjected && typeof sku === 'string' && /^(Consumption|Basic|BasicV2|Standard)_/.test(sku))
    faults.push(`${sku} cannot join a virtual network; Developer and Premium can.`);
  return faults.map((detail) => ({
    severity: 'error',
    summary: 'Invalid combination of arguments',
    detail,
    path: ['virtual_network_type'],
  }));
}

/** Unless it is a version of another API, an API needs a name to show and its protocols. */
function apiSaysWhatItIs(...[resource]: Parameters<Rule>): ReturnType<Rule> {
  if (isSet(resource.source_api_id) || resource.source_api_id === UNKNOWN) return [];
  return ['display_name', 'protocols']
    .filter((name) => !isSet(resource[name]) && resource[name] !== UNKNOWN)
    .map((name) => ({
      severity: 'error',
      summary: `Missing ${name}`,
      detail: `${name} is needed unless source_api_id is set.`,
      path: [],
    }));
}
