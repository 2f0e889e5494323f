import { failed, ok, type VendorResult } from '../../result.ts';
import type { GitHubSettings } from '../../settings.ts';
import { failureOf } from '../call/failure.ts';
import { anonymousOctokit } from '../call/octokit.ts';

/**
 * Ends a token by its value, whosever it is. GitHub asks nobody for proof, tells its owner by mail, and cannot bring it
 * back. It takes no authorisation at all (403 where there is one), 60 calls an hour from one address, and answers 202: when it is
 * done, it does not say. Source: docs.github.com/rest/credentials/revoke.
 */
export async function revokeValue(
  settings: GitHubSettings,
  value: string,
): Promise<VendorResult<{ readonly effect: 'queued' }>> {
  try {
    await anonymousOctokit(settings).request('POST /credentials/revoke', { credentials: [value] });
    return ok({ effect: 'queued' });
  } catch (error) {
    const failure = failureOf(error, { what: 'the revocation of a token', where: 'GitHub' }, Date.now());
    // Its own words may repeat what was sent.
    return failed({
      ...failure,
      message: `GitHub answered ${failure.status ?? 'nothing'} to the revocation of a token by its value.`,
    });
  }
}
