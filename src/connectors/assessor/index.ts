import { bind } from '../bind.ts';
import type { GatewayPlace } from '../gateway/objects.ts';
import type { DevOpsSettings, GraphSettings } from '../settings.ts';
import { listAccessPolicies } from './access-policies.ts';
import { readGateway } from './gateway.ts';
import { listConsentsTo, listPrincipals, listRegistrations, listRolesOn } from './gateway-apps.ts';
import { listGatewayApis, listGatewayBackends } from './gateway-lists.ts';
import { readSecurityRules, readSubnet } from './network.ts';
import { listPolicies } from './policies.ts';
import { askWithoutToken, reachServer } from './probes.ts';
import { listServerHosts } from './server-hosts.ts';
import { listAzureConnections } from './service-connections.ts';

/** What the checklist rests on, read as the identity `assessor`, which can change nothing. */
export const openAssessor = (settings: GatewayPlace & DevOpsSettings & GraphSettings) =>
  bind(settings, {
    askWithoutToken,
    listAccessPolicies,
    listAzureConnections,
    listConsentsTo,
    listGatewayApis,
    listGatewayBackends,
    listPolicies,
    listPrincipals,
    listRegistrations,
    listRolesOn,
    listServerHosts,
    reachServer,
    readGateway,
    readSecurityRules,
    readSubnet,
  });

export type Assessor = ReturnType<typeof openAssessor>;
