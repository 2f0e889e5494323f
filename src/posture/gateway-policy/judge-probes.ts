import type { Doubt, FactsOf, Found, Judged } from '../check.ts';
import type { GatewayApi, gatewayApis } from '../readings/gateway/gateway-apis.ts';
import type { gatewayProbes } from '../readings/gateway/gateway-probes.ts';
import { apisLink, serversBehind } from './gateway-links.ts';
import { ELSEWHERE } from './parsing/elements.ts';

/** Why a gateway is open although its policies may be in order. */
export type ProbeFault = 'answers-without-token' | 'no-metadata' | 'server-reachable';

/** What was read of the gateway, and what it answered. */
export type Facts = FactsOf<{ readonly gateway: typeof gatewayApis; readonly probes: typeof gatewayProbes }>;
type Outcome = Pick<Judged<ProbeFault>, 'findings' | 'doubts'>;

/** What an API answers to somebody without a token. */
export function ofProbe(api: GatewayApi, { apis, servers }: Facts['probes']): Outcome {
  const probe = apis.find(({ id }) => id.toLowerCase() === api.id.toLowerCase());
  // That nothing was asked is a gap of the reading.
  if (probe === undefined && (apis.length > 0 || servers.length > 0)) {
    return doubt('no-data', api.id, `What API ${api.name} answers to somebody without a token is not known.`);
  }
  if (probe === undefined || (probe.status === 401 && probe.namesMetadata)) return { findings: [], doubts: [] };
  const { url, status } = probe;
  const passed = status !== 401;
  const found: Found<ProbeFault> = {
    reason: passed ? 'answers-without-token' : 'no-metadata',
    resource: `${api.id}#probe`,
    says: passed
      ? `${url} answers ${status} to somebody without a token, and not 401.`
      : `${url} answers 401 without saying where a client gets a token.`,
    evidence: { resource: api.id, call: `POST ${url}`, shows: { status, resource_metadata: probe.namesMetadata } },
    remedy: {
      todo: passed
        ? 'Deploy the released policy, and look for what answers in its place.'
        : 'Deploy the released policy, whose on-error section names resource_metadata.',
      link: apisLink(api.id),
    },
    ...(passed ? {} : { severity: 'medium' as const }),
  };
  return { findings: [found], doubts: [] };
}

/** Whether what is behind an API can be reached past the gateway. */
export function ofServers(api: GatewayApi, { gateway, probes }: Facts): Outcome {
  const nothingAsked = probes.apis.length === 0 && probes.servers.length === 0;
  const behind = serversBehind(api, gateway.backends);
  const forwards = api.flows.some((flow) => flow.forwards && !flow.incomplete && flow.unread.length === 0);
  if (behind.length === 0 && forwards) {
    return doubt('no-data', api.id, `Where API ${api.name} forwards is not written in its policy.`);
  }
  const outcomes = behind.map(({ id, name }): Outcome => {
    const probe = probes.servers.find((each) => each.id.toLowerCase() === id.toLowerCase());
    // Of a backend that no list has, the reading says that the list is not whole.
    const unlisted = gateway.backends.length === 0 && id !== ELSEWHERE && !URL.canParse(id);
    if (probe?.reached === 'closed' || (probe === undefined && (nothingAsked || unlisted))) {
      return { findings: [], doubts: [] };
    }
    if (probe?.reached !== 'open') {
      const why = probe === undefined ? 'is not asked' : 'has a name that the app cannot resolve';
      return doubt(
        'no-data',
        probe === undefined ? api.id : id,
        `Whether server ${name} can be reached past the gateway is not known: it ${why}.`,
      );
    }
    const found: Found<ProbeFault> = {
      reason: 'server-reachable',
      resource: `${id}#probe`,
      says: `${name} takes connections at ${probe.address} past the gateway.`,
      evidence: { resource: id, call: `connect ${probe.address}`, shows: { reached: probe.reached } },
      remedy: { todo: 'Let nobody but the gateway’s subnet into the servers’ subnet: infra/modules/network does.' },
    };
    return { findings: [found], doubts: [] };
  });
  return { findings: outcomes.flatMap((each) => each.findings), doubts: outcomes.flatMap((each) => each.doubts) };
}

/** What cannot be said of one thing. */
export function doubt(
  reason: Doubt['reason'],
  resource: string,
  detail: string,
): { readonly findings: readonly []; readonly doubts: readonly Doubt[] } {
  return { findings: [], doubts: [{ reason, resource, detail }] };
}
