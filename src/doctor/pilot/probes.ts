import { AZURE_PROBES } from './azure.ts';
import { DEVOPS_PROBES } from './azure-devops.ts';
import { ENTRA_DELETED_PROBES } from './entra-deleted.ts';
import { ENTRA_LOG_PROBES } from './entra-log.ts';
import { GITHUB_PROBES } from './github/github.ts';
import { GITHUB_PROVISIONING_PROBES } from './github/github-provisioning.ts';
import { GITHUB_SIGN_ON_PROBES } from './github/github-sign-on.ts';
import type { Places } from './places.ts';
import type { ProbeDefinition } from './probe.ts';

/** Every probe by its vendor. */
export const PROBES: { readonly [V in keyof Places]: readonly ProbeDefinition<V>[] } = {
  entra: [...ENTRA_LOG_PROBES, ...ENTRA_DELETED_PROBES],
  github: [...GITHUB_SIGN_ON_PROBES, ...GITHUB_PROVISIONING_PROBES, ...GITHUB_PROBES],
  'azure-devops': DEVOPS_PROBES,
  azure: AZURE_PROBES,
};
