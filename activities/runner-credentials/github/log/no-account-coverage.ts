import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { becauseOf } from '../../../../src/cases/coverage/coverage-of.ts';
import { type Leaver, lacksGitHubAccount, unknownAccount } from '../../../../src/people/leaver.ts';

/** What says whether accounts of the person are known, and why not. */
type Accounts = Pick<Leaver, 'github' | 'blockedBy' | 'noGitHubAccount'>;

/**
 * What is looked up by account says nothing where no account is known, and why none is known is said on each such line.
 * Where the person has none, because every account is proved to be somebody else's, there was nothing to look up.
 */
export function noAccountCoverage(source: string, unit: string, leaver: Accounts): Coverage {
  const { blockedBy, noGitHubAccount } = leaver;
  if (noGitHubAccount?.because === 'has-none') {
    const detail = `The person has no GitHub account. ${noGitHubAccount.why}`;
    return { source, state: 'complete', looked: { asked: 0, count: 0, unit }, detail };
  }
  const detail = `${unknownAccount(leaver)}, so that nothing could be looked up by account.${whyOf(leaver)}`;
  return becauseOf(blockedBy?.github, { source, state: 'unavailable', looked: { count: 0, unit }, detail });
}

/**
 * The line of what was read and compared with what is known of the person. Without an account only names and addresses
 * were compared, so that it is not the whole answer, however much was read.
 */
export function withoutAccount(
  line: Coverage,
  leaver: Accounts,
  compared = 'only names and addresses could be compared',
): Coverage {
  if (!lacksGitHubAccount(leaver) || (line.state !== 'complete' && line.state !== 'partial')) return line;
  const why = `${unknownAccount(leaver)}, so that ${compared}.${whyOf(leaver)}`;
  const detail = line.detail === undefined ? why : `${line.detail} ${why}`;
  return becauseOf(leaver.blockedBy?.github, { ...line, state: 'partial', detail });
}

/** The line of a place whose tokens are compared with the person's account: all of it was read, and what it lacks is said. */
export function notedWithoutAccount(line: Coverage, leaver: Accounts): Coverage {
  if (!lacksGitHubAccount(leaver) || line.state !== 'complete') return line;
  const why = `${unknownAccount(leaver)}, so that a token there is told to be theirs only by what it says itself.`;
  return { ...line, detail: line.detail === undefined ? why : `${line.detail} ${why}` };
}

function whyOf({ noGitHubAccount }: Accounts): string {
  return noGitHubAccount === undefined ? '' : ` ${noGitHubAccount.why}`;
}
