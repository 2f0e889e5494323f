import * as z from 'zod';
import type { VendorResult } from '../../result.ts';
import { ask } from './ask.ts';
import type { GitHubClient } from './client.ts';

/** A question that the pilot asks as GitHub documents it, below an organisation or one of its repositories. */
export interface GitHubLook {
  /** For example `/orgs/{org}/audit-log`; `{org}` is the organisation. */
  readonly path: `/${string}`;
  readonly parameters?: Readonly<Record<string, string | number>>;
  /** `members=read` */
  readonly permission: string;
}

/** One page as GitHub answers it, whatever its shape: the pilot asks what that is. Reads only. */
export function look(
  client: GitHubClient,
  { path, parameters = {}, permission }: GitHubLook,
): Promise<VendorResult<unknown>> {
  const org = client.installation.organisation;
  return ask(client, { what: 'what the pilot asks', where: org, permission }, z.unknown(), (octokit) =>
    octokit.request(`GET ${path}`, { org, ...parameters }),
  );
}
