import type { Doubt, Found, Judged, PostureContext } from '../check.ts';
import type { Flow, GatewayApi } from '../readings/gateway/gateway-apis.ts';
import { apisLink, isMcpApi, isOfOtherType, leadsToServer, showPolicy, unnamed, waysOf } from './gateway-links.ts';
import { type FlowFault, type FlowWorth, worthOfFlow } from './judge-flow.ts';
import { type NetworkFacts, type NetworkFault, ofNetwork } from './judge-network.ts';
import { doubt, type Facts, ofProbe, ofServers, type ProbeFault } from './judge-probes.ts';
import type { Expected } from './judge-token-check.ts';

export type GuardReason = FlowFault | NetworkFault | ProbeFault | 'base-missing' | 'mcp-type-api';

type Outcome = Pick<Judged<GuardReason>, 'findings' | 'doubts'>;

/** What the policies, questions without a token, and the network’s rules say of the gateway. */
export function judgeGuards(
  { gateway, probes, ...rules }: Facts & NetworkFacts,
  { settings }: PostureContext,
): Judged<GuardReason> {
  const { TENANT_ID, GATEWAY_APP_ID, GATEWAY_AUDIENCES = [] } = settings;
  const expected: Expected = {
    tenantId: TENANT_ID,
    audiences: [GATEWAY_APP_ID, `api://${GATEWAY_APP_ID}`, ...GATEWAY_AUDIENCES],
    audiencesAreAll: GATEWAY_AUDIENCES.length > 0,
  };
  const ofService = gateway.ofService;
  const isGlobal = ofService !== undefined && worthOfFlow(ofService, expected).is === 'guarded';
  const servers = gateway.apis.filter(leadsToServer);
  const outcomes = [
    ...gateway.apis.map((api) => ofApi(api, expected, isGlobal)),
    ...servers.filter((api) => !isOfOtherType(api)).map((api) => ofProbe(api, probes)),
    ...servers.map((api) => ofServers(api, { gateway, probes })),
    ...(servers.length > 0 ? [ofNetwork(servers, { gateway, probes }, rules)] : []),
  ];
  return {
    findings: uniqueBy(outcomes.flatMap(({ findings }) => findings)),
    doubts: [...outcomes.flatMap(({ doubts }) => doubts), ...(servers.length > 0 ? [] : unnamed(gateway.apis))],
    subjects: servers.length,
    evidence: servers.flatMap(({ flows }) => flows.map(evidenceOf)),
    shows: {
      apis: servers.map(({ path }) => `/${path}`),
      probed: probes.apis.map(({ url, status }) => `${url}: ${status}`),
      servers: probes.servers.map(({ address, reached }) => `${address}: ${reached}`),
    },
  };
}

function ofApi(api: GatewayApi, expected: Expected, isGlobal: boolean): Outcome {
  if (api.type === 'mcp') return { findings: [ofMcpType(api)], doubts: [] };
  if (api.previewOnly) {
    return doubt('unreadable', api.id, `API ${api.name} is of the type ${api.type}, which the app does not know.`);
  }
  const { direct, products } = waysOf(api);
  const judged = direct.map((flow) => ofFlow(api, flow, worthOfFlow(flow, expected), isGlobal));
  const isSafe = judged.every(({ findings, doubts }) => findings.length === 0 && doubts.length === 0);
  // Which APIs a product has is not read: what its policy takes away is taken away from nobody for certain.
  const odd = isSafe ? products.filter((flow) => ['open', 'unclear'].includes(worthOfFlow(flow, expected).is)) : [];
  return {
    findings: judged.flatMap(({ findings }) => findings),
    doubts: [
      ...judged.flatMap(({ doubts }) => doubts),
      ...odd.map(({ of, resource, product = '' }) => ({
        reason: 'partial' as const,
        resource,
        detail: `Through product ${product} the token check of ${of} may be left out; whether the API is in that product, the app does not read.`,
      })),
      ...(isMcpApi(api) ? olderRevisions(api) : []),
    ],
  };
}

