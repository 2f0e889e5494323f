import type { KeyAddition } from '../../../../src/connectors/github/audit-log/audit-log-keys.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import { loginsOf } from '../../../../src/people/evidence/github-owner.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { together } from '../organisation/leavers-credentials.ts';

/**
 * The deploy keys that the leaver's accounts added, under each login that they had; the number decides whose they are.
 * It only adds to what a key says itself: where the log cannot be read, its own lines of coverage say so.
 */
export async function leaversKeyAdditions(
  client: GitHubOrganisation,
  { github }: Pick<Leaver, 'github'>,
): Promise<Listing<KeyAddition>> {
  const actors = github.flatMap((account) => {
    const logins = new Map(loginsOf(account).map((login) => [login.toLowerCase(), login]));
    return [...logins.values()].map((login) => ({ id: account.id, login }));
  });
  return together(await Promise.all(actors.map((actor) => client.keyAdditions(actor))));
}
