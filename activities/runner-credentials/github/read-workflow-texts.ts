import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { RepositoryContents, WorkflowFile } from '../../../src/connectors/github/repository-contents.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import {
  readWorkflowTriggers,
  type WorkflowTriggers,
} from '../../../src/steps/runner-credentials/rules/github/read-workflow.ts';
import type { BatchedRepository } from './repository-batch.ts';
import { isFailure, type Scanned } from './scanned.ts';

/** A workflow file with its text, which stays in memory. */
export interface WorkflowText {
  readonly repository: BatchedRepository;
  /** From the root: `.github/workflows/nightly.yml`. */
  readonly path: string;
  readonly text: string;
  readonly triggers: WorkflowTriggers;
}

export interface WorkflowTexts extends Scanned {
  readonly texts: readonly WorkflowText[];
  readonly unread: readonly UnreadRepository[];
}

/** A repository of which not every file could be read, and why: any of them may have a schedule. */
export interface UnreadRepository {
  readonly repository: BatchedRepository;
  readonly failure: VendorFailure;
}

/** The texts of all workflow files; what GraphQL cut short is fetched whole. */
export async function readWorkflowTexts(
  client: GitHubOrganisation,
  repositories: readonly BatchedRepository[],
  contents: ReadonlyMap<string, RepositoryContents>,
): Promise<WorkflowTexts> {
  const read = await Promise.all(
    repositories.map(async (repository) => {
      const read = contents.get(repository.nodeId);
      const files = read?.workflows ?? [];
      const unlisted = read?.unlisted?.workflows === undefined ? [] : [read.unlisted.workflows];
      if (isFailure(files)) return { repository, texts: [], failures: [files] };
      const texts = await Promise.all(files.map((file) => textOf(client, repository, file)));
      return {
        repository,
        texts: texts.flatMap((text) => (isFailure(text) ? [] : text)),
        failures: [...texts.filter((text) => isFailure(text)), ...unlisted],
      };
    }),
  );
  const failures = read.flatMap((each) => each.failures);
  const looked = read.filter((each) => each.failures.length === 0).length;
  const source = `github/workflow-files:${client.name}`;
  return {
    texts: read.flatMap(({ texts }) => texts),
    unread: read.flatMap(({ repository, failures: [failure] }) =>
      failure === undefined ? [] : [{ repository, failure }],
    ),
    findings: [],
    failures,
    coverage: [coverageOf(source, { asked: read.length, count: looked, unit: 'repositories' }, failures)],
  };
}

async function textOf(
  client: GitHubOrganisation,
  repository: BatchedRepository,
  file: WorkflowFile,
): Promise<WorkflowText | VendorFailure> {
  const path = `.github/workflows/${file.name}`;
  const text = file.text ?? (await wholeText(client, repository, file));
  return typeof text === 'string' ? { repository, path, text, triggers: readWorkflowTriggers(text) } : text;
}

async function wholeText(
  client: GitHubOrganisation,
  { name: repository }: BatchedRepository,
  { oid }: WorkflowFile,
): Promise<string | VendorFailure> {
  const blob = await client.readBlob({ organisation: client.name, repository }, oid);
  return blob.ok ? blob.value : blob.failure;
}
