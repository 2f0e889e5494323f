import * as z from 'zod';
import type { Provisioned } from '../../people/sign-on-identity.ts';
import type { Listing } from '../listing.ts';
import { ask } from './ask.ts';
import type { GitHubClient } from './client.ts';
import { type Asked, shapeFailure } from './failure.ts';

const text = z.string().nullish();
const Row = z
  .object({
    id: z.string(),
    externalId: text,
    userName: text,
    emails: z.array(z.object({ value: z.string() })).nullish(),
    meta: z.object({ created: text }).nullish(),
  })
  .transform(
    ({ id, externalId, userName, emails, meta }): Provisioned => ({
      id,
      ...(externalId && { externalId }),
      ...(meta?.created && { createdAt: meta.created }),
      names: [userName, ...(emails ?? []).map(({ value }) => value)].flatMap((name) => name ?? []),
    }),
  );
const Page = z.object({ totalResults: z.number(), Resources: z.array(Row) });

/**
 * Everybody whom provisioning (SCIM) made in an organisation. These rows alone have `externalId` and the day on which
 * the link was made; they have no login, so that their id is what joins them to an identity.
 */
export async function listProvisioned(client: GitHubClient): Promise<Listing<Provisioned>> {
  const org = client.installation.organisation;
  const asked: Asked = { what: 'whom provisioning made', where: org, permission: 'members=read' };
  const items = new Map<string, Provisioned>();
  for (let read = 0; ; ) {
    const answer = await ask(client, asked, Page, (octokit) =>
      octokit.request('GET /scim/v2/organizations/{org}/Users', { org, startIndex: read + 1, count: 100 }),
    );
    if (!answer.ok) return { items: [...items.values()], failure: answer.failure };
    const { Resources: rows, totalResults } = answer.value;
    for (const row of rows) items.set(row.id.toLowerCase(), row);
    read += rows.length;
    if (read >= totalResults) return { items: [...items.values()] };
    if (rows.length === 0) return { items: [...items.values()], failure: shapeFailure(asked, 200) };
  }
}
