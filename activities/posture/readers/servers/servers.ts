import type { FoundHost } from '../../../../src/connectors/assessor/server-hosts.ts';
import { detectTokens } from '../../../../src/credentials/detector/detect-tokens.ts';
import type { ServerHost } from '../../../../src/posture/readings/servers/servers.ts';
import type { Reader } from '../../reader.ts';

/** Whatever may be an MCP server, in each of the subscriptions. */
export const readServers: Reader = async ({ vendors, settings }) => {
  const listed = await Promise.all(
    settings.SUBSCRIPTION_IDS.map(async (which) => ({ which, ...(await vendors.assessor.listServerHosts(which)) })),
  );
  const none = settings.SUBSCRIPTION_IDS.length === 0;
  return {
    facts: {
      hosts: listed.flatMap(({ hosts }) => hosts.map(withoutValues)),
      complete: !none && listed.every(({ failures }) => failures.length === 0),
    },
    failures: listed.flatMap(({ which, failures }) => failures.map((failure) => ({ which, failure }))),
    gaps: none ? [{ reason: 'not-configured', detail: 'SUBSCRIPTION_IDS names no subscription.' }] : [],
  };
};

/** What is kept of a host: of its variables the tokens that stand in them, and not one value. */
function withoutValues({ variables, ...host }: FoundHost): ServerHost {
  return {
    ...host,
    tags: { ...host.tags },
    images: [...host.images],
    subnets: [...host.subnets],
    addresses: [...host.addresses],
    tokens: variables.flatMap(({ name, value }) =>
      value === undefined
        ? []
        : detectTokens(value, name).map(({ type, holder, sha256, lastFour }) => ({
            ...{ variable: name, type, holder, sha256, lastFour },
          })),
    ),
    secureVariables: variables.flatMap(({ name, value }) => (value === undefined ? [name] : [])),
  };
}
