import { createHash } from 'node:crypto';
import type { ApiRead, GatewayRead, PolicyRead } from '../../../../src/connectors/assessor/gateway/gateway.ts';
import type { PolicyParts, WrittenPolicy } from '../../../../src/posture/gateway-policy/flow.ts';
import { readPolicies } from '../../../../src/posture/gateway-policy/read-policies.ts';
import type { Flow, GatewayApi } from '../../../../src/posture/readings/gateway/gateway-apis.ts';
import type { Reader, ReadFacts } from '../../reader.ts';

/** No gateway is configured: nobody can say anything of it. */
export const NO_GATEWAY: NonNullable<ReadFacts['gaps']> = [
  { reason: 'not-configured', detail: 'GATEWAY_APIM_ID names no gateway.' },
];

/** The gateway’s APIs, and what their policies do. The policies’ own text stays here: people put keys in it. */
export const readGatewayApis: Reader = async ({ vendors, settings }) => {
  if (settings.GATEWAY_APIM_ID === undefined) {
    return { facts: { apis: [], backends: [] }, failures: [], gaps: NO_GATEWAY };
  }
  const read = await vendors.assessor.readGateway();
  const { service, backends, failures } = read;
  return {
    facts: {
      ...(service === undefined ? {} : { service }),
      ofService: readPolicies([written(read.global)], partsOf(read)),
      apis: read.apis.map((each) => apiOf(each, read)),
      backends,
    },
    failures: failures.map((failure) => ({ failure })),
  };
};

function apiOf(read: ApiRead, gateway: GatewayRead): GatewayApi {
  const flows = read.api.previewOnly ? [] : flowsOf(read, gateway);
  const targets = [...read.api.targets, ...flows.flatMap((flow) => flow.targets)];
  return { ...read.api, targets: [...new Set(targets)], flows };
}

/**
 * Every way through an API: for what has no policy of its own, and for each operation that has one; each without a product,
 * and through every product that has a policy.
 */
function flowsOf({ api, policy, operations, partly }: ApiRead, gateway: GatewayRead): Flow[] {
  const parts = partsOf(gateway);
  const own = operations.filter((each) => isThere(each.policy));
  const places: (readonly [resource: string, chain: readonly PolicyRead[]])[] = [
    // Where every operation has a policy of its own, the API’s runs for none without it.
    ...(own.length < operations.length || own.length === 0 || partly ? [[api.id, [policy]] as const] : []),
    ...own.map((each) => [each.id, [each.policy, policy]] as const),
  ];
  const products = gateway.products.filter((each) => isThere(each.policy));
  return places.flatMap(([resource, chain]) =>
    [undefined, ...products].map((product): Flow => {
      const all = [...chain, ...(product === undefined ? [] : [product.policy]), gateway.global];
      return {
        ...readPolicies(all.map(written), parts),
        of: chain[0]?.of ?? api.name,
        resource,
        ...(product === undefined ? {} : { product: product.name }),
        policies: all.flatMap(({ policy: found }) =>
          found === undefined ? [] : [{ id: found.id, hash: createHash('sha256').update(found.text).digest('hex') }],
        ),
      };
    }),
  );
}

function partsOf({ fragments, fragmentsPartly, namedValues }: GatewayRead): PolicyParts {
  return {
    fragments: new Map(fragments.map((each) => [each.name.toLowerCase(), written(each)])),
    ...(fragmentsPartly ? { partly: true as const } : {}),
    namedValues,
  };
}

function isThere({ policy, failure }: PolicyRead): boolean {
  return policy !== undefined || failure !== undefined;
}

function written({ id, of, policy, failure }: PolicyRead): WrittenPolicy {
  return {
    id,
    of,
    ...(policy === undefined ? {} : { text: policy.text }),
    ...(failure === undefined ? {} : { unread: true as const }),
  };
}
