import type { Coverage } from '../../../src/cases/coverage.ts';
import { becauseOf } from '../../../src/cases/coverage-of.ts';
import type { Leaver } from '../../../src/people/leaver.ts';

/**
 * What is looked up by account says nothing where no account is known, and why none is known is said on each such line.
 * Where the person has none, because every account is proved to be somebody else's, there was nothing to look up.
 */
export function noAccountCoverage(
  source: string,
  unit: string,
  { blockedBy, noGitHubAccount }: Pick<Leaver, 'blockedBy' | 'noGitHubAccount'>,
): Coverage {
  if (noGitHubAccount?.because === 'has-none') {
    const detail = `The person has no GitHub account. ${noGitHubAccount.why}`;
    return { source, state: 'complete', looked: { asked: 0, count: 0, unit }, detail };
  }
  const why = noGitHubAccount === undefined ? '' : ` ${noGitHubAccount.why}`;
  const detail = `No GitHub account of the person is known, so that nothing could be looked up by account.${why}`;
  return becauseOf(blockedBy?.github, { source, state: 'unavailable', looked: { count: 0, unit }, detail });
}
