import type { CaseId } from '../../../src/cases/ids.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import type { ActivityContext } from '../../../src/durable/activity.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import {
  ciFilePlace,
  variablePlace,
  workflowPlace,
} from '../../../src/steps/runner-credentials/rules/github/token-places.ts';
import { type WorkflowUse, workflowUse } from '../../../src/steps/runner-credentials/rules/github/workflow-use.ts';
import { usedAfterDeparture } from '../../../src/steps/runner-credentials/rules/used-after-departure.ts';
import { judgeLocated, type LocatedTokens } from '../judge-located.ts';
import { notedWithoutAccount } from './no-account-coverage.ts';
import { type CiText, readCiFiles } from './read-ci-files.ts';
import { readForeignCode } from './read-foreign-code.ts';
import { readRepositoryRunners } from './read-repository-runners.ts';
import { readSchedules } from './read-schedules.ts';
import { readVariables, type VariableText } from './read-variables.ts';
import { readWorkflowTexts, type WorkflowText } from './read-workflow-texts.ts';
import type { RepositoryBatch } from './repository-batch.ts';
import type { Scanned } from './scanned.ts';

/** What was found in some repositories, and what their workflows use. */
export interface ReadRepositories extends Scanned {
  readonly uses: readonly WorkflowUse[];
}

/** Variables, workflow files, other files of CI, runners and schedules of some repositories. */
export async function readRepositories(
  client: GitHubOrganisation,
  { caseId, leaver }: { readonly caseId: CaseId; readonly leaver: Leaver },
  { repositories, registered }: RepositoryBatch,
  context: ActivityContext,
): Promise<ReadRepositories> {
  const { name: organisation } = client;
  // What each repository is asked for does not wait for the texts; schedules and environments do.
  const contents = client.readRepositoryContents(repositories.map(({ nodeId }) => nodeId));
  const [variables, runners, files] = await Promise.all([
    readVariables(client, repositories, contents),
    readRepositoryRunners(client, repositories, leaver, registered),
    contents.then((read) => readWorkflowTexts(client, repositories, read)),
  ]);
  const ci = await readCiFiles(client, repositories, await contents, files.texts);
  const [schedules, foreign] = await Promise.all([
    readSchedules(client, files, leaver),
    readForeignCode(client, { caseId, leaver }, context, {
      texts: [...files.texts, ...ci.texts],
      failures: [...files.failures, ...ci.failures],
      asked: repositories.length,
    }),
  ]);
  const tokens = await judgeLocated({ caseId, leaver, system: 'github', organisation }, context, {
    places: locatedIn(organisation, variables.texts, files.texts, ci.texts, context.vendors.github.apiEndpoint),
    coverage: [...variables.coverage, ...files.coverage, ...ci.coverage],
    within: repositories.map(({ name }) => name),
  });
  const { BUSINESS_TIME_ZONE: timeZone, ACCESS_TOKEN_LIFETIME_MINUTES: tokenLifetimeMinutes } = context.settings;
  const rule = { timeZone, tokenLifetimeMinutes };
  const noted = (read: Scanned): Scanned => ({
    ...read,
    coverage: read.coverage.map((line) => notedWithoutAccount(line, leaver)),
  });
  const parts: Scanned[] = [
    noted(variables),
    runners,
    noted(files),
    noted(ci),
    { ...schedules, findings: schedules.findings.map((finding) => usedAfterDeparture(finding, leaver, rule)) },
    foreign,
    { ...tokens, coverage: [] },
  ];
  return {
    findings: parts.flatMap(({ findings }) => findings),
    coverage: parts.flatMap(({ coverage }) => coverage),
    failures: parts.flatMap(({ failures }) => failures),
    uses: usesOf(organisation, variables.texts, files.texts, context.vendors.github.apiEndpoint),
  };
}

/** What the workflows rest on; those of archived repositories run no more. */
function usesOf(
  organisation: string,
  variables: readonly VariableText[],
  files: readonly WorkflowText[],
  apiEndpoint: string,
): WorkflowUse[] {
  const own = new Map<string, Set<string>>();
  for (const { scope, name } of variables) {
    if (scope.type !== 'repository') continue;
    own.set(scope.repository, (own.get(scope.repository) ?? new Set()).add(name.toUpperCase()));
  }
  return files
    .filter(({ repository }) => !repository.archived)
    .flatMap(({ repository: { name: repository }, path, text }) => {
      const file = { organisation, repository, path, text };
      return workflowUse(file, own.get(repository) ?? new Set(), apiEndpoint) ?? [];
    });
}

/** Every place that was read, whether a token stands there or not: one that was listed may be gone. */
function locatedIn(
  organisation: string,
  variables: readonly VariableText[],
  files: readonly WorkflowText[],
  ciFiles: readonly CiText[],
  apiEndpoint: string,
): LocatedTokens[] {
  return [
    ...variables.map(({ scope, name, value }) => ({
      place: variablePlace(scope, { name, value }, apiEndpoint),
      source: `github/${scope.type}-variables:${organisation}`,
      within: scope.type === 'organisation' ? organisation : scope.repository,
      tokens: findTokens(value, name),
    })),
    ...files.map(({ repository, path, text }) => ({
      place: workflowPlace({ organisation, repository: repository.name, path }, apiEndpoint),
      source: `github/workflow-files:${organisation}`,
      within: repository.name,
      tokens: findTokens(text),
    })),
    ...ciFiles.map(({ repository, path, text }) => ({
      place: ciFilePlace({ organisation, repository: repository.name, path }, apiEndpoint),
      source: `github/ci-files:${organisation}`,
      within: repository.name,
      tokens: findTokens(text),
    })),
  ];
}
