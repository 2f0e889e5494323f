import { bind } from '../bind.ts';
import type { ArmSettings, GraphSettings } from '../settings.ts';
import { listAccessPolicies } from './access-policies.ts';
import { listConsentsTo, listPrincipals, listRegistrations, listRolesOn } from './gateway-apps.ts';
import { listServerHosts } from './server-hosts.ts';

/** What the checklist rests on, read as the identity `assessor`, which can change nothing. */
export const openAssessor = (settings: ArmSettings & GraphSettings) =>
  bind(settings, {
    listAccessPolicies,
    listConsentsTo,
    listPrincipals,
    listRegistrations,
    listRolesOn,
    listServerHosts,
  });

export type Assessor = ReturnType<typeof openAssessor>;
