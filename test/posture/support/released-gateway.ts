import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { gatewayPlan } from '../../infra/support/gateway/gateway-plan.ts';
import type { Resource } from '../../infra/support/plan-of.ts';
import type { gatewayOf } from './gateway.ts';

/** What infra/modules/gateway deploys, as it then stands in the tenant. */
export async function deployReleasedGateway(
  gateway: ReturnType<typeof gatewayOf>,
  variables: Readonly<Record<string, unknown>>,
): Promise<void> {
  const resources = await gatewayPlan({ tenant_id: WORLD.tenantId, ...variables });
  gateway.clear();
  const each = (type: string, put: (text: (name: string) => string) => void): void => {
    for (const { values } of resources.filter(
      (resource: Resource) => resource.type === `azurerm_api_management_${type}`,
    )) {
      put((name) => String(values[name]));
    }
  };
  each('api', (text) => {
    gateway.put(`apis/${text('name')}`, { displayName: text('display_name'), path: text('path'), apiRevision: '1' });
  });
  each('api_operation', (text) => {
    gateway.put(`apis/${text('api_name')}/operations/${text('operation_id')}`, { method: text('method') });
  });
  each('api_policy', (text) => {
    gateway.setPolicy(`apis/${text('api_name')}`, text('xml_content'));
  });
  each('api_operation_policy', (text) => {
    gateway.setPolicy(`apis/${text('api_name')}/operations/${text('operation_id')}`, text('xml_content'));
  });
  each('policy_fragment', (text) => {
    gateway.put(`policyFragments/${text('name')}`, { format: 'rawxml', value: text('value') });
  });
  each('backend', (text) => {
    gateway.backend(text('name'), text('url'));
  });
}
