import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { GitHubClient } from './client.ts';
import type { Asked } from './failure.ts';
import { listByCursor } from './list.ts';

/** That an account registered a self-hosted runner. GitHub documents neither the runner's id nor its name here. */
export interface RunnerRegistration {
  /** ISO instant. */
  readonly at: string;
  readonly actorId: number;
  readonly runnerId?: number;
  readonly runnerName?: string;
  /** `owner/repository` where it was registered there. */
  readonly repository?: string;
}

const EventShape = z
  .object({
    '@timestamp': z.number(),
    actor_id: z.number(),
    runner_id: z.number().nullish(),
    runner_name: z.string().nullish(),
    name: z.string().nullish(),
    repo: z.string().nullish(),
  })
  .transform((row): RunnerRegistration => {
    const runnerName = row.runner_name ?? row.name ?? undefined;
    return {
      at: new Date(row['@timestamp']).toISOString(),
      actorId: row.actor_id,
      ...(typeof row.runner_id === 'number' ? { runnerId: row.runner_id } : {}),
      ...(runnerName === undefined ? {} : { runnerName }),
      ...(row.repo ? { repository: row.repo } : {}),
    };
  });

const ACTIONS = ['org.register_self_hosted_runner', 'repo.register_self_hosted_runner'] as const;

/**
 * The self-hosted runners that an account registered in the last 180 days, by the organisation's audit log. It is asked
 * by login and compared by id, because a login may be somebody else's by now. Organisations of GitHub Enterprise Cloud
 * alone have this log; others answer 404. Source: docs.github.com/rest/orgs/orgs, "Get the audit log for an organization".
 */
export async function runnerRegistrations(
  client: GitHubClient,
  account: { readonly id: number; readonly login: string },
): Promise<Listing<RunnerRegistration>> {
  const org = client.installation.organisation;
  const asked: Asked = {
    what: 'who registered runners',
    where: org,
    permission: 'organization_administration=read',
  };
  const lists = await Promise.all(
    ACTIONS.map((action) =>
      listByCursor(client, asked, {
        path: '/orgs/{org}/audit-log',
        parameters: { org, phrase: `actor:${account.login} action:${action}` },
        id: '_document_id',
        item: EventShape,
      }),
    ),
  );
  const items = lists.flatMap((each) => each.items).filter(({ actorId }) => actorId === account.id);
  const failure = lists.find((each) => each.failure !== undefined)?.failure;
  return failure === undefined ? { items } : { items, failure };
}
