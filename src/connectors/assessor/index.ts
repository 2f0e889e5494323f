import { bind } from '../bind.ts';
import type { ArmSettings } from '../settings.ts';
import { readSecurityRules, readSubnet } from './network.ts';
import { listPolicies } from './policies.ts';
import { listServerHosts } from './server-hosts.ts';

/** What the checklist rests on, read as the identity `assessor`, which can change nothing. */
export const openAssessor = (settings: ArmSettings) =>
  bind(settings, { listPolicies, listServerHosts, readSecurityRules, readSubnet });

export type Assessor = ReturnType<typeof openAssessor>;
