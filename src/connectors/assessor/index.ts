import { bind } from '../bind.ts';
import type { GatewayPlace } from '../gateway/objects.ts';
import { readGateway } from './gateway.ts';
import { listGatewayApis, listGatewayBackends } from './gateway-lists.ts';
import { readSecurityRules, readSubnet } from './network.ts';
import { listPolicies } from './policies.ts';
import { askWithoutToken, reachServer } from './probes.ts';
import { listServerHosts } from './server-hosts.ts';

/** What the checklist rests on, read as the identity `assessor`, which can change nothing. */
export const openAssessor = (settings: GatewayPlace) =>
  bind(settings, {
    askWithoutToken,
    listGatewayApis,
    listGatewayBackends,
    listPolicies,
    listServerHosts,
    readGateway,
    readSecurityRules,
    readSubnet,
  });

export type Assessor = ReturnType<typeof openAssessor>;
