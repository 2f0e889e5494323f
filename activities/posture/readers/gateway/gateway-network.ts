import type { Reader } from '../../reader.ts';
import { NO_GATEWAY } from './gateway-apis.ts';

/** The gateway’s subnets, and which addresses they have. */
export const readGatewayNetwork: Reader = async ({ vendors: { assessor }, settings }) => {
  const nothing = { facts: { subnets: [] }, failures: [] };
  if (settings.GATEWAY_APIM_ID === undefined) return { ...nothing, gaps: NO_GATEWAY };
  const service = await assessor.readGatewayService();
  if (!service.ok) return { ...nothing, failures: [{ failure: service.failure }] };
  const read = await Promise.all(
    service.value.subnets.map(async (id) => ({ id, answer: await assessor.readSubnet(id) })),
  );
  const detail =
    'The gateway, or one of its regions, is in no subnet: from which addresses it calls servers is not known.';
  return {
    facts: {
      subnets: read.flatMap(({ id, answer }) => (answer.ok ? [{ id, prefixes: [...answer.value.prefixes] }] : [])),
    },
    failures: read.flatMap(({ id, answer }) => (answer.ok ? [] : [{ which: id, failure: answer.failure }])),
    gaps: service.value.everywhereInSubnet ? [] : [{ reason: 'no-data', detail }],
  };
};
