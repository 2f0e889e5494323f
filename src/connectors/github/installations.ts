import * as z from 'zod';
import type { IdentityName } from '../credentials.ts';
import type { Listing } from '../listing.ts';
import type { GitHubSettings } from '../settings.ts';
import { listAsApp } from './call/list.ts';

/** An account on which the App is installed. */
export interface InstalledOn {
  /** Its name, which an enterprise calls its slug. */
  readonly login: string;
  /** `Organization`, `User` or `Enterprise`; whatever else GitHub may add. */
  readonly type: string;
  /** Whether an owner has suspended it: nothing can be read there. */
  readonly suspended: boolean;
}

const Installation = z
  .object({
    account: z.union([
      z.object({ login: z.string() }),
      z.object({ slug: z.string() }).transform(({ slug }) => ({ login: slug })),
    ]),
    target_type: z.string(),
    suspended_at: z.string().nullish(),
  })
  .transform(
    ({ account, target_type: type, suspended_at: suspendedAt }): InstalledOn => ({
      login: account.login,
      type,
      suspended: Boolean(suspendedAt),
    }),
  );

/**
 * Every account on which the App is installed, suspended ones too. Needs the App's key and no permission.
 * Source: docs.github.com/rest/apps/apps, "List installations for the authenticated app"
 */
export function listInstallations(settings: GitHubSettings, identity: IdentityName): Promise<Listing<InstalledOn>> {
  const asked = { what: 'the accounts on which it is installed', where: 'the App' };
  return listAsApp(settings, identity, asked, {
    path: '/app/installations',
    parameters: {},
    id: 'id',
    item: Installation,
  });
}
