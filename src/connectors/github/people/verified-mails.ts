import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { failed, ok } from '../../result.ts';
import type { GitHubClient } from '../call/client.ts';
import { type Asked, shapeFailure } from '../call/failure.ts';
import { query } from '../call/graphql.ts';
import { type Row, stableListing } from '../call/stable-listing.ts';

/** A member, with those of their addresses that lie at domains which the organisation verified. */
export interface VerifiedMails {
  /** GitHub's number of the account. */
  readonly id: number;
  readonly login: string;
  /** In lower case. */
  readonly mails: readonly string[];
}

const QUERY = `query ($login: String!, $after: String) {
  organization(login: $login) {
    membersWithRole(first: 100, after: $after) {
      totalCount
      nodes { login databaseId organizationVerifiedDomainEmails(login: $login) }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const Shape = z.object({
  organization: z.object({
    membersWithRole: z.object({
      totalCount: z.number(),
      nodes: z.array(z.unknown()),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    }),
  }),
});
const Member = z
  .object({ login: z.string(), databaseId: z.int(), organizationVerifiedDomainEmails: z.array(z.string()) })
  .transform(
    ({ login, databaseId: id, organizationVerifiedDomainEmails: mails }): VerifiedMails => ({
      id,
      login,
      mails: mails.map((each) => each.toLowerCase()),
    }),
  );

/**
 * The verified addresses of every member of an organisation; outside collaborators have none that GitHub would show. A
 * list of its own: the field may not be empty, so that a refusal takes the whole member with it.
 * Source: docs.github.com/graphql/reference/objects#user, organizationVerifiedDomainEmails
 */
export function listVerifiedMails(client: GitHubClient): Promise<Listing<VerifiedMails>> {
  const login = client.installation.organisation;
  const asked: Asked = { what: 'the verified mail addresses of members', where: login, permission: 'members=read' };
  return stableListing<VerifiedMails, string | null>(asked, null, async (after) => {
    const { data, faults } = await query(client, asked, QUERY, { login, after }, Shape);
    const [fault] = faults;
    if (data === undefined) return failed(fault?.failure ?? shapeFailure(asked, 200));
    const { totalCount: total, nodes, pageInfo } = data.organization.membersWithRole;
    const next = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    return ok({
      rows: nodes.map(rowOf),
      total,
      cutShort: (after !== null && nodes.length === 0) || (pageInfo.hasNextPage && (!next || next === after)),
      ...(fault === undefined ? {} : { failure: fault.failure }),
      ...(next && next !== after ? { next } : {}),
    });
  });
}

function rowOf(node: unknown): Row<VerifiedMails> {
  const item = Member.safeParse(node).data;
  return { id: item === undefined ? undefined : String(item.id), item };
}
