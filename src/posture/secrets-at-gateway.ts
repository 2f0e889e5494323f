import type { Doubt, Found } from './check.ts';
import type { FlowFacts } from './gateway-policy/read-flow.ts';
import type { GatewayApi } from './readings/gateway-apis.ts';
import type { GatewayApp } from './readings/gateway-apps.ts';
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
  apis: readonly GatewayApi[],
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
  const ways = own.flatMap(({ flows }) => flows.filter(({ forwards, incomplete }) => forwards && !incomplete));
  const taken = ways.map((flow) => ({ flow, takes: takenBy(flow, secrets, normal) }));
  const open = taken.find(({ takes }) => takes === 'normal')?.flow;
  const unclear = taken.find(({ takes }) => takes === 'unclear')?.flow;
  return {
    findings: open === undefined ? [] : [onNormalApp(server, open.of, open.resource)],
    doubts:
      unclear === undefined
        ? []
        : [
            {
              reason: 'unreadable',
              resource: `servers/${server}`,
              detail: `For whom the tokens are that ${unclear.of} takes, the app does not understand.`,
            },
          ],
  };
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
