import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { type GraphEnv, notFound, page, refusalOf } from '../reply.ts';
import type { EntraState } from '../state/state.ts';
import type { SponsoredRow } from '../state/state-people.ts';

const BLUEPRINTS = {
  kind: 'blueprint',
  list: '/applications/microsoft.graph.agentIdentityBlueprint',
  sponsors: '/applications/:id/microsoft.graph.agentIdentityBlueprint/sponsors',
  read: ['Application.Read.All', 'Application.ReadWrite.All'],
} as const;
const AGENT_USERS = {
  kind: 'agent-user',
  list: '/users/microsoft.graph.agentUser',
  sponsors: '/users/:id/sponsors',
  read: ['User.Read.All', 'Directory.Read.All'],
} as const;

/** Blueprints of agents and agents that are users, with their sponsors; before what takes any id. */
export function registerAgentSponsors(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  for (const { kind, list, sponsors, read } of [BLUEPRINTS, AGENT_USERS]) {
    const rows = (): readonly SponsoredRow[] => state.sponsored.filter((row) => row.kind === kind);
    app.get(list, (c) => {
      const shown = rows().map(({ id, displayName }) => ({ id, displayName }));
      return refusalOf(core, c, read) ?? page(core, c, 'directoryObjects', shown, state.switches);
    });
    app.get(sponsors, (c) => {
      const refused = refusalOf(core, c, read);
      if (refused !== undefined) return refused;
      const row = rows().find(({ id }) => id === c.req.param('id'));
      if (row === undefined) return notFound(c, c.req.param('id') ?? '');
      const shown = row.sponsorIds.map((id) => ({ '@odata.type': '#microsoft.graph.directoryObject', id }));
      return page(core, c, 'directoryObjects', shown, state.switches);
    });
  }
}
