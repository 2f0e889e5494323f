import { isFields } from '../../provider/wire-value.ts';
import { guid } from './formats.ts';
import {
  allowed,
  atLeastOne,
  deprecated,
  exactlyOne,
  matching,
  needs,
  notTogether,
  type Rule,
  type RuleTable,
} from './rule.ts';
import { select } from './select.ts';

const SIGN_IN_AUDIENCES = [
  'AzureADMyOrg',
  'AzureADMultipleOrgs',
  'AzureADandPersonalMicrosoftAccount',
  'PersonalMicrosoftAccount',
];

const GROUP_CLAIMS = ['All', 'None', 'ApplicationGroup', 'DirectoryRole', 'SecurityGroup'];

const CLAIM_PROPERTIES = [
  'cloud_displayname',
  'dns_domain_and_sam_account_name',
  'emit_as_roles',
  'include_externally_authenticated_upn',
  'include_externally_authenticated_upn_without_hash',
  'max_size_limit',
  'netbios_domain_and_sam_account_name',
  'on_premise_security_identifier',
  'sam_account_name',
  'use_guid',
];

const APPLICATION_ID = /^\/applications\/[^/]+$/;

/** Roles and scopes share their ids and values: one value is one id, whichever of the two it is. */
const rolesAndScopesAreOneNamespace: Rule = (resource, schema) => {
  const sites = ['app_role', 'api.oauth2_permission_scope'].flatMap((selector) => select(resource, schema, selector));
  return sites.flatMap(({ value, path }, index) => {
    if (!isFields(value) || typeof value.id !== 'string' || typeof value.value !== 'string') return [];
    const clash = sites
      .slice(0, index)
      .some(({ value: other }) => isFields(other) && (other.id === value.id) !== (other.value === value.value));
    if (!clash) return [];
    const detail = `${value.value} or its id stands for another role or scope as well.`;
    return [{ severity: 'error', summary: 'Duplicate role or scope', detail, path } as const];
  });
};

/** Sources: hashicorp/terraform-provider-azuread v3.7.0, internal/services. */
export const ENTRA_RULES: RuleTable = {
  azuread_application: [
    allowed('sign_in_audience', SIGN_IN_AUDIENCES),
    allowed('group_membership_claims', GROUP_CLAIMS),
    guid('app_role.id'),
    allowed('app_role.allowed_member_types', ['Application', 'User']),
    matching('app_role.value', /^(?!\.)[\w!#$%&'()*+,\-./:;=?@^`{|}~[\]]{1,250}$/, 'expected a value without spaces'),
    guid('api.oauth2_permission_scope.id'),
    allowed('api.oauth2_permission_scope.type', ['Admin', 'User']),
    allowed('api.requested_access_token_version', [1, 2]),
    guid('api.known_client_applications'),
    guid('required_resource_access.resource_access.id'),
    allowed('required_resource_access.resource_access.type', ['Role', 'Scope']),
    matching('identifier_uris', /^(api|https|urn|ms-appx):/, 'expected an api, https or urn URI'),
    guid('owners'),
    notTogether(['feature_tags', 'tags']),
    rolesAndScopesAreOneNamespace,
    ...['access_token', 'id_token', 'saml2_token'].flatMap((token) => [
      allowed(`optional_claims.${token}.additional_properties`, CLAIM_PROPERTIES),
      allowed(`optional_claims.${token}.source`, ['user']),
    ]),
  ],
  azuread_application_registration: [
    allowed('sign_in_audience', SIGN_IN_AUDIENCES),
    allowed('group_membership_claims', GROUP_CLAIMS),
    allowed('requested_access_token_version', [1, 2]),
  ],
  azuread_application_app_role: [
    matching('application_id', APPLICATION_ID, 'expected /applications/<object id>'),
    guid('role_id'),
    allowed('allowed_member_types', ['Application', 'User']),
  ],
  azuread_application_permission_scope: [
    matching('application_id', APPLICATION_ID, 'expected /applications/<object id>'),
    guid('scope_id'),
    allowed('type', ['Admin', 'User']),
  ],
  azuread_application_identifier_uri: [
    matching('application_id', APPLICATION_ID, 'expected /applications/<object id>'),
    matching('identifier_uri', /^(api|https|urn|ms-appx):/, 'expected an api, https or urn URI'),
  ],
  azuread_application_pre_authorized: [
    matching('application_id', APPLICATION_ID, 'expected /applications/<object id>'),
    guid('authorized_client_id'),
    guid('permission_ids'),
  ],
  azuread_service_principal: [
    guid('client_id'),
    guid('owners'),
    allowed('preferred_single_sign_on_mode', ['oidc', 'password', 'saml', 'notSupported']),
    notTogether(['feature_tags', 'features', 'tags']),
    deprecated('features', 'use feature_tags'),
  ],
  azuread_app_role_assignment: [guid('app_role_id'), guid('principal_object_id'), guid('resource_object_id')],
  azuread_conditional_access_policy: [
    allowed('state', ['disabled', 'enabled', 'enabledForReportingButNotEnforced']),
    allowed('conditions.client_app_types', [
      'all',
      'browser',
      'easSupported',
      'exchangeActiveSync',
      'mobileAppsAndDesktopClients',
      'other',
    ]),
    exactlyOne(['included_applications', 'included_user_actions'], 'conditions.applications'),
    atLeastOne(
      ['included_groups', 'included_roles', 'included_users', 'included_guests_or_external_users'],
      'conditions.users',
    ),
    atLeastOne(['grant_controls', 'session_controls']),
    allowed('grant_controls.operator', ['AND', 'OR']),
    allowed('grant_controls.built_in_controls', [
      'approvedApplication',
      'block',
      'compliantApplication',
      'compliantDevice',
      'domainJoinedDevice',
      'mfa',
      'passwordChange',
    ]),
    atLeastOne(['built_in_controls', 'authentication_strength_policy_id', 'terms_of_use'], 'grant_controls'),
    needs('sign_in_frequency', 'sign_in_frequency_period', 'session_controls'),
    needs('sign_in_frequency_period', 'sign_in_frequency', 'session_controls'),
  ],
};
