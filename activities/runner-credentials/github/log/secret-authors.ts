import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { coverageOfList } from '../../../../src/cases/coverage/coverage-of.ts';
import { counted } from '../../../../src/cases/words/wording.ts';
import type { SecretWriting } from '../../../../src/connectors/github/audit-log/audit-log.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import { loginsOf } from '../../../../src/people/evidence/github-owner.ts';
import { type GitHubAccount, isKnown, type Leaver } from '../../../../src/people/leaver.ts';
import { together } from '../organisation/leavers-credentials.ts';
import { noAccountCoverage } from './no-account-coverage.ts';
import { isWithoutLog, noLogCoverage } from './no-log-coverage.ts';

/** The secrets that the leaver's accounts wrote, under each login that they had; the number decides whose they are. */
export async function leaversSecrets(
  client: GitHubOrganisation,
  { github }: Pick<Leaver, 'github'>,
): Promise<Listing<SecretWriting>> {
  return together(await Promise.all(github.flatMap(actorsOf).map((actor) => client.secretWritings(actor))));
}

/** An account under each login that it had: the log is asked by login, and the number decides. */
export function actorsOf(account: GitHubAccount): { readonly id: number; readonly login: string }[] {
  const logins = new Map(loginsOf(account).map((login) => [login.toLowerCase(), login]));
  return [...logins.values()].map((login) => ({ id: account.id, login }));
}

/** How completely it is known who wrote secrets; one line, whatever the log answers. */
export function secretAuthorsCoverage(organisation: string, list: Listing<SecretWriting>, leaver: Leaver): Coverage[] {
  const source = `github/secret-authors:${organisation}`;
  if (!leaver.github.some(isKnown)) return [noAccountCoverage(source, 'writings', leaver)];
  if (isWithoutLog(list)) return [noLogCoverage(source, 'writings', organisation)];
  const line = coverageOfList(source, 'writings', list, 'The log goes back 180 days.');
  const nameless = list.items.filter(({ name }) => name === undefined);
  if (nameless.length === 0 || line.state !== 'complete') return [line];
  const detail = `The log says of ${counted(nameless.length, 'writing', 'writings')} that the leaver wrote a secret, and not which.`;
  return [{ ...line, state: 'partial', detail }];
}
