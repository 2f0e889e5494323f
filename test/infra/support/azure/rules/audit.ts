import type { Value } from '../../provider/wire-value.ts';
import { anyArmId, armId, guid, json } from './formats.ts';
import {
  allowed,
  atLeastOne,
  between,
  deprecated,
  each,
  exactlyOne,
  matching,
  notTogether,
  type RuleTable,
} from './rule.ts';

const WORKSPACE = 'Microsoft.OperationalInsights/workspaces';
const NAMESPACE_NAME = /^[a-zA-Z][-a-zA-Z0-9]{4,48}[a-zA-Z0-9]$/;
const EVENT_HUB_NAME = /^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,254}[a-zA-Z0-9])?$/;
const MINUTES = ['PT5M', 'PT10M', 'PT15M', 'PT30M', 'PT45M'];
const HOURS = ['PT1H', 'PT2H', 'PT3H', 'PT4H', 'PT5H', 'PT6H'];

/** Whole years, with their leap days. */
const ARCHIVE_DAYS: readonly number[] = [1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383];

const DCR_DESTINATIONS = [
  'azure_monitor_metrics',
  'event_hub',
  'event_hub_direct',
  'log_analytics',
  'monitor_account',
  'storage_blob',
  'storage_blob_direct',
  'storage_table_direct',
];

/** What the documentation says that no rule may have, beside tables: learn.microsoft.com/azure/azure-monitor/alerts/alerts-log-query */
function faultOfAlertQuery(query: Value): string | undefined {
  const code = String(query)
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/@?"(?:[^"\\\n]|\\.)*"/g, '""');
  const operator = /\b(?:union|search)\b/.exec(code)?.[0];
  return operator === undefined ? undefined : `a log search alert rule may not use ${operator}`;
}

