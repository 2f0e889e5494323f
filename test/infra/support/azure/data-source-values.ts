import type { Unset } from '../provider/fill-computed.ts';
import type { Fields, Value } from '../provider/wire-value.ts';
import { computedValue } from './computed-values.ts';
import { CALLER_CLIENT_ID, CALLER_OBJECT_ID, subscriptionOf, tenantOf } from './fake-ids.ts';
import { GRAPH_APP_ROLES, GRAPH_CLIENT_ID } from './graph-app-roles.ts';

/** What a data source answers: who runs Terraform where, Microsoft Graph's permissions, else something of the type. */
export function dataSourceValue(type: string, unset: Unset, settings: Fields): Value {
  const { name, resource } = unset;
  if (type.endsWith('_client_config') || type === 'azurerm_subscription') {
    if (name === 'tenant_id') return tenantOf(settings);
    if (name === 'subscription_id') return subscriptionOf(settings);
    if (name === 'client_id') return CALLER_CLIENT_ID;
    if (name === 'object_id') return CALLER_OBJECT_ID;
    if (name === 'id' && type === 'azurerm_subscription') return `/subscriptions/${subscriptionOf(settings)}`;
  }
  if (name === 'app_role_ids' && resource.client_id === GRAPH_CLIENT_ID) return GRAPH_APP_ROLES;
  return computedValue(type, unset, settings);
}
