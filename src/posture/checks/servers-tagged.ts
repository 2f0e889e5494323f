import { shellWord } from '../../shapes/shell-word.ts';
import { type Doubt, defineCheck } from '../check.ts';
import { mcpAddresses } from '../gateway-policy/mcp-addresses.ts';
import { gatewayApis } from '../readings/gateway/gateway-apis.ts';
import { servers } from '../readings/servers/servers.ts';
import { type Because, candidates, nobodysAddresses, SERVER_TAG, unknownImage } from '../servers.ts';

/** Point 3. Source: the case study’s checklist; learn.microsoft.com/azure/azure-resource-manager/management/tag-resources */
export const serversTagged = defineCheck({
  id: 'servers-tagged',
  point: 3,
  title: 'Every server carries the tag',
  severity: 'medium',
  version: 1,
  modules: ['mcp-server'],
  reads: { servers, gateway: gatewayApis },
  reasons: {
    'tag-missing': 'It is taken for an MCP server, and no tag says so: policies and inventories pass it over.',
    'tag-other-value': 'The tag has another value than “true”, which policies do not match.',
  },
  judge: ({ servers: { hosts, complete }, gateway }) => {
    const { addresses, untold } = mcpAddresses(gateway);
    const found = candidates(hosts, addresses);
    const evidenceOf = ({ host, because }: (typeof found)[number]) => ({
      resource: host.id,
      call: host.kind,
      shows: { tag: host.tags[SERVER_TAG] ?? 'none', taken_for_a_server_by: because },
    });
    return {
      findings: found.flatMap((each) => {
        const value = each.host.tags[SERVER_TAG];
        if (value === 'true') return [];
        const { name, id } = each.host;
        return [
          {
            reason: value === undefined ? ('tag-missing' as const) : ('tag-other-value' as const),
            resource: id,
            says:
              value === undefined
                ? `${name} ${TAKEN_BY[each.because[0] ?? 'image']} and has no tag MCPServer.`
                : `${name} has the tag MCPServer with the value “${value}”.`,
            evidence: evidenceOf(each),
            remedy: {
              todo: 'Set the tag MCPServer to “true”, or, where it is no server, rename its image, or take it from behind the gateway.',
              link: `https://portal.azure.com/#@/resource${id}/tags`,
              command: `az tag update --resource-id ${shellWord(id)} --operation Merge --tags MCPServer=true`,
            },
          },
        ];
      }),
      doubts: [
        ...hosts.flatMap(unknownImage),
        // Of half a list its gap says so already.
        ...(complete ? nobodysAddresses(hosts, addresses).map(unseen) : []),
        ...untold,
      ],
      subjects: found.length,
      evidence: found.map(evidenceOf),
      shows: { servers: found.length },
    };
  },
});

const TAKEN_BY: Readonly<Record<Because, string>> = {
  tag: 'says that it is an MCP server',
  image: 'looks like an MCP server',
  backend: 'answers where the gateway forwards tool calls',
};

/** Point 2 says whose it is; what nobody sees may lack the tag as well. */
function unseen(address: string): Doubt {
  const detail = `The gateway forwards to ${address}; which resource answers there, and with which tags, is not known.`;
  return { reason: 'no-data', resource: address, detail };
}
