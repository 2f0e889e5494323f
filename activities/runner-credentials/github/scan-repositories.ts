import { AboutSchema, DiscoveredSchema } from '../../../src/cases/discovery.ts';
import { BlobRefSchema } from '../../../src/cases/remedy.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { type ActivityContext, defineActivity } from '../../../src/durable/activity.ts';
import type { Shaped } from '../../../src/durable/shapes.ts';
import { text } from '../../../src/shapes/primitives.ts';
import type { FiledPart } from '../../../src/steps/registry.ts';
import {
  ciFilePlace,
  variablePlace,
  workflowPlace,
} from '../../../src/steps/runner-credentials/rules/github/token-places.ts';
import { type WorkflowUse, workflowUse } from '../../../src/steps/runner-credentials/rules/github/workflow-use.ts';
import { usedAfterDeparture } from '../../../src/steps/runner-credentials/rules/used-after-departure.ts';
import { fileStepResult } from '../../case/file-step-result.ts';
import { tryAgainAfter } from '../../case/try-again-after.ts';
import { judgeLocated, type LocatedTokens } from '../judge-located.ts';
import { notedWithoutAccount } from './no-account-coverage.ts';
import { type CiText, readCiFiles } from './read-ci-files.ts';
import { readForeignCode } from './read-foreign-code.ts';
import { readRepositoryRunners } from './read-repository-runners.ts';
import { readSchedules } from './read-schedules.ts';
import { readVariables, type VariableText } from './read-variables.ts';
import { readWorkflowTexts, type WorkflowText } from './read-workflow-texts.ts';
import { type RepositoryBatch, RepositoryBatchSchema } from './repository-batch.ts';
import type { Scanned } from './scanned.ts';
import { unreadRepositories } from './unread-repositories.ts';

const InputSchema = AboutSchema.extend({ organisation: text, batch: BlobRefSchema });
type ScanRepositoriesInput = Shaped<typeof InputSchema>;

/** Variables, workflow files, runners and schedules of a batch of repositories. */
export const scanRepositories = defineActivity(
  'scanRepositories',
  { input: InputSchema, output: DiscoveredSchema },
  async (input, context) => {
    const batch = await context.vendors.storage.getParsed(input.batch, RepositoryBatchSchema);
    const { repositories } = batch;
    const { part, failures } = await scan(input, batch, context);
    const { organisation } = input;
    context.log.info('repositories scanned', {
      organisation,
      repositories: repositories.length,
      findings: part.findings.length,
    });
    return fileStepResult(context.vendors, input.caseId, part, tryAgainAfter(failures));
  },
);

async function scan(
  { caseId, leaver, organisation }: ScanRepositoriesInput,
  { repositories, registered }: RepositoryBatch,
  context: ActivityContext,
): Promise<{ part: FiledPart; failures: readonly VendorFailure[] }> {
  const connected = await context.vendors.github.organisation('reader', organisation);
  if (!connected.ok) {
    const failures = [connected.failure];
    const coverage = unreadRepositories(organisation, failures);
    return { part: { step: 'runner-credentials', findings: [], coverage, actions: [] }, failures };
  }
  const client = connected.value;
  // What each repository is asked for does not wait for the texts; schedules and environments do.
  const contents = client.readRepositoryContents(repositories.map(({ nodeId }) => nodeId));
  const [variables, runners, files] = await Promise.all([
    readVariables(client, repositories, contents),
    readRepositoryRunners(client, repositories, leaver, registered),
    contents.then((read) => readWorkflowTexts(client, repositories, read)),
  ]);
  const ci = await readCiFiles(client, repositories, await contents);
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
    part: {
      step: 'runner-credentials',
      findings: parts.flatMap(({ findings }) => findings),
      coverage: parts.flatMap(({ coverage }) => coverage),
      actions: [],
      uses: usesOf(organisation, variables.texts, files.texts, context.vendors.github.apiEndpoint),
    },
    failures: parts.flatMap(({ failures }) => failures),
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
