import { AZURE_PERMISSIONS, KEY_VAULT_PERMISSIONS, LOG_PERMISSIONS } from './azure-permissions.ts';
import { DEVOPS_PERMISSIONS } from './devops-permissions.ts';
import { GITHUB_PERMISSIONS } from './github-permissions.ts';
import { GRAPH_PERMISSIONS } from './graph-permissions.ts';
import type { Permission } from './permission.ts';
import { PLATFORM_PERMISSIONS } from './platform-permissions.ts';

/**
 * Every permission that the app needs, and no other. Terraform grants exactly these, docs/permissions.md explains
 * them, the simulated tenant enforces them, and `GET /api/doctor` probes them.
 */
export const PERMISSIONS: readonly Permission[] = [
  ...GRAPH_PERMISSIONS,
  ...AZURE_PERMISSIONS,
  ...KEY_VAULT_PERMISSIONS,
  ...LOG_PERMISSIONS,
  ...DEVOPS_PERMISSIONS,
  ...GITHUB_PERMISSIONS,
  ...PLATFORM_PERMISSIONS,
];
