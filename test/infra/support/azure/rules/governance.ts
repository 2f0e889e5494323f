import { anyArmId, armId, guid, instant, json } from './formats.ts';
import { allowed, atLeastOne, between, deprecated, each, exactlyOne, matching, needs, type RuleTable } from './rule.ts';

/** Sources: hashicorp/terraform-provider-azurerm v4.73.0, internal/services/authorization, policy, managedidentity, consumption, eventgrid and resource. */
export const GOVERNANCE_RULES: RuleTable = {
  azurerm_user_assigned_identity: [
    matching('name', /^[a-zA-Z0-9][\w-]{2,127}$/, 'expected 3 to 128 letters, digits, - _'),
  ],
  azurerm_federated_identity_credential: [
    matching('name', /^[a-zA-Z0-9][\w-]{2,119}$/, 'expected 3 to 120 letters, digits, - _'),
    exactlyOne(['user_assigned_identity_id', 'parent_id']),
    deprecated('parent_id', 'use user_assigned_identity_id'),
    deprecated('resource_group_name', 'it is not used any more; leave it out'),
    armId('user_assigned_identity_id', 'Microsoft.ManagedIdentity/userAssignedIdentities'),
    matching('issuer', /^https:\/\/[^\s]+[^/\s]$/, 'expected an https address without a trailing /'),
    // Entra compares subjects literally; one with a wildcard matches nothing, or, as an expression, too much.
    matching('subject', /^[^*?]+$/, 'expected a subject without a wildcard'),
    each('audience', (audience) => (audience === '' ? 'expected an audience' : undefined)),
  ],
  azurerm_role_assignment: [
    guid('name'),
    exactlyOne(['role_definition_id', 'role_definition_name']),
    matching('scope', /^\//, 'expected a resource id'),
    guid('principal_id'),
    allowed('principal_type', ['User', 'Group', 'ServicePrincipal']),
    allowed('condition_version', ['1.0', '2.0']),
    needs('condition_version', 'condition'),
    needs('condition', 'condition_version'),
  ],
  azurerm_role_definition: [
    guid('role_definition_id'),
    matching('scope', /^\/(subscriptions|providers\/Microsoft\.Management\/managementGroups)\//, 'expected a scope'),
    anyArmId('assignable_scopes'),
    matching('permissions.actions', /^(\*|[\w.]+\/[\w.*/-]+)$/, 'expected an operation such as Microsoft.X/y/read'),
    matching(
      'permissions.data_actions',
      /^(\*|[\w.]+\/[\w.*/-]+)$/,
      'expected an operation such as Microsoft.X/y/read',
    ),
  ],
  azurerm_policy_definition: [
    matching('name', /^[^#<>%&:\\?/]{1,64}$/, 'expected at most 64 characters'),
    allowed('policy_type', ['Custom', 'BuiltIn', 'NotSpecified', 'Static']),
    allowed('mode', ['All', 'Indexed']),
    json('policy_rule'),
    json('parameters'),
    json('metadata'),
  ],
  azurerm_subscription_policy_assignment: [
    matching(
      'name',
      /^[^#<>%&:\\?/]{0,63}[^#<>%&:\\?/ .]$/,
      'expected at most 64 characters, not ending in . or space',
    ),
    matching('subscription_id', /^\/subscriptions\/[^/]+$/, 'expected /subscriptions/<id>'),
    matching(
      'policy_definition_id',
      /\/providers\/Microsoft\.Authorization\/policy(Set)?Definitions\/[^/]+$/,
      'expected a policy',
    ),
    needs('identity', 'location'),
    json('parameters'),
    json('metadata'),
  ],
  azurerm_consumption_budget_resource_group: [
    resourceGroupId('resource_group_id'),
    between('amount', 1, Number.MAX_SAFE_INTEGER),
    allowed('time_grain', ['BillingAnnual', 'BillingMonth', 'BillingQuarter', 'Annually', 'Monthly', 'Quarterly']),
    // Budgets begin with a month.
    matching('time_period.start_date', /^\d{4}-\d{2}-01T00:00:00Z$/, 'expected the first instant of a month, in UTC'),
    instant('time_period.end_date'),
    between('notification.threshold', 0, 1000),
    allowed('notification.threshold_type', ['Actual', 'Forecasted']),
    allowed('notification.operator', ['EqualTo', 'GreaterThan', 'GreaterThanOrEqualTo']),
    atLeastOne(['contact_emails', 'contact_groups', 'contact_roles'], 'notification'),
  ],
  azurerm_eventgrid_partner_configuration: [
    between('default_maximum_expiration_time_in_days', 1, 365),
    guid('partner_authorization.partner_registration_id'),
    instant('partner_authorization.authorization_expiration_time_in_utc'),
  ],
  azurerm_management_lock: [allowed('lock_level', ['CanNotDelete', 'ReadOnly']), anyArmId('scope')],
};

function resourceGroupId(selector: string): ReturnType<typeof matching> {
  return matching(selector, /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/, 'expected the id of a resource group');
}
