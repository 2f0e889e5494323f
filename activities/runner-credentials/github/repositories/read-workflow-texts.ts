import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { WorkflowFile } from '../../../../src/connectors/github/repositories/ci-files.ts';
import type { RepositoryContents } from '../../../../src/connectors/github/repositories/repository-node.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import {
  readWorkflowTriggers,
  type WorkflowTriggers,
} from '../../../../src/steps/runner-credentials/rules/github/workflows/read-workflow.ts';
import { isFailure } from '../scanned.ts';
import type { BatchedRepository } from './repository-batch.ts';

/** A workflow file with its text, which stays in memory. */
export interface WorkflowText {
  readonly repository: BatchedRepository;
  /** From the root: `.github/workflows/nightly.yml`. */
  readonly path: string;
  readonly text: string;
  readonly triggers: WorkflowTriggers;
}

export interface WorkflowTexts {
  readonly texts: readonly WorkflowText[];
  readonly failures: readonly UnreadFile[];
}

/** A repository of which a file, or all, could not be read, and why: any of them may have a schedule. */
export interface UnreadFile {
  readonly repository: BatchedRepository;
  readonly failure: VendorFailure;
}

/** The texts of all workflow files; what GraphQL cut short is fetched whole. */
export async function readWorkflowTexts(
  client: Pick<GitHubOrganisation, 'name' | 'readBlob'>,
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
  return {
    texts: read.flatMap(({ texts }) => texts),
    failures: read.flatMap(({ repository, failures }) => failures.map((failure) => ({ repository, failure }))),
  };
}

async function textOf(
  client: Pick<GitHubOrganisation, 'name' | 'readBlob'>,
  repository: BatchedRepository,
  file: WorkflowFile,
): Promise<WorkflowText | VendorFailure> {
  const path = `.github/workflows/${file.name}`;
  const text = file.text ?? (await wholeText(client, repository, file));
  return typeof text === 'string' ? { repository, path, text, triggers: readWorkflowTriggers(text) } : text;
}

async function wholeText(
  client: Pick<GitHubOrganisation, 'name' | 'readBlob'>,
  { name: repository }: BatchedRepository,
  { oid }: WorkflowFile,
): Promise<string | VendorFailure> {
  const blob = await client.readBlob({ organisation: client.name, repository }, oid);
  return blob.ok ? blob.value : blob.failure;
}
