import { AboutSchema, DiscoveredSchema } from '../../../src/cases/discovery.ts';
import { BlobRefSchema } from '../../../src/cases/remedy.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { type ActivityContext, defineActivity } from '../../../src/durable/activity.ts';
import type { Shaped } from '../../../src/durable/shapes.ts';
import { text } from '../../../src/shapes/primitives.ts';
import type { FiledPart } from '../../../src/steps/registry.ts';
import { variablePlace, workflowPlace } from '../../../src/steps/runner-credentials/rules/github/token-places.ts';
import { fileStepResult } from '../../case/file-step-result.ts';
import { tryAgainAfter } from '../../case/try-again-after.ts';
import { judgeLocated, type LocatedTokens } from '../judge-located.ts';
import { notedWithoutAccount } from './no-account-coverage.ts';
import { readRepositoryRunners } from './read-repository-runners.ts';
import { readSchedules } from './read-schedules.ts';
import { readVariables, type VariableText } from './read-variables.ts';
import { readWorkflowTexts, type WorkflowText } from './read-workflow-texts.ts';
import type { RepositoryBatch } from './repository-batch.ts';
import type { Scanned } from './scanned.ts';
import { unreadRepositories } from './unread-repositories.ts';

const InputSchema = AboutSchema.extend({ organisation: text, batch: BlobRefSchema });
type ScanRepositoriesInput = Shaped<typeof InputSchema>;

/** Variables, workflow files, runners and schedules of a batch of repositories. */
export const scanRepositories = defineActivity(
  'scanRepositories',
  { input: InputSchema, output: DiscoveredSchema },
  async (input, context) => {
    const batch = await context.vendors.storage.getJson<RepositoryBatch>(input.batch);
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
  { repositories, registered = [] }: RepositoryBatch,
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
  const schedules = await readSchedules(client, files, leaver);
  const tokens = await judgeLocated({ caseId, leaver, system: 'github', organisation }, context, {
    places: locatedIn(organisation, variables.texts, files.texts, context.vendors.github.apiEndpoint),
    coverage: [...variables.coverage, ...files.coverage],
    within: repositories.map(({ name }) => name),
  });
  const noted = (read: Scanned): Scanned => ({
    ...read,
    coverage: read.coverage.map((line) => notedWithoutAccount(line, leaver)),
  });
  const parts: Scanned[] = [noted(variables), runners, noted(files), schedules, { ...tokens, coverage: [] }];
  return {
    part: {
      step: 'runner-credentials',
      findings: parts.flatMap(({ findings }) => findings),
      coverage: parts.flatMap(({ coverage }) => coverage),
      actions: [],
    },
    failures: parts.flatMap(({ failures }) => failures),
  };
}

/** Every place that was read, whether a token stands there or not: one that was listed may be gone. */
function locatedIn(
  organisation: string,
  variables: readonly VariableText[],
  files: readonly WorkflowText[],
  apiEndpoint: string,
): LocatedTokens[] {
  return [
    ...variables.map(({ scope, name, value }) => ({
      place: variablePlace(scope, name, apiEndpoint),
      source: `github/${scope.type}-variables:${organisation}`,
      within: scope.type === 'organisation' ? organisation : scope.repository,
      tokens: findTokens(value),
    })),
    ...files.map(({ repository, path, text }) => ({
      place: workflowPlace({ organisation, repository: repository.name, path }, apiEndpoint),
      source: `github/workflow-files:${organisation}`,
      within: repository.name,
      tokens: findTokens(text),
    })),
  ];
}
