import { azurePrincipals, azureProfile, claude, docker, json, msal } from './json.ts';
import type { Labels } from './label.ts';
import { assignments, ghHosts, gitConfig, ini, netrc, urls } from './lines.ts';

/** How names and accounts are read from a file, by the name that `places.ts` has for it. */
export const LABELS = {
  none: (): Labels => ({ labels: [] }),
  assignments,
  ini,
  'git-config': gitConfig,
  urls,
  netrc,
  'gh-hosts': ghHosts,
  json,
  claude,
  docker,
  msal,
  'azure-profile': azureProfile,
  'azure-principals': azurePrincipals,
} as const satisfies Record<string, (text: string) => Labels>;
export type LabelsOf = keyof typeof LABELS;
