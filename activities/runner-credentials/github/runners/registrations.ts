import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { coverageOfList } from '../../../../src/cases/coverage/coverage-of.ts';
import { counted } from '../../../../src/cases/words/wording.ts';
import type { RunnerRegistration } from '../../../../src/connectors/github/audit-log/audit-log.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import { isKnown, type Leaver } from '../../../../src/people/leaver.ts';
import { noAccountCoverage } from '../log/no-account-coverage.ts';
import { isWithoutLog, noLogCoverage } from '../log/no-log-coverage.ts';
import { together } from '../organisation/leavers-credentials.ts';

/** The runners that the leaver's accounts registered, as far as the audit log keeps it. */
export async function leaversRegistrations(
  client: GitHubOrganisation,
  { github }: Pick<Leaver, 'github'>,
): Promise<Listing<RunnerRegistration>> {
  return together(await Promise.all(github.map((account) => client.runnerRegistrations(account))));
}

/** How completely it is known who registered runners; one line, whatever the log answers. */
export function registrationsCoverage(
  organisation: string,
  list: Listing<RunnerRegistration>,
  leaver: Leaver,
): Coverage[] {
  const source = `github/runner-registrations:${organisation}`;
  if (!leaver.github.some(isKnown)) return [noAccountCoverage(source, 'registrations', leaver)];
  if (isWithoutLog(list)) return [noLogCoverage(source, 'registrations', organisation)];
  const nameless = list.items.filter(({ runnerId, runnerName }) => runnerId === undefined && runnerName === undefined);
  const line = coverageOfList(source, 'registrations', list);
  if (nameless.length === 0 || line.state !== 'complete') return [line];
  const first = nameless.map(({ at }) => at.slice(0, 10)).toSorted()[0];
  const detail =
    `The log says that the leaver registered ${counted(nameless.length, 'runner', 'runners')} (first on ${first}) and not which. ` +
    'Ask for the machines that came then.';
  return [{ ...line, state: 'partial', detail }];
}
