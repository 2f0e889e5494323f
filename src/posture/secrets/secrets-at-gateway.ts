import type { Doubt, Found } from '../check.ts';
import { isOfOtherType, serversBehind } from '../gateway-policy/gateway-links.ts';
import type { FlowFacts } from '../gateway-policy/read-flow.ts';
import type { GatewayApi, GatewayBackend } from '../readings/gateway/gateway-apis.ts';
import type { GatewayApp } from '../readings/gateway/gateway-apps.ts';
import type { SecretsServer } from './secrets-servers.ts';

type Outcome = {
  readonly findings: readonly Found<'server-on-normal-app'>[];
  readonly doubts: readonly Doubt[];
};

/** Tokens for whom a way through the gateway takes. */
type Takes = 'secrets' | 'normal' | 'unclear';

/**
 * What the gateway asks for at a server that hands out secrets: a token that is for the secrets application, and not one
 * that people have. The released policy stands at `mcp/<server>`.
 */
export function atGateway(
  { server, appId }: SecretsServer,
  { apis, backends }: { readonly apis: readonly GatewayApi[]; readonly backends: readonly GatewayBackend[] },
  apps: readonly GatewayApp[],
  gatewayId: string,
): Outcome {
  const own = apis.filter(({ path }) => path.toLowerCase() === `mcp/${server}`);
  if (own.length === 0) {
    // Where there is none at all, none was read, or there is no gateway.
    if (apis.length === 0) return { findings: [], doubts: [] };
    const detail = `No API of the gateway is at mcp/${server}: which tokens the server takes is not known.`;
    return { findings: [], doubts: [{ reason: 'no-data', resource: `servers/${server}`, detail }] };
  }
  const [secrets, normal] = [audiencesOf(appId, apps), audiencesOf(gatewayId, apps)];
  const takenAt = (api: GatewayApi) =>
    api.flows
      .filter(({ forwards, incomplete }) => forwards && !incomplete)
      .map((flow) => ({ flow, takes: takenBy(flow, secrets, normal) }));
  const taken = own.flatMap(takenAt);
  const places = new Set(own.flatMap((api) => placesOf(api, backends)));
  // Another address may lead to the same server. One of its host may be another server: so nothing is said to fail.
  const besides = apis.filter(
    (api) =>
      !own.includes(api) &&
      placesOf(api, backends).some((each) => places.has(each)) &&
      (isOfOtherType(api) || takenAt(api).some(({ takes }) => takes !== 'secrets')),
  );
  const open = taken.find(({ takes }) => takes === 'normal')?.flow;
  const unclear = taken.find(({ takes }) => takes === 'unclear')?.flow;
  return {
    findings: open === undefined ? [] : [onNormalApp(server, open.of, open.resource)],
    doubts: [
      ...(unclear === undefined
        ? []
        : [`For whom the tokens are that ${unclear.of} takes, the app does not understand.`]),
      ...own
        .filter(isOfOtherType)
        .map(({ name, type }) => `API ${name} is of the type ${type}: which tokens it takes, the app does not see.`),
      ...besides.map(
        ({ name, path }) =>
          `API ${name} at /${path} forwards to where ${server} is, and takes other tokens than those for secrets: whether it leads to that server, the app does not know.`,
      ),
    ].map((detail) => ({ reason: 'unreadable' as const, resource: `servers/${server}`, detail })),
  };
}

/** Where an API forwards, by the ids of backends and by their addresses. */
function placesOf(api: GatewayApi, backends: readonly GatewayBackend[]): string[] {
  const origin = (url: string | undefined): string[] => (url === undefined ? [] : [url.toLowerCase()]);
  return serversBehind(api, backends).flatMap((each) => [each.id, ...origin(each.origin)]);
}

function audiencesOf(appId: string, apps: readonly GatewayApp[]): ReadonlySet<string> {
  const known = apps.find((each) => each.appId === appId)?.audiences ?? [];
  return new Set([appId, `api://${appId}`, ...known].map((each) => each.toLowerCase().replace(/\/$/, '')));
}

/** Every check has to pass: one that takes tokens of the secrets application alone is enough. */
function takenBy(
  { checks, unread }: Pick<FlowFacts, 'checks' | 'unread'>,
  secrets: ReadonlySet<string>,
  normal: ReadonlySet<string>,
): Takes {
  const always = checks.filter(({ conditional }) => !conditional);
  const told = always.filter((each) => each.unread.length === 0 && each.audiences.length > 0);
  const said = told.map(({ audiences }) => audiences.map((each) => each.toLowerCase().replace(/\/$/, '')));
  if (said.some((audiences) => audiences.every((each) => secrets.has(each)))) return 'secrets';
  if (unread.length > 0 || told.length < checks.length) return 'unclear';
  // Where nothing is checked, or nothing says for whom a token has to be, everybody’s passes.
  return said.every((audiences) => audiences.some((each) => normal.has(each))) ? 'normal' : 'unclear';
}

function onNormalApp(server: string, of: string, resource: string): Found<'server-on-normal-app'> {
  return {
    reason: 'server-on-normal-app',
    resource: `servers/${server}`,
    says: `The server ${server} hands out secrets, and ${of} takes tokens of the gateway’s application, which people have.`,
    evidence: { resource, call: 'policies 2024-05-01 rawxml' },
    remedy: { todo: `Deploy ${server} with secrets = true, so that it takes tokens of the secrets application alone.` },
  };
}
