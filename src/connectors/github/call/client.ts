import * as z from 'zod';
import type { IdentityName } from '../../credentials.ts';
import type { PermissionRow } from '../../permission.ts';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { GitHubSettings } from '../../settings.ts';
import { ASSESSOR_GITHUB_PERMISSIONS } from '../assessor-permissions.ts';
import { GITHUB_PERMISSIONS } from '../permissions.ts';
import { appOf, failureOf, shapeFailure } from './failure.ts';
import { appClient, type GitHubOctokit, installationOctokit } from './octokit.ts';

/** Our App on one organisation. */
export interface GitHubInstallation {
  readonly id: number;
  readonly organisation: string;
  /** `selected`: whatever is not selected is invisible, and answers as if it did not exist. */
  readonly repositorySelection: 'all' | 'selected';
  /** `read`, `write` or `admin` by name, e.g. `organization_self_hosted_runners`. */
  readonly permissions: Readonly<Record<string, string>>;
  /** ISO instant since when an owner has suspended it. */
  readonly suspendedAt?: string;
}

/** Everything that a call to one organisation needs. */
export interface GitHubClient {
  readonly settings: GitHubSettings;
  readonly identity: IdentityName;
  readonly octokit: GitHubOctokit;
  readonly installation: GitHubInstallation;
  /** What the token may do, which can be less than what the installation is granted by now. */
  readonly permissions: Readonly<Record<string, string>>;
  /** The installation as it is now, for a refusal that must be explained. Where it cannot be read, nothing is explained. */
  refreshed(): Promise<VendorResult<GitHubInstallation>>;
  /** Milliseconds since the current token was issued. */
  tokenAgeMs(): number;
  /** Makes the next call connect anew: the App was granted more since. */
  forget(): void;
  /** Makes the next call get another token: GitHub does not take this one any more. */
  renewToken(): void;
}

const InstallationShape = z.object({
  id: z.number(),
  repository_selection: z.enum(['all', 'selected']),
  permissions: z.record(z.string(), z.string()),
  suspended_at: z.string().nullish(),
});

/** An installation changes when an owner changes it; a refusal reads it anew. */
const FRESH_MS = 5 * 60_000;
const clients = new Map<string, { readonly since: number; readonly client: Promise<VendorResult<GitHubClient>> }>();

/** The App's client for one organisation. Calls made at the same moment share one look-up. */
export function gitHubClient(
  settings: GitHubSettings,
  identity: IdentityName,
  organisation: string,
): Promise<VendorResult<GitHubClient>> {
  const key = [identity, settings.GITHUB_API_ENDPOINT, settings.GITHUB_APP_ID, organisation.toLowerCase()].join(' ');
  const known = clients.get(key);
  if (known !== undefined && Date.now() - known.since < FRESH_MS) return known.client;
  const client = connect(settings, identity, organisation, () => clients.delete(key));
  clients.set(key, { since: Date.now(), client });
  client.then(
    (result) => result.ok || clients.delete(key),
    () => clients.delete(key),
  );
  return client;
}

async function connect(
  settings: GitHubSettings,
  identity: IdentityName,
  organisation: string,
  forget: () => void,
): Promise<VendorResult<GitHubClient>> {
  const found = await installationOf(settings, identity, organisation);
  if (!found.ok) return found;
  const installation = found.value;
  const app = appClient(settings, identity);
  const names = READS[identity];
  const permissions = names === undefined ? granted(installation) : readOnly(installation, names);
  let issuedAt = Date.now();
  let asking: Promise<VendorResult<GitHubInstallation>> | undefined;
  let renew = false;
  const token = async (): Promise<string> => {
    const refresh = renew;
    renew = false;
    const current = await app.tokenOf(installation.id, permissions, refresh);
    issuedAt = Date.parse(current.createdAt);
    return current.token;
  };
  return ok({
    settings,
    identity,
    installation,
    octokit: installationOctokit(settings, identity, organisation, token),
    permissions,
    refreshed: () => {
      asking ??= installationOf(settings, identity, organisation).finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget,
    renewToken: () => {
      renew = true;
    },
    tokenAgeMs: () => Date.now() - issuedAt,
  });
}

/** The App's installation on an organisation, as it is now; signing for it is proved on the way. */
export async function installationOf(
  settings: GitHubSettings,
  identity: IdentityName,
  organisation: string,
): Promise<VendorResult<GitHubInstallation>> {
  const asked = { what: 'the installation of the app', where: organisation };
  try {
    const response = await appClient(settings, identity).octokit.request('GET /orgs/{org}/installation', {
      org: organisation,
    });
    const parsed = InstallationShape.safeParse(response.data);
    if (!parsed.success) return failed(shapeFailure(asked, response.status));
    const { id, repository_selection, permissions, suspended_at: suspendedAt } = parsed.data;
    const standing = { id, organisation, repositorySelection: repository_selection, permissions };
    return ok(suspendedAt ? { ...standing, suspendedAt } : standing);
  } catch (error) {
    const failure = failureOf(error, asked, Date.now());
    if (failure.kind !== 'not-found') return failed(failure);
    const message = `${appOf(identity)} is not installed on ${organisation}: GitHub answered 404 to ${asked.what}.`;
    return failed({ kind: 'denied', status: 404, missingPermission: 'installation of the GitHub App', message });
  }
}

/** What those may need who only read; they hold nothing that writes, whatever the App does. */
const READS: Readonly<Partial<Record<IdentityName, ReadonlySet<string>>>> = {
  reader: namesOf('reader', GITHUB_PERMISSIONS),
  assessor: namesOf('assessor', ASSESSOR_GITHUB_PERMISSIONS),
};

function namesOf(of: IdentityName, table: readonly PermissionRow[]): ReadonlySet<string> {
  return new Set(
    table.flatMap(({ identity, grant }) =>
      identity === of && grant.kind === 'github-app-permission' ? [grant.name] : [],
    ),
  );
}

function readOnly({ permissions }: GitHubInstallation, needed: ReadonlySet<string>): Record<string, 'read'> {
  const names = Object.keys(permissions).filter((name) => needed.has(name));
  return Object.fromEntries(names.map((name) => [name, 'read'] as const));
}

function granted({ permissions }: GitHubInstallation): Record<string, 'read' | 'write'> {
  return Object.fromEntries(
    Object.entries(permissions).flatMap(([name, level]) =>
      level === 'read' || level === 'write' ? [[name, level] as const] : [],
    ),
  );
}
