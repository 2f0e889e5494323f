import * as z from 'zod';
import type { Listing } from '../listing.ts';
import { ok, type VendorResult } from '../result.ts';
import { ask } from './call/ask.ts';
import type { GitHubClient } from './call/client.ts';
import { list } from './call/list.ts';

/** A GitHub App that is installed on the organisation. */
export interface InstalledApp {
  readonly installationId: number;
  readonly slug: string;
  /** `name=level`, as the organisation granted them. */
  readonly permissions: readonly string[];
  readonly suspended: boolean;
}

const Row = z
  .object({
    id: z.int(),
    app_id: z.int(),
    app_slug: z.string(),
    permissions: z.record(z.string(), z.string()),
    suspended_at: z.string().nullish(),
  })
  .transform((row) => ({
    appId: row.app_id,
    installationId: row.id,
    slug: row.app_slug,
    permissions: Object.entries(row.permissions).map(([name, level]) => `${name}=${level}`),
    suspended: Boolean(row.suspended_at),
  }));

/**
 * Every App on the organisation but our own two, of which GitHub shows a private one to nobody. Source: docs.github.com/rest/orgs/orgs, "List app installations"
 */
export async function listInstalledApps(client: GitHubClient): Promise<Listing<InstalledApp>> {
  const org = client.installation.organisation;
  const asked = { what: 'the installed Apps', where: org, permission: 'organization_administration=read' };
  const { items, ...how } = await list(client, asked, {
    path: '/orgs/{org}/installations',
    parameters: { org },
    key: 'installations',
    id: 'id',
    item: Row,
  });
  const { GITHUB_APP_ID, ASSESSOR_GITHUB_APP_ID } = client.settings;
  const others = items.filter(({ appId }) => ![GITHUB_APP_ID, ASSESSOR_GITHUB_APP_ID].includes(String(appId)));
  return { ...how, items: others.map(({ appId: _, ...app }) => app) };
}

const Owned = z.object({ owner: z.object({ id: z.int() }) });

/**
 * The number of the account that owns an App: a person, an organisation or an enterprise. Undefined where GitHub does not
 * show the App, as it may do with private ones. Needs no permission. Source: docs.github.com/rest/apps/apps, "Get an app"
 */
export async function appOwner(client: GitHubClient, slug: string): Promise<VendorResult<number | undefined>> {
  const asked = { what: `the App ${slug}`, where: 'GitHub' };
  const answer = await ask(client, asked, Owned, (octokit) =>
    octokit.request('GET /apps/{app_slug}', { app_slug: slug }),
  );
  if (answer.ok) return ok(answer.value.owner.id, answer.requestId);
  return answer.failure.kind === 'not-found' ? ok(undefined) : answer;
}
