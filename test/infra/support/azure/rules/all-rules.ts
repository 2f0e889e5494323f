import { AUDIT_RULES } from './audit.ts';
import { COMPUTE_RULES } from './compute.ts';
import { ENTRA_RULES } from './entra.ts';
import { GATEWAY_RULES } from './gateway.ts';
import { GOVERNANCE_RULES } from './governance.ts';
import { NETWORK_RULES } from './network.ts';
import { RESOURCE_MANAGER_RULES } from './resource-manager.ts';
import type { RuleTable } from './rule.ts';
import { STORAGE_RULES } from './storage.ts';

/** Every rule by the resource type that it is about. */
export const RULES: RuleTable = {
  ...AUDIT_RULES,
  ...COMPUTE_RULES,
  ...ENTRA_RULES,
  ...GATEWAY_RULES,
  ...GOVERNANCE_RULES,
  ...NETWORK_RULES,
  ...RESOURCE_MANAGER_RULES,
  ...STORAGE_RULES,
};
