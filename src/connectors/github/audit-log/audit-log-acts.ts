import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import type { GitHubClient } from '../call/client.ts';
import { type Actor, eventsOf, instant } from './audit-log.ts';

/** Something that an account did in the organisation, by its audit log. */
export interface LoggedAct {
  /** ISO instant. */
  readonly at: string;
  readonly actorId: number;
  /** As GitHub names it: `hook.create`, `repo.destroy`. */
  readonly action: string;
  /** `owner/repository`. */
  readonly repository?: string;
  /** Which hook or key it was about, as far as the log says it: a number, a name, a fingerprint. */
  readonly about?: string;
  /** Which key it was about, where it was one and the log says so. */
  readonly title?: string;
  readonly fingerprint?: string;
  /** GitHub did it by itself, because a schedule of the account came due. */
  readonly bySchedule: boolean;
}

const Act = z
  .object({
    '@timestamp': instant,
    action: z.string(),
    actor_id: z.number(),
    repo: z.string().nullish(),
    event: z.string().nullish(),
    hook_id: z.number().nullish(),
    fingerprint: z.string().nullish(),
    deploy_key_fingerprint: z.string().nullish(),
    title: z.string().nullish(),
    name: z.string().nullish(),
  })
  .transform((row): LoggedAct => {
    const fingerprint = row.deploy_key_fingerprint ?? row.fingerprint;
    const about = [row.title ?? row.name, row.hook_id, fingerprint].filter(Boolean);
    return {
      at: row['@timestamp'],
      actorId: row.actor_id,
      action: row.action,
      bySchedule: row.event === 'schedule',
      ...(row.repo ? { repository: row.repo } : {}),
      ...(about.length === 0 ? {} : { about: about.join(' ') }),
      ...(row.title ? { title: row.title } : {}),
      ...(fingerprint ? { fingerprint } : {}),
    };
  });

/** Kinds of event of which some leave a way in: hooks, keys of repositories, Apps. */
const CATEGORIES = ['hook', 'public_key', 'integration'] as const;

/**
 * What an account did with hooks, keys and Apps in the last 180 days, by the log that also says who registered runners.
 * Source: docs.github.com/enterprise-cloud@latest/organizations, "Audit log events for your organization"
 */
export function actsOnAccess(client: GitHubClient, account: Actor): Promise<Listing<LoggedAct>> {
  return eventsOf(client, account, { what: 'who added keys, hooks and Apps', actions: CATEGORIES, item: Act });
}

/** What an account did after an instant, events of Git included, which GitHub keeps for seven days. */
export async function actsAfter(client: GitHubClient, account: Actor, after: Date): Promise<Listing<LoggedAct>> {
  const since = after.toISOString().slice(0, 10);
  const asked = { what: 'what was done after the last day', since, item: Act };
  const { items, ...how } = await eventsOf(client, account, asked);
  return { ...how, items: items.filter(({ at }) => Date.parse(at) > after.getTime()) };
}
