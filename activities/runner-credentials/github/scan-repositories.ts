import type { Finding } from '../../../src/cases/finding.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import type { BlobRef } from '../../../src/cases/remedy.ts';
import type { StepPartRef } from '../../../src/cases/step-part.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { VariableScope } from '../../../src/connectors/github/variables.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import { type FoundToken, provableBySignOn, tokensIn, whoseToken } from '../../../src/credentials/whose-token.ts';
import { type ActivityContext, defineActivity } from '../../../src/durable.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { FiledPart } from '../../../src/steps/registry.ts';
import { tokenInVariable, tokenInWorkflow } from '../../../src/steps/runner-credentials/rules/github/token-findings.ts';
import { tryAgainAfter } from '../../case/coverage-of.ts';
import { fileStepPart } from '../../case/file-step-part.ts';
import { leaversSsoCredentials } from './leavers-credentials.ts';
import { readRepositoryRunners } from './read-repository-runners.ts';
import { readSchedules } from './read-schedules.ts';
import { readVariables, type VariableText } from './read-variables.ts';
import { readWorkflowTexts, type WorkflowText } from './read-workflow-texts.ts';
import type { BatchedRepository, RepositoryBatch } from './repository-batch.ts';
import type { Scanned } from './scanned.ts';
import { unreadRepositories } from './unread-repositories.ts';

interface ScanRepositoriesInput {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
  readonly organisation: string;
  readonly batch: BlobRef;
}

/** Variables, workflow files, runners and schedules of a batch of repositories. */
export const scanRepositories = defineActivity(
  'scanRepositories',
  async (input: ScanRepositoriesInput, context): Promise<StepPartRef> => {
    const { repositories } = await context.vendors.storage.getJson<RepositoryBatch>(input.batch);
    const { part, failures } = await scan(input, repositories, context);
    const { organisation } = input;
    context.log.info('repositories scanned', {
      organisation,
      repositories: repositories.length,
      findings: part.findings.length,
    });
    return fileStepPart(context.vendors, input.caseId, part, tryAgainAfter(failures));
  },
);

async function scan(
  { leaver, organisation }: ScanRepositoriesInput,
  repositories: readonly BatchedRepository[],
  { vendors, now }: ActivityContext,
): Promise<{ part: FiledPart; failures: readonly VendorFailure[] }> {
  const connected = await vendors.github.organisation('reader', organisation);
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
    readRepositoryRunners(client, repositories, leaver),
    contents.then((read) => readWorkflowTexts(client, repositories, read)),
  ]);
  const schedules = await readSchedules(client, files, leaver);
  const tokens = await tokenFindings(client, variables.texts, files.texts, leaver, now());
  const parts: Scanned[] = [variables, runners, files, schedules, tokens];
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

interface LocatedToken {
  readonly found: FoundToken;
  readonly at: { readonly variable: VariableScope; readonly name: string } | { readonly file: WorkflowText };
}

/** Whose a token is can be proved for GitHub's own by single sign-on, which is asked only where there is one. */
async function tokenFindings(
  client: GitHubOrganisation,
  variables: readonly VariableText[],
  files: readonly WorkflowText[],
  leaver: Leaver,
  now: Date,
): Promise<Scanned> {
  const located: LocatedToken[] = [
    ...variables.flatMap(({ scope, name, value }) =>
      tokensIn(value).map((found) => ({ found, at: { variable: scope, name } })),
    ),
    ...files.flatMap((file) => tokensIn(file.text).map((found) => ({ found, at: { file } }))),
  ];
  const provable = provableBySignOn(located.map(({ found }) => found));
  const known = provable ? await leaversSsoCredentials(client, leaver.github) : { items: [] };
  const findings = located.map(({ found, at }): Finding => {
    const ownership = whoseToken(found, leaver, known.items);
    const token = { hit: found.hit, ownership, leaver, now, apiEndpoint: client.apiEndpoint };
    if ('variable' in at) return tokenInVariable(token, at.variable, at.name);
    const { repository, path } = at.file;
    return tokenInWorkflow(token, {
      organisation: client.name,
      repository: repository.name,
      path,
    });
  });
  // What is missing here is told by the source itself, in the scan of the organisation.
  return { findings, coverage: [], failures: known.failure === undefined ? [] : [known.failure] };
}
