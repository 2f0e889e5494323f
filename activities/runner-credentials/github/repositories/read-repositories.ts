import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import type { CaseId } from '../../../../src/cases/ids.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import { explainedBySignOn } from '../../../../src/credentials/ownership.ts';
import type { ActivityContext } from '../../../../src/durable/activity.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import type { WorkflowUse } from '../../../../src/steps/runner-credentials/rules/github/workflows/workflow-use.ts';
import type { ListedMachine } from '../../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { usedAfterDeparture } from '../../../../src/steps/runner-credentials/rules/used-after-departure.ts';
import { resolveOwners } from '../../../case/accounts/github-owners.ts';
import { judgeLocated, type OwnersOf } from '../../judge-located.ts';
import { type KnownOwners, knownOwners } from '../../sign-on-credentials.ts';
import { readAgain } from '../facts/read-again.ts';
import { readingOf } from '../facts/reading.ts';
import { repositoryRunners } from '../facts/repository-runners.ts';
import type { RepositoryFacts } from '../facts/repository-source.ts';
import { judgeRepositoryFacts, readRepositoryFacts } from '../facts/repository-sources.ts';
import { knownFacts } from '../inventory/known-facts.ts';
import { untouchedBy } from '../inventory/touched.ts';
import { listedRunner } from '../runners/listed-runner.ts';
import type { Scanned } from '../scanned.ts';
import type { RepositoryBatch } from './repository-batch.ts';

/** What was found in some repositories, and what their workflows use. */
export interface ReadRepositories extends Scanned {
  readonly uses: readonly WorkflowUse[];
  /** Runners of the repositories’ own. */
  readonly machines: readonly ListedMachine[];
}

interface Asked {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
}

/** Variables, files of CI, runners, deploy keys, invitations and schedules of some repositories, for one leaver. */
export async function readRepositories(
  client: GitHubOrganisation,
  asked: Asked,
  { repositories, registered, addedKeys, inventory }: RepositoryBatch,
  context: ActivityContext,
): Promise<ReadRepositories> {
  const ownersOf = ownersFor(asked, context);
  const reading = readingOf(client, repositories, ownersOf, context.now());
  if (inventory === undefined) {
    const facts = await readRepositoryFacts(reading);
    return judgeRepositories(client, asked, { facts, registered, addedKeys }, context, ownersOf);
  }
  const known = await knownFacts(context.vendors.storage, inventory.before);
  const facts = await readAgain(reading, known, ownersOf, untouchedBy(client.name, inventory.touched));
  const judged = await judgeRepositories(client, asked, { facts, registered, addedKeys }, context, ownersOf);
  const isOlder = facts.some(({ sources }) => Object.values(sources).some(({ readAt }) => readAt !== reading.at));
  return isOlder ? { ...judged, coverage: judged.coverage.map((line) => aged(line, inventory.at)) } : judged;
}

/** How old a reading is stands on its line; what was found, and what changed, is read again after the cut. */
function aged(line: Coverage, at: string): Coverage {
  const age = `Repositories of which neither the audit log nor the commit says that they were changed since are as the sweep of ${at} read them.`;
  return { ...line, detail: line.detail === undefined ? age : `${line.detail} ${age}` };
}

/** What the log says of the leaver, of any repository. */
type LoggedOfLeaver = Pick<RepositoryBatch, 'registered'> & {
  readonly addedKeys?: RepositoryBatch['addedKeys'] | undefined;
};

/** The facts of repositories judged for one leaver, wherever they come from; what is found is compared with today. */
async function judgeRepositories(
  client: GitHubOrganisation,
  { caseId, leaver }: Asked,
  { facts, registered, addedKeys = [] }: { readonly facts: readonly RepositoryFacts[] } & LoggedOfLeaver,
  context: ActivityContext,
  ownersOf: OwnersOf,
): Promise<ReadRepositories> {
  const { vendors, settings } = context;
  const { name: organisation, apiEndpoint } = client;
  const judged = await judgeRepositoryFacts(facts, {
    organisation,
    apiEndpoint,
    leaver,
    registered,
    addedKeys,
    workflow: (repository, workflow) => client.getWorkflow({ organisation, repository }, workflow),
    owners: (logins) => resolveOwners(vendors, settings, caseId, { logins }),
  });
  const { places, coverage } = judged;
  const within = facts.map(({ repository }) => repository.name);
  const about = { caseId, leaver, system: 'github', organisation } as const;
  const tokens = await judgeLocated(about, context, { places, coverage, within }, ownersOf);
  const { BUSINESS_TIME_ZONE: timeZone, ACCESS_TOKEN_LIFETIME_MINUTES: tokenLifetimeMinutes } = settings;
  const rule = { timeZone, tokenLifetimeMinutes };
  return {
    findings: [...judged.findings.map((finding) => usedAfterDeparture(finding, leaver, rule)), ...tokens.findings],
    coverage,
    failures: [...judged.failures, ...tokens.failures],
    uses: judged.uses,
    machines: facts.flatMap((all) => {
      const { name: repository } = all.repository;
      const runners = repositoryRunners.factOf(all)?.runners ?? [];
      return runners.map((runner) => ({ ...listedRunner(runner), repository }));
    }),
  };
}

/** Who holds tokens, asked once for a reading and its judgement: both must compare with the same lists. */
export function ownersFor(asked: Asked, context: Pick<ActivityContext, 'vendors' | 'settings'>): OwnersOf {
  let listed: Promise<KnownOwners> | undefined;
  return (found) => {
    if (!explainedBySignOn(found)) return knownOwners(asked, context, []);
    listed ??= knownOwners(asked, context, found);
    return listed;
  };
}
