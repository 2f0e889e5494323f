import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { ApprovedSubnet } from '../../../src/posture/readings/network.ts';
import type { Reader, ReadFault } from '../reader.ts';

/** The subnets that the firm approves, each with what stands at its door. */
export const readNetwork: Reader = async ({ vendors, settings }) => {
  const ids = [...new Set(settings.APPROVED_SUBNET_IDS.map((id) => id.toLowerCase()))];
  const read = await Promise.all(ids.map((id) => readOne(id, vendors.assessor)));
  return {
    facts: { approved: read.map(({ subnet }) => subnet) },
    failures: read.flatMap(({ failures }) => failures),
    gaps: ids.length > 0 ? [] : [{ reason: 'not-configured', detail: 'APPROVED_SUBNET_IDS names no subnet.' }],
  };
};

async function readOne(
  id: string,
  assessor: Parameters<Reader>[0]['vendors']['assessor'],
): Promise<{ readonly subnet: ApprovedSubnet; readonly failures: readonly ReadFault[] }> {
  const fault = (failure: VendorFailure): ReadFault => ({ which: id, failure });
  const nothing = { id, prefixes: [], delegations: [] };
  const found = await assessor.readSubnet(id);
  if (!found.ok) {
    const gone = found.failure.kind === 'not-found';
    const subnet = { ...nothing, state: gone ? ('gone' as const) : ('unread' as const) };
    return { subnet, failures: gone ? [] : [fault(found.failure)] };
  }
  const { prefixes, delegations, securityGroup } = found.value;
  const subnet: ApprovedSubnet = { id, state: 'there', prefixes: [...prefixes], delegations: [...delegations] };
  if (securityGroup === undefined) return { subnet, failures: [] };
  const rules = await assessor.readSecurityRules(securityGroup);
  if (!rules.ok) return { subnet: { ...subnet, rulesUnread: true }, failures: [fault(rules.failure)] };
  const copied = rules.value.map((rule) => ({
    ...rule,
    sources: [...rule.sources],
    destinations: [...rule.destinations],
    ports: [...rule.ports],
    sourcePorts: [...rule.sourcePorts],
  }));
  return { subnet: { ...subnet, securityGroup: { id: securityGroup, rules: copied } }, failures: [] };
}
