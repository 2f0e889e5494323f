import type { FactsOf, Found, Judged } from '../check.ts';
import type { callRates } from '../readings/calls/call-rates.ts';
import type { Flow, GatewayApi, gatewayApis } from '../readings/gateway/gateway-apis.ts';
import { apisLink, isMcpApi, isOfOtherType, leadsToServer, showPolicy, unnamed, waysOf } from './gateway-links.ts';
import { doubt } from './judge-probes.ts';
import { CALLS_A_MINUTE, callsAMinute, type RateLimit } from './rate-limit.ts';

export type LimitReason =
  | 'no-limit'
  | 'limit-too-high'
  | 'key-not-validated'
  | 'key-address'
  | 'key-other'
  | 'let-through';

type Facts = FactsOf<{ readonly gateway: typeof gatewayApis; readonly rates: typeof callRates }>;
type Outcome = Pick<Judged<LimitReason>, 'findings' | 'doubts'>;

/**
 * Whether each principal is held to so many calls a minute. What the log shows can only refute it: limits are never
 * completely accurate, and units may count apart.
 * Source: learn.microsoft.com/azure/api-management/rate-limit-by-key-policy
 */
export function judgeLimits({ gateway, rates }: Facts): Judged<LimitReason> {
  const { apis, service } = gateway;
  const outcomes = apis.map(ofApi);
  const subjects = apis.filter(leadsToServer);
  return {
    findings: [
      ...outcomes.flatMap(({ findings }) => findings),
      ...(service === undefined ? [] : letThrough(service, rates)),
    ],
    doubts: [...outcomes.flatMap(({ doubts }) => doubts), ...(subjects.length > 0 ? [] : unnamed(apis))],
    subjects: subjects.length,
    evidence: subjects.flatMap(({ flows }) => flows.filter(({ forwards }) => forwards).map(evidenceOf)),
    shows: {
      ...(service === undefined ? {} : { tier: service.tier, units: service.units }),
      ...(rates.busiest === undefined
        ? {}
        : { busiest_minute: rates.busiest.minute, calls_in_busiest_minute: rates.busiest.calls }),
      ...(rates.refused === undefined ? {} : { refused_for_their_number: rates.refused }),
      limits: [...new Set(subjects.flatMap(({ flows }) => flows.flatMap(({ limits }) => limits.map(said))))],
    },
  };
}

function ofApi(api: GatewayApi): Outcome {
  if (isOfOtherType(api)) {
    return doubt('unreadable', api.id, `API ${api.name} is of the type ${api.type}: its policies are not read.`);
  }
  const { direct, products } = waysOf(api);
  const judged = direct.map((flow) => ofFlow(api, flow));
  const isSafe = judged.every(({ findings, doubts }) => findings.length === 0 && doubts.length === 0);
  const odd = isSafe ? products.filter((flow) => flow.forwards && !flow.incomplete && flow.limited !== 'always') : [];
  return {
    findings: judged.flatMap(({ findings }) => findings),
    doubts: [
      ...judged.flatMap(({ doubts }) => doubts),
      ...odd.map(({ of, resource, product = '' }) => ({
        reason: 'partial' as const,
        resource,
        detail: `Through product ${product} the limit of ${of} may be left out; whether the API is in that product, the app does not read.`,
      })),
    ],
  };
}

function ofFlow(api: GatewayApi, flow: Flow): Outcome {
  const { of, resource, forwards, limited, limits, unread, incomplete, onError } = flow;
  if (!forwards) return { findings: [], doubts: [] };
  if (unread[0] !== undefined) return doubt('unreadable', resource, `${of}: ${unread[0]}`);
  if (onError.includes('forwards')) return doubt('unreadable', resource, `${of} forwards what was refused.`);
  if (limited === 'always' || incomplete) return { findings: [], doubts: [] };
  if (limited === 'sometimes') {
    return doubt('unreadable', resource, `${of}: on some ways through the policy nothing limits calls by principal.`);
  }
  if (limited === 'unclear') {
    return doubt('unreadable', resource, `${of}: by what its limit counts, or how far, the app does not understand.`);
  }
  if (!isMcpApi(api)) {
    return doubt('no-data', resource, `${of} limits nobody, and nothing says whether an MCP server is behind it.`);
  }
  const reason = reasonOf(limits);
  const found: Found<LimitReason> = {
    reason,
    resource,
    says: `${of}: ${SAYS[reason]}${limits.length === 0 ? '' : ` It says ${limits.map(said).join(', ')}.`}`,
    evidence: evidenceOf(flow),
    remedy: { todo: TODO, link: apisLink(resource), command: showPolicy(resource) },
  };
  return { findings: [found], doubts: [] };
}

const TODO = `Limit each principal to ${CALLS_A_MINUTE} calls in 60 seconds, by the oid of the token that was checked: the released policy of infra/modules/gateway does.`;

const SAYS: Readonly<Record<LimitReason, string>> = {
  'no-limit': 'nothing limits calls by principal.',
  'limit-too-high': `a principal may make more than ${CALLS_A_MINUTE} calls a minute.`,
  'key-not-validated': 'calls are counted by a token that nobody has checked: whoever makes one up begins anew.',
  'key-address': 'calls are counted by address, and not by principal.',
  'key-other': 'calls are counted by something else than the principal.',
  'let-through': 'more calls were let through than the limit explains.',
};

/** What is said of several limits of which none is enough: the one that comes nearest. */
function reasonOf(limits: readonly RateLimit[]): LimitReason {
  const has = (key: RateLimit['key']): boolean => limits.some((each) => each.key === key);
  if (has('oid') || has('unclear')) return 'limit-too-high';
  if (has('unvalidated-token')) return 'key-not-validated';
  if (has('address')) return 'key-address';
  return limits.length === 0 ? 'no-limit' : 'key-other';
}

function letThrough(
  { id, units }: NonNullable<Facts['gateway']['service']>,
  { busiest }: Facts['rates'],
): Found<LimitReason>[] {
  const most = 2 * CALLS_A_MINUTE * units;
  if (busiest === undefined || busiest.calls <= most) return [];
  const { minute, calls } = busiest;
  return [
    {
      reason: 'let-through',
      resource: `${id}#busiest-minute`,
      says: `One principal made ${calls} calls in the minute from ${minute}, and none of them was refused: ${SAYS['let-through']}`,
      evidence: { resource: id, call: 'posture/busiest-minute.kql', shows: { minute, calls, most } },
      remedy: { todo: TODO, link: apisLink(id) },
    },
  ];
}

function said(limit: RateLimit): string {
  const { calls, seconds, key } = limit;
  const rate = callsAMinute(limit) === undefined ? 'an unknown number' : `${calls} in ${seconds} s`;
  return `${rate} by ${key === 'oid' ? 'the oid of the checked token' : key}`;
}

function evidenceOf({ of, resource, policies, limits, limited }: Flow) {
  return {
    resource,
    call: 'policies 2024-05-01 rawxml',
    ...(policies[0] === undefined ? {} : { hash: policies[0].hash }),
    shows: { of, limits: limits.map(said), limited },
  };
}
