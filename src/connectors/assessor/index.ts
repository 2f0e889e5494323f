import { bind } from '../bind.ts';
import type { ArmSettings, DevOpsSettings, GraphSettings } from '../settings.ts';
import { listAccessPolicies } from './access-policies.ts';
import { listConsentsTo, listPrincipals, listRegistrations, listRolesOn } from './gateway-apps.ts';
import { listServerHosts } from './server-hosts.ts';
import { listAzureConnections } from './service-connections.ts';

/** What the checklist rests on, read as the identity `assessor`, which can change nothing. */
export const openAssessor = (settings: ArmSettings & DevOpsSettings & GraphSettings) =>
  bind(settings, {
    listAccessPolicies,
    listAzureConnections,
    listConsentsTo,
    listPrincipals,
    listRegistrations,
    listRolesOn,
    listServerHosts,
  });

export type Assessor = ReturnType<typeof openAssessor>;
