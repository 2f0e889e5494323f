import { join, resolve } from 'node:path';
import { applyOf, planOf, type Resource, resourcesIn } from '../support/plan-of.ts';

export const root = resolve(import.meta.dirname, '../../..');
const infra = join(root, 'infra');
export const SUBSCRIPTION = '1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b';
const BASE = {
  subscription_id: SUBSCRIPTION,
  tenant_id: '6b8f2c1d-0a4e-4f5b-9c7d-1e2f3a4b5c6d',
  environment: 'test',
  location: 'westeurope',
  business_time_zone: 'Europe/Berlin',
  alert_email_receivers: { security: 'security@contoso.com' },
  github_organisations: ['contoso'],
  github_app_id: '123456',
  security_repository: 'contoso/security',
};
export const PUBLISHER = { publisher_name: 'Contoso', publisher_email: 'platform@contoso.com' };
export const SERVERS = {
  mcp_servers: {
    filesystem: { image: 'mcp-filesystem:1.4.2', allowed_orgs: ['contoso'] },
    vault: { image: 'mcp-store:1.0.0', allowed_orgs: ['contoso'], secrets: true },
  },
};

export const planned = async (variables: object): Promise<readonly Resource[]> =>
  resourcesIn((await planOf(infra, { variables: { ...BASE, ...variables } })).planned_values);

export const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((resource) => resource.mode === 'managed' && resource.type === type);

/** The trial as it would be after an apply: settings have values only then. */
export const trial = resourcesIn((await applyOf(infra, { variables: { ...BASE, profile: 'trial' } })).values);
const [small, production, standardV2] = await Promise.all([
  planned({ ...PUBLISHER, ...SERVERS }),
  planned({ ...PUBLISHER, ...SERVERS, profile: 'production' }),
  planned({ ...PUBLISHER, ...SERVERS, profile: 'production', gateway_sku: 'StandardV2_1' }),
]);
export const PROFILES = { trial, small, production, 'production with StandardV2': standardV2 };
