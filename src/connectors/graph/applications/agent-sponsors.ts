import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { mapBounded } from '../../map-bounded.ts';
import type { GraphSettings } from '../../settings.ts';
import { listAll } from '../call/list-all.ts';
import { QUERIES } from '../call/queries.ts';

/** What somebody can sponsor and the app may ask: blueprints of agents, and agents that are users. */
export type SponsoredKind = 'blueprint' | 'agent-user';

export interface Sponsored {
  readonly kind: SponsoredKind;
  readonly id: string;
  readonly name: string;
  /** Object ids, in lower case; a group may be one. */
  readonly sponsors: readonly string[];
}

const IN_FLIGHT = 8;
const PERMISSIONS = { blueprint: 'Application.Read.All', 'agent-user': 'User.Read.All' } as const;
const WORDS = { blueprint: 'agent identity blueprints', 'agent-user': 'agent users' } as const;

const Shape = z.object({ id: z.string().min(1), displayName: z.string().nullish() });
const Sponsor = z.object({ id: z.string().transform((id) => id.toLowerCase()) });

/**
 * Every blueprint, or every agent user, with who sponsors it: a call for each. Sponsors of agent identities are not asked
 * for, because reading them takes a permission to change them.
 * Sources: learn.microsoft.com/graph/api/agentidentityblueprint-list-sponsors, /agentuser-list-sponsors
 */
export async function listSponsored(settings: GraphSettings, kind: SponsoredKind): Promise<Listing<Sponsored>> {
  const permission = PERMISSIONS[kind];
  const { items, failure } = await listAll(settings, {
    identity: 'reader',
    ...QUERIES.sponsored(kind),
    what: `list the ${WORDS[kind]}`,
    permission,
    shape: Shape,
  });
  const asked = await mapBounded(items, IN_FLIGHT, async ({ id, displayName }) => {
    const sponsors = await listAll(settings, {
      identity: 'reader',
      ...QUERIES.sponsors(kind, id),
      what: `list the sponsors of one of the ${WORDS[kind]}`,
      permission,
      shape: Sponsor,
    });
    return { ...sponsors, one: { kind, id, name: displayName ?? id, sponsors: sponsors.items.map((each) => each.id) } };
  });
  const worst = failure ?? asked.find((each) => each.failure !== undefined)?.failure;
  return { items: asked.map(({ one }) => one), ...(worst === undefined ? {} : { failure: worst }) };
}
