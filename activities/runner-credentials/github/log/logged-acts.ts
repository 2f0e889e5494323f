import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { coverageOfList } from '../../../../src/cases/coverage/coverage-of.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import { isKnown, type Leaver } from '../../../../src/people/leaver.ts';
import {
  actedAfterFindings,
  leftBehindFindings,
} from '../../../../src/steps/runner-credentials/rules/github/logged-act-findings.ts';
import {
  type ListedKeys,
  repositoriesOfAddedKeys,
  withoutListedKeys,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/unlisted-keys.ts';
import { together } from '../organisation/leavers-credentials.ts';
import type { Scanned } from '../scanned.ts';
import { noAccountCoverage } from './no-account-coverage.ts';
import { isWithoutLog, noLogCoverage } from './no-log-coverage.ts';
import { actorsOf } from './secret-authors.ts';

/** When the leaver had left; undefined where nobody knows, or where it is still to come. */
export type Departure = { readonly lastDay: string; readonly departure: Date } | undefined;

/** What the leaver's accounts left behind, and did after the last day, by the organisation's audit log. */
export async function loggedActs(client: GitHubOrganisation, leaver: Leaver, left: Departure): Promise<Scanned> {
  const { name: organisation, apiEndpoint } = client;
  const source = `github/audit-log:${organisation}`;
  if (leaver.github.length === 0) {
    return { findings: [], coverage: [noAccountCoverage(source, 'events', leaver)], failures: [] };
  }
  const actors = leaver.github.flatMap(actorsOf);
  const [access, after] = await Promise.all([
    Promise.all(actors.map((actor) => client.actsOnAccess(actor))).then(together),
    Promise.all(left === undefined ? [] : actors.map((actor) => client.actsAfter(actor, left.departure))).then(
      together,
    ),
  ]);
  const all = together([access, after]);
  const listed = await listedKeys(client, repositoriesOfAddedKeys(access.items));
  const findings = [
    ...leftBehindFindings(organisation, withoutListedKeys(access.items, listed), leaver.github, apiEndpoint),
    ...(left === undefined
      ? []
      : actedAfterFindings(organisation, after.items, leaver.github, left.lastDay, apiEndpoint)),
  ];
  const line = (): Coverage => {
    if (!leaver.github.some(isKnown)) return noAccountCoverage(source, 'events', leaver);
    if (isWithoutLog(all)) return noLogCoverage(source, 'events', organisation);
    const since =
      left === undefined ? 'No last day has passed that is known, so that nothing was looked for after it.' : '';
    return coverageOfList(source, 'events', all, `The log goes back 180 days. ${since}`.trim());
  };
  const failures = [all.failure].filter((each) => each !== undefined && each.kind !== 'not-found');
  return { findings, coverage: [line()], failures: failures.flatMap((each) => each ?? []) };
}

/** The deploy keys of a few repositories. What a list that is refused leaves out is told by the log, and by the line of those keys. */
async function listedKeys(client: GitHubOrganisation, repositories: readonly string[]): Promise<ListedKeys> {
  return new Map(
    await Promise.all(
      repositories.map(async (where) => {
        const [organisation = '', repository = ''] = where.split('/');
        const { items } = await client.listDeployKeys({ organisation, repository });
        return [where, items] as const;
      }),
    ),
  );
}