function ofFlow(api: GatewayApi, flow: Flow, worth: FlowWorth, isGlobal: boolean): Outcome {
  const { of, resource } = flow;
  if (worth.is === 'unclear') return doubt('unreadable', resource, `${of}: ${worth.says}`);
  if (worth.is !== 'open') return { findings: [], doubts: [] };
  if (!isMcpApi(api)) {
    return doubt(
      'no-data',
      resource,
      `${of}: ${worth.says} Nothing says whether an MCP server is behind it: guard it, or take it off this gateway.`,
    );
  }
  const isLeftOut = isGlobal && worth.reason === 'no-token-check';
  const reason = isLeftOut ? 'base-missing' : worth.reason;
  const says = isLeftOut ? 'The service’s policy checks tokens, and this one does not take it over.' : worth.says;
  const found: Found<GuardReason> = {
    reason,
    resource,
    says: `${of}: ${says}`,
    evidence: evidenceOf(flow),
    remedy: { todo: TODO[reason], link: apisLink(resource), command: showPolicy(resource) },
  };
  return { findings: [found], doubts: [] };
}

const TODO: Readonly<Record<FlowFault | 'base-missing', string>> = {
  'no-token-check': 'Deploy the released policy with infra/modules/gateway: put the server into mcp_servers.',
  'base-missing': 'Put <base /> first in the inbound section, or deploy the released policy, which checks by itself.',
  'check-other-issuer': 'Name this tenant’s issuer, its keys and no others in the check.',
  'check-other-audience':
    'Name the gateway’s application as the only audience, or add the audience to GATEWAY_AUDIENCES.',
  'check-weak': 'Take out of the check what lets in tokens that Entra has not signed or that do not expire.',
  'forwards-before-check': 'Move the check of the token before whatever forwards.',
  'forwards-on-error': 'Take what forwards out of the on-error section.',
  'token-overwritten': 'Write the header Authorization after the check of the token, and not before.',
};

function ofMcpType(api: GatewayApi): Found<GuardReason> {
  return {
    reason: 'mcp-type-api',
    resource: api.id,
    says: `API ${api.name} is of the type MCP and made by hand: the released policy does not stand before it.`,
    evidence: { resource: api.id, call: 'apis 2025-09-01-preview', shows: { path: api.path, type: api.type } },
    remedy: {
      todo: 'Put the server into mcp_servers of infra/modules/gateway, and delete this API.',
      link: apisLink(api.id),
    },
  };
}

/** An earlier revision answers at `;rev=n`; where Azure does not list it, nobody knows its policy. Not verified. */
function olderRevisions({ id, name, isCurrent, revision }: GatewayApi): Doubt[] {
  if (!isCurrent || revision === '1') return [];
  const detail = `API ${name} is at revision ${revision}: earlier ones may answer at “;rev=…” with other policies, and the app does not see whether they are gone. Delete them, and make the API anew.`;
  return [{ reason: 'partial', resource: id, detail }];
}

function evidenceOf({ of, resource, product, policies, checks }: Flow) {
  return {
    resource,
    call: 'policies 2024-05-01 rawxml',
    ...(policies[0] === undefined ? {} : { hash: policies[0].hash }),
    shows: {
      of,
      ...(product === undefined ? {} : { product }),
      policies: policies.map(({ id, hash }) => `${id} ${hash.slice(0, 12)}`),
      checks: checks.map(({ element, conditional, audiences }) =>
        [element, conditional ? 'in a branch' : 'always', ...audiences].join(' '),
      ),
    },
  };
}

/** One finding for one resource: two APIs may share a server. */
function uniqueBy(findings: readonly Found<GuardReason>[]): readonly Found<GuardReason>[] {
  return [...new Map(findings.toReversed().map((each) => [each.resource.toLowerCase(), each])).values()];
}
