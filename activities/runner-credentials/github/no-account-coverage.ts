import type { Coverage } from '../../../src/cases/coverage.ts';
import { becauseOf } from '../../../src/cases/coverage-of.ts';
import type { Leaver } from '../../../src/people/leaver.ts';

/** What is looked up by account says nothing where no account is known. */
export function noAccountCoverage(source: string, unit: string, { blockedBy }: Pick<Leaver, 'blockedBy'>): Coverage {
  const detail = 'No GitHub account of the person is known, so that nothing could be looked up by account.';
  return becauseOf(blockedBy?.github, { source, state: 'unavailable', looked: { count: 0, unit }, detail });
}
