import type { Coverage } from '../../../src/cases/coverage.ts';
import { becauseOf } from '../../../src/cases/coverage-of.ts';
import type { Leaver } from '../../../src/people/leaver.ts';

/** What is looked up by account says nothing where no account is known. */
export function noAccountCoverage(source: string, unit: string, { blockedBy }: Pick<Leaver, 'blockedBy'>): Coverage {
  const detail = 'No GitHub account of the person is known, so that nothing could be looked up by account.';
  return becauseOf(blockedBy?.github, { source, state: 'unavailable', looked: { count: 0, unit }, detail });
}

/**
 * The line of what was read and compared with what is known of the person. Without an account only names and addresses
 * were compared, so that it is not the whole answer, however much was read.
 */
export function withoutAccount(line: Coverage, { github, blockedBy }: Pick<Leaver, 'github' | 'blockedBy'>): Coverage {
  if (github.length > 0 || (line.state !== 'complete' && line.state !== 'partial')) return line;
  const why = 'No GitHub account of the person is known, so that only names and addresses could be compared.';
  const detail = line.detail === undefined ? why : `${line.detail} ${why}`;
  return becauseOf(blockedBy?.github, { ...line, state: 'partial', detail });
}

/** The line of a place whose tokens are compared with the person's account: all of it was read, and what it lacks is said. */
export function notedWithoutAccount(line: Coverage, { github }: Pick<Leaver, 'github'>): Coverage {
  if (github.length > 0 || line.state !== 'complete') return line;
  const why =
    'No GitHub account of the person is known, so that a token there is told to be theirs only by what it says itself.';
  return { ...line, detail: line.detail === undefined ? why : `${line.detail} ${why}` };
}
