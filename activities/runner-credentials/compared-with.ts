import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { becauseOf } from '../../src/cases/coverage/coverage-of.ts';
import type { Leaver } from '../../src/people/leaver.ts';

/**
 * The line of machines that were listed and compared with how the person is called. Machines are called by names and
 * addresses of the firm, so that where the directory knows none any more, a login alone is not the whole comparison.
 */
export function comparedWith(
  { displayName, userPrincipalName, mail, github, blockedBy }: Leaver,
  machines: string,
  line: Coverage,
): Coverage {
  const known = displayName !== undefined || userPrincipalName !== undefined || mail !== undefined;
  if (known || (line.state !== 'complete' && line.state !== 'partial')) return line;
  const compared =
    github.length > 0
      ? `only logins could be compared, and a ${machines} under another name was not told to be theirs`
      : `no ${machines} could be told to be theirs`;
  const detail = `No name of the person is known any more, so that ${compared}. ${line.detail ?? ''}`.trim();
  return becauseOf(blockedBy?.person, { ...line, state: 'partial', detail });
}
