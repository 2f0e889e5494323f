import { NO_TIME_NAMED, type VendorFailure } from '../../result.ts';
import type { GitHubClient, GitHubInstallation } from './client.ts';
import { type Asked, lacking } from './failure.ts';

/**
 * What a refusal means, by what the installation is granted now. GitHub answers 404 both to “gone” and to “not for
 * you”, and 403 for many reasons: a permission is named only where the installation lacks it. And a token keeps the
 * permissions of when it was made.
 */
export async function explained(client: GitHubClient, asked: Asked, failure: VendorFailure): Promise<VendorFailure> {
  if (failure.status === 401) return renewed(client, failure);
  if (failure.kind !== 'not-found' && failure.kind !== 'denied') return failure;
  const outdated = asked.permission !== undefined && !grants(client.permissions, asked.permission);
  const now = await client.refreshed();
  if (!now.ok) return failure.kind === 'not-found' ? unexplained(failure) : uninstalled(failure, now.failure);
  const installation = now.value;
  if (installation.suspendedAt !== undefined) return suspended(failure, installation);
  if (asked.permission !== undefined && !grants(installation.permissions, asked.permission)) {
    return lacking(asked, failure.status, asked.permission, client.identity);
  }
  if (outdated) {
    client.forget();
    const message = `${failure.message} The permission was granted since; the next attempt has it.`;
    return { kind: 'unavailable', status: failure.status, tryAgainAfterMs: NO_TIME_NAMED, message };
  }
  if (asked.repository === true && installation.repositorySelection !== 'all') {
    const message = `${failure.message} The GitHub App sees selected repositories only, so that this says nothing.`;
    return { kind: 'denied', status: failure.status, missingPermission: 'installation on all repositories', message };
  }
  if (failure.kind === 'not-found') return failure;
  if (IP_ALLOW_LIST.test(failure.message)) return { ...failure, message: `${failure.message} ${ALLOW_ADDRESSES}` };
  if (asked.permission === undefined) return failure;
  return { ...failure, message: `${failure.message} The App holds ${asked.permission}: that is not the reason.` };
}

const IP_ALLOW_LIST = /\bIP allow list\b/i;
/** Source: docs.github.com/organizations, "Managing allowed IP addresses for your organization". */
const ALLOW_ADDRESSES =
  'An owner of the organisation has to put the addresses from which this app calls on that list; no permission is missing.';

/** Nothing of the organisation can be read until an owner ends that. */
function suspended({ message }: VendorFailure, { organisation, suspendedAt }: GitHubInstallation): VendorFailure {
  const why = `${message} The installation of the GitHub App on ${organisation} has been suspended since ${suspendedAt}; an owner ends that in the organisation’s settings, under GitHub Apps.`;
  return { kind: 'denied', status: 403, message: why };
}

/** The installation itself may be what is missing; where that is not known, nothing is named. */
function uninstalled(failure: VendorFailure, why: VendorFailure): VendorFailure {
  return why.kind === 'denied' ? { ...why, message: `${failure.message} ${why.message}` } : failure;
}

/** A 404 of which nobody can say whether it means “gone” must not be taken for it. */
function unexplained({ status, message }: VendorFailure): VendorFailure {
  const why = `${message} Whether the GitHub App may still look could not be read, so that this says nothing.`;
  return {
    kind: 'unavailable',
    ...(status === undefined ? {} : { status }),
    tryAgainAfterMs: NO_TIME_NAMED,
    message: why,
  };
}

/**
 * A token ends before its hour when the installation is suspended or made anew, and a new one takes seconds to reach
 * all of GitHub (octokit/auth-app.js#65): both pass with another token and another attempt.
 */
function renewed(client: GitHubClient, { message }: VendorFailure): VendorFailure {
  if (client.tokenAgeMs() > REPLICATION_MS) client.renewToken();
  return { kind: 'unavailable', status: 401, tryAgainAfterMs: NO_TIME_NAMED, message };
}

const REPLICATION_MS = 5_000;

/** `wanted` as GitHub writes it, several joined by a comma: `contents=read, environments=read`. */
function grants(permissions: Readonly<Record<string, string>>, wanted: string): boolean {
  return wanted.split(',').every((each) => {
    const [name = '', level] = each.trim().split('=');
    const held = permissions[name];
    return held !== undefined && (level !== 'write' || held !== 'read');
  });
}
