import { mapBounded } from '../../../../src/connectors/map-bounded.ts';
import { isMcpApi, isOfOtherType } from '../../../../src/posture/gateway-policy/gateway-links.ts';
import { hostOf } from '../../../../src/posture/gateway-policy/mcp-addresses.ts';
import type { Reader, ReadFault } from '../../reader.ts';
import { NO_GATEWAY } from './gateway-apis.ts';

/** Questions in flight: the gateway counts them by address. Of connections most wait for a network that says nothing. */
const IN_FLIGHT = { questions: 4, connections: 16 };

/**
 * Asks each server’s API without a token, and each server past the gateway. GATEWAY_URL says where clients find the
 * gateway, and that the app’s network reaches it: from elsewhere a closed door proves nothing.
 */
export const readGatewayProbes: Reader = async ({ vendors: { assessor }, settings }) => {
  const { GATEWAY_APIM_ID, GATEWAY_URL } = settings;
  const nothing = { facts: { apis: [], servers: [] }, failures: [] };
  if (GATEWAY_APIM_ID === undefined) return { ...nothing, gaps: NO_GATEWAY };
  if (GATEWAY_URL === undefined) {
    const detail = 'GATEWAY_URL is not set: nothing says that the app can reach the gateway, so it asks nothing.';
    return { ...nothing, gaps: [{ reason: 'not-configured', detail }] };
  }
  const [apis, backends] = await Promise.all([assessor.listGatewayApis(), assessor.listGatewayBackends()]);
  const faults: ReadFault[] = [apis.failure, apis.previewFailure, backends.failure].flatMap((failure) =>
    failure === undefined ? [] : [{ failure }],
  );
  const asked = await mapBounded(
    // What answers everybody is no server’s.
    apis.items.filter((api) => isMcpApi(api) && !isOfOtherType(api) && !api.path.startsWith('.well-known')),
    IN_FLIGHT.questions,
    async ({ id, name, path }) => {
      const url = `${GATEWAY_URL}/${path}`;
      return { id, name, url, answer: await assessor.askWithoutToken(url) };
    },
  );
  const places = [
    ...backends.items,
    ...apis.items.flatMap(({ targets }) =>
      targets.filter((each) => URL.canParse(each)).map((origin) => ({ id: origin, name: origin, origin })),
    ),
  ];
  const servers = await mapBounded(places, IN_FLIGHT.connections, async ({ id, name, origin }) => {
    if (origin === undefined) return [];
    const { port, protocol, host } = new URL(origin);
    const at = { host: hostOf(origin), port: Number(port) || (protocol === 'http:' ? 80 : 443) };
    const reached = await assessor.reachServer(at);
    return [{ id, name, address: host, reached: reached.reached, at: [...reached.at] }];
  });
  return {
    facts: {
      apis: asked.flatMap(({ answer, ...about }) => (answer.ok ? [{ ...about, ...answer.value }] : [])),
      servers: servers.flat(),
    },
    failures: [
      ...faults,
      ...asked.flatMap(({ name, answer }) => (answer.ok ? [] : [{ which: name, failure: answer.failure }])),
    ],
  };
};
