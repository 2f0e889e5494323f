import { MCP_SUBNET, seedNetwork } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import type { ArmState } from '../../../local/tenant/arm/state.ts';

/** The network as it is deployed, with this machine’s own addresses in the servers’ subnet: tests listen there. */
export function seedLocalNetwork(arm: ArmState): void {
  arm.networkObjects.clear();
  seedNetwork(arm);
  const { addressPrefix, ...rest } = arm.networkObjects.get(MCP_SUBNET)?.properties ?? {};
  arm.networkObjects.add({
    id: MCP_SUBNET,
    properties: { ...rest, addressPrefixes: [addressPrefix, '127.0.0.0/24'] },
  });
}