/** Sources: hashicorp/terraform-provider-azurerm v4.73.0, internal/services/eventhub, loganalytics, monitor and applicationinsights. */
export const AUDIT_RULES: RuleTable = {
  azurerm_eventhub_namespace: [
    matching('name', NAMESPACE_NAME, 'expected 6 to 50 letters, digits, -'),
    allowed('sku', ['Basic', 'Standard', 'Premium']),
    between('capacity', 1, 40),
    between('maximum_throughput_units', 0, 40),
    // The provider still takes 1.0 and 1.1; Azure retired both.
    allowed('minimum_tls_version', ['1.2']),
    allowed('network_rulesets.default_action', ['Allow', 'Deny']),
  ],
  azurerm_eventhub: [
    matching('name', EVENT_HUB_NAME, 'expected letters, digits, - . _'),
    exactlyOne(['namespace_id', 'namespace_name']),
    deprecated('namespace_name', 'use namespace_id'),
    deprecated('resource_group_name', 'use namespace_id'),
    armId('namespace_id', 'Microsoft.EventHub/namespaces'),
    between('partition_count', 1, 1024),
    exactlyOne(['message_retention', 'retention_description']),
    between('message_retention', 1, 90),
    allowed('retention_description.cleanup_policy', ['Delete', 'Compact']),
    exactlyOne(['retention_time_in_hours', 'tombstone_retention_time_in_hours'], 'retention_description'),
    allowed('status', ['Active', 'Disabled', 'SendDisabled']),
  ],
  azurerm_eventhub_consumer_group: [
    matching('name', /^(\$Default|[a-zA-Z0-9]([-._a-zA-Z0-9]{0,48}[a-zA-Z0-9])?)$/, 'expected 1 to 50 characters'),
    matching('namespace_name', NAMESPACE_NAME, 'expected 6 to 50 letters, digits, -'),
    matching('eventhub_name', EVENT_HUB_NAME, 'expected letters, digits, - . _'),
    matching('user_metadata', /^.{1,1024}$/s, 'expected 1 to 1024 characters'),
  ],
  azurerm_log_analytics_workspace: [
    matching('name', /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/, 'expected 4 to 63 letters, digits, -'),
    allowed('sku', ['PerGB2018', 'CapacityReservation', 'LACluster', 'PerNode', 'Standalone']),
    between('retention_in_days', 30, 730),
    notTogether(['local_authentication_disabled', 'local_authentication_enabled']),
    deprecated('local_authentication_disabled', 'use local_authentication_enabled'),
  ],
  azurerm_log_analytics_workspace_table_custom_log: [
    matching('name', /^[A-Za-z][A-Za-z0-9_]*_CL$/, "expected a name that ends with '_CL'"),
    armId('workspace_id', WORKSPACE),
    allowed('plan', ['Analytics', 'Basic']),
    between('retention_in_days', 4, 730),
    each('total_retention_in_days', (days) =>
      typeof days === 'number' && ((days >= 4 && days <= 730) || ARCHIVE_DAYS.includes(days))
        ? undefined
        : `expected 4 to 730, or ${ARCHIVE_DAYS.join(', ')}`,
    ),
    allowed('column.type', ['boolean', 'dateTime', 'dynamic', 'guid', 'int', 'long', 'real', 'string']),
    matching('column.name', /^[A-Za-z][A-Za-z0-9_]{0,44}$/, 'expected a letter, then at most 44 letters, digits, _'),
  ],
  azurerm_log_analytics_workspace_table: [
    armId('workspace_id', WORKSPACE),
    allowed('plan', ['Analytics', 'Basic']),
    between('retention_in_days', 4, 730),
  ],
  azurerm_log_analytics_saved_search: [armId('log_analytics_workspace_id', WORKSPACE)],
  azurerm_monitor_data_collection_endpoint: [allowed('kind', ['Linux', 'Windows'])],
  azurerm_monitor_data_collection_rule: [
    armId('data_collection_endpoint_id', 'Microsoft.Insights/dataCollectionEndpoints'),
    allowed('kind', ['Linux', 'Windows', 'AgentDirectToStore', 'WorkspaceTransforms']),
    atLeastOne(DCR_DESTINATIONS, 'destinations'),
    armId('destinations.log_analytics.workspace_resource_id', WORKSPACE),
    allowed('stream_declaration.column.type', ['boolean', 'datetime', 'dynamic', 'int', 'long', 'real', 'string']),
    matching('stream_declaration.stream_name', /^Custom-/, "expected a name that begins with 'Custom-'"),
  ],
  azurerm_monitor_action_group: [
    matching('short_name', /^.{1,12}$/, 'expected 1 to 12 characters'),
    matching('email_receiver.email_address', /^[^\s@]+@[^\s@]+$/, 'expected an address'),
    guid('arm_role_receiver.role_id'),
    matching('webhook_receiver.service_uri', /^https?:\/\//, 'expected an http or https address'),
  ],
  azurerm_monitor_scheduled_query_rules_alert_v2: [
    allowed('criteria.operator', ['Equal', 'GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual']),
    allowed('criteria.time_aggregation_method', ['Count', 'Average', 'Minimum', 'Maximum', 'Total']),
    allowed('criteria.dimension.operator', ['Include', 'Exclude']),
    each('criteria.query', faultOfAlertQuery),
    between('criteria.failing_periods.minimum_failing_periods_to_trigger_alert', 1, 6),
    between('criteria.failing_periods.number_of_evaluation_periods', 1, 6),
    allowed('evaluation_frequency', ['PT1M', ...MINUTES, ...HOURS, 'P1D']),
    allowed('window_duration', ['PT1M', ...MINUTES, ...HOURS, 'P1D', 'P2D']),
    allowed('mute_actions_after_alert_duration', [...MINUTES, ...HOURS, 'P1D', 'P2D']),
    allowed('query_time_range_override', [...MINUTES, 'PT20M', ...HOURS, 'P1D', 'P2D']),
    between('severity', 0, 4),
    anyArmId('scopes'),
    anyArmId('action.action_groups'),
  ],
  azurerm_monitor_metric_alert: [
    anyArmId('scopes'),
    anyArmId('action.action_group_id'),
    allowed('frequency', ['PT1M', 'PT5M', 'PT15M', 'PT30M', 'PT1H']),
    allowed('window_size', ['PT1M', 'PT5M', 'PT15M', 'PT30M', 'PT1H', 'PT6H', 'PT12H', 'P1D']),
    between('severity', 0, 4),
    exactlyOne(['criteria', 'dynamic_criteria', 'application_insights_web_test_location_availability_criteria']),
    allowed('criteria.aggregation', ['Average', 'Count', 'Minimum', 'Maximum', 'Total']),
    allowed('criteria.operator', ['Equals', 'GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual']),
    allowed('criteria.dimension.operator', ['Include', 'Exclude', 'StartsWith']),
  ],
  azurerm_monitor_diagnostic_setting: [
    matching('name', /^[^<>*%&:\\?+/]{1,260}$/, 'expected 1 to 260 characters without < > * % & : \\ ? + /'),
    anyArmId('target_resource_id'),
    atLeastOne([
      'eventhub_authorization_rule_id',
      'log_analytics_workspace_id',
      'storage_account_id',
      'partner_solution_id',
    ]),
    armId('log_analytics_workspace_id', WORKSPACE),
    allowed('log_analytics_destination_type', ['Dedicated', 'AzureDiagnostics']),
    atLeastOne(['enabled_log', 'enabled_metric', 'metric']),
    exactlyOne(['category', 'category_group'], 'enabled_log'),
    deprecated('metric', 'use enabled_metric'),
    deprecated('enabled_log.retention_policy', 'use azurerm_storage_management_policy'),
  ],
  azurerm_application_insights: [
    allowed('application_type', ['web', 'other', 'java', 'MobileCenter', 'phone', 'store', 'ios', 'Node.JS']),
    armId('workspace_id', WORKSPACE),
    allowed('retention_in_days', [30, 60, 90, 120, 180, 270, 365, 550, 730]),
    between('sampling_percentage', 0, 100),
  ],
  azurerm_application_insights_workbook: [
    matching('name', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'expected a lower-case GUID'),
    json('data_json'),
    matching('source_id', /^[^A-Z]*$/, 'expected no upper-case letter'),
  ],
};
