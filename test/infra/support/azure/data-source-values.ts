import type { Unset } from '../provider/fill-computed.ts';
import type { Value } from '../provider/wire-value.ts';
import { computedValue } from './computed-values.ts';
import { CALLER_CLIENT_ID, CALLER_OBJECT_ID, SUBSCRIPTION_ID, TENANT_ID } from './fake-ids.ts';
import { GRAPH_APP_ROLES, GRAPH_CLIENT_ID } from './graph-app-roles.ts';

/** Who runs Terraform and where: the same caller in every run. */
const CALLER: Readonly<Record<string, Value>> = {
  tenant_id: TENANT_ID,
  subscription_id: SUBSCRIPTION_ID,
  client_id: CALLER_CLIENT_ID,
  object_id: CALLER_OBJECT_ID,
};

export function dataSourceValue(type: string, unset: Unset): Value {
  const known = type.endsWith('_client_config') || type === 'azurerm_subscription' ? CALLER[unset.name] : undefined;
  if (known !== undefined) return known;
  if (type === 'azurerm_subscription' && unset.name === 'id') return `/subscriptions/${SUBSCRIPTION_ID}`;
  if (unset.name === 'app_role_ids' && unset.resource.client_id === GRAPH_CLIENT_ID) return GRAPH_APP_ROLES;
  return computedValue(type, unset);
}
