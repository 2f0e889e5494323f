import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import type { GitHubClient } from '../call/client.ts';
import { type Actor, eventsOf, instant } from './audit-log.ts';

/** That an account added a deploy key. The log is not documented to name the key: what it says of it may be missing. */
export const KeyAdditionSchema = z.strictObject({
  /** ISO instant. */
  at: z.string(),
  actorId: z.number(),
  /** `owner/repository`. */
  repository: z.string(),
  fingerprint: z.exactOptional(z.string()),
  title: z.exactOptional(z.string()),
});
export type KeyAddition = Readonly<z.output<typeof KeyAdditionSchema>>;

const Event = z
  .object({
    '@timestamp': instant,
    actor_id: z.number(),
    repo: z.string().nullish(),
    fingerprint: z.string().nullish(),
    deploy_key_fingerprint: z.string().nullish(),
    title: z.string().nullish(),
  })
  .transform((row) => {
    const fingerprint = row.deploy_key_fingerprint ?? row.fingerprint;
    return {
      at: row['@timestamp'],
      actorId: row.actor_id,
      ...(row.repo ? { repository: row.repo } : {}),
      ...(fingerprint ? { fingerprint } : {}),
      ...(row.title ? { title: row.title } : {}),
    };
  });

/**
 * The deploy keys that an account added in the last 180 days, by the organisation's audit log: `public_key.create`, which
 * somebody's own SSH keys have as well, without a repository.
 * Source: docs.github.com/enterprise-cloud@latest/organizations, "Audit log events for your organization"
 */
export async function keyAdditions(client: GitHubClient, account: Actor): Promise<Listing<KeyAddition>> {
  const asked = { what: 'who added deploy keys', actions: ['public_key.create'], item: Event };
  const { items, ...how } = await eventsOf(client, account, asked);
  return {
    ...how,
    items: items.flatMap(({ repository, ...rest }) => (repository === undefined ? [] : [{ ...rest, repository }])),
  };
}
