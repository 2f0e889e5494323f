import * as z from 'zod';
import type { Provisioned } from '../../../people/evidence/sign-on-identity.ts';
import type { Listing } from '../../listing.ts';
import { ok } from '../../result.ts';
import { ask } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { type Row, stableListing } from '../call/stable-listing.ts';

const text = z.string().nullish();
const ProvisionedRow = z
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
const Page = z.object({ totalResults: z.number(), Resources: z.array(z.unknown()) });

/**
 * Everybody whom provisioning (SCIM) made in an organisation, read until the list stands still. These rows alone have
 * `externalId` and the day on which the link was made; they have no login, so that their id is what joins them to an
 * identity.
 */
export function listProvisioned(client: GitHubClient): Promise<Listing<Provisioned>> {
  const org = client.installation.organisation;
  const asked: Asked = { what: 'whom provisioning made', where: org, permission: 'members=read' };
  return stableListing<Provisioned, number>(asked, 1, async (startIndex) => {
    const answer = await ask(client, asked, Page, (octokit) =>
      octokit.request('GET /scim/v2/organizations/{org}/Users', { org, startIndex, count: 100 }),
    );
    if (!answer.ok) return answer;
    const { Resources: rows, totalResults: total } = answer.value;
    const next = startIndex + rows.length;
    return ok({
      rows: rows.map(rowOf),
      total,
      cutShort: startIndex > 1 && rows.length === 0,
      ...(rows.length > 0 && next <= total ? { next } : {}),
    });
  });
}

function rowOf(row: unknown): Row<Provisioned> {
  const item = ProvisionedRow.safeParse(row).data;
  return { id: item?.id.toLowerCase(), item };
}
