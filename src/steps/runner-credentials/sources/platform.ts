import { defineSource } from '../../define-source.ts';

const GATEWAY = 'reader/azure/gateway/Microsoft.ApiManagement/service';
const needs = 'DENY_LIST_NAMED_VALUES';
const reads = (...what: readonly string[]): string[] => what.map((each) => `${GATEWAY}/${each}/read`);

/** Credentials in the platform itself: with what the gateway and the servers sign in elsewhere. */
export const PLATFORM_SOURCES = [
  defineSource({
    id: 'gateway/named-values',
    holds: 'credentials of the leaver in named values that are not secret',
    examined: 'always',
    needs,
    permissions: reads('namedValues'),
  }),
  defineSource({
    id: 'gateway/backends',
    holds: 'credentials of the leaver with which the gateway calls a backend',
    examined: 'always',
    needs,
    permissions: reads('backends'),
  }),
  defineSource({
    id: 'gateway/policies',
    holds: 'credentials of the leaver that are written into a policy of the service, its products, APIs and operations',
    examined: 'always',
    needs,
    permissions: reads(
      'policies',
      'policyFragments',
      'products',
      'products/policies',
      'apis',
      'apis/policies',
      'apis/operations',
      'apis/operations/policies',
    ),
  }),
  defineSource({
    id: 'gateway/credential-manager',
    holds: 'sign-ins at upstream services that the gateway lets the leaver use',
    examined: 'always',
    needs,
    permissions: reads(
      'authorizationProviders',
      'authorizationProviders/authorizations',
      'authorizationProviders/authorizations/accessPolicies',
    ),
    remedies: ['delete-access-policy'],
  }),
  defineSource({
    id: 'azure/container-environment',
    holds: 'credentials of the leaver in the environment of the MCP servers’ containers',
    examined: 'always',
    scope: 'SUBSCRIPTION_IDS',
    // Azure leaves out of a list what the caller may not read: only its rights tell whether the list is all there is.
    permissions: [
      'reader/azure/subscriptions/Microsoft.ContainerInstance/containerGroups/read',
      'reader/azure/subscriptions/Microsoft.Authorization/permissions/read',
    ],
  }),
] as const;
