import { shellWord } from '../../shapes/shell-word.ts';
import { defineCheck } from '../check.ts';
import { servers } from '../readings/servers.ts';
import { candidates, SERVER_TAG, unknownImage } from '../servers.ts';

/** Point 3. Source: the case study’s checklist; learn.microsoft.com/azure/azure-resource-manager/management/tag-resources */
export const serversTagged = defineCheck({
  id: 'servers-tagged',
  point: 3,
  title: 'Every server carries the tag',
  severity: 'medium',
  version: 1,
  modules: ['mcp-server'],
  reads: { servers },
  reasons: {
    'tag-missing': 'It looks like an MCP server, and no tag says so: policies and inventories pass it over.',
    'tag-other-value': 'The tag has another value than “true”, which policies do not match.',
  },
  judge: ({ servers: { hosts } }) => {
    const found = candidates(hosts);
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
                ? `${name} looks like an MCP server and has no tag MCPServer.`
                : `${name} has the tag MCPServer with the value “${value}”.`,
            evidence: evidenceOf(each),
            remedy: {
              todo: 'Set the tag MCPServer to “true”, or, where it is no server, rename its image.',
              link: `https://portal.azure.com/#@/resource${id}/tags`,
              command: `az tag update --resource-id ${shellWord(id)} --operation Merge --tags MCPServer=true`,
            },
          },
        ];
      }),
      doubts: hosts.flatMap(unknownImage),
      subjects: found.length,
      evidence: found.map(evidenceOf),
      shows: { servers: found.length },
    };
  },
});
