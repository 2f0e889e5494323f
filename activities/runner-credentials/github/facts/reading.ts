import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { RepositoryContents } from '../../../../src/connectors/github/repository-contents.ts';
import { findTokens } from '../../../../src/credentials/detector/detect-tokens.ts';
import { type TokenFact, tokenFact } from '../../../../src/credentials/token-fact.ts';
import type { OwnersOf } from '../../judge-located.ts';
import { type CiTexts, readCiFiles } from '../read-ci-files.ts';
import { readWorkflowTexts, type WorkflowTexts } from '../read-workflow-texts.ts';
import type { BatchedRepository } from '../repository-batch.ts';

/** One reading of some repositories: what several sources need is read once. Texts stay in memory, and go with it. */
export interface Reading {
  readonly client: GitHubOrganisation;
  readonly repositories: readonly BatchedRepository[];
  readonly contents: () => Promise<ReadonlyMap<string, RepositoryContents>>;
  readonly workflowTexts: () => Promise<WorkflowTexts>;
  readonly ciTexts: () => Promise<CiTexts>;
  /** The tokens that stand in a text, without their values; `name` is that of the variable whose value it is. */
  readonly tokensIn: (text: string, name?: string) => Promise<readonly TokenFact[]>;
}

/** Begins a reading. `ownersOf` is asked where a token may stand in the lists of single sign-on. */
export function readingOf(
  client: GitHubOrganisation,
  repositories: readonly BatchedRepository[],
  ownersOf: OwnersOf,
): Reading {
  const contents = once(() => client.readRepositoryContents(repositories.map(({ nodeId }) => nodeId)));
  const workflowTexts = once(async () => readWorkflowTexts(client, repositories, await contents()));
  return {
    client,
    repositories,
    contents,
    workflowTexts,
    ciTexts: once(async () => readCiFiles(client, repositories, await contents(), (await workflowTexts()).texts)),
    tokensIn: (text, name) => tokenFacts(ownersOf, text, name),
  };
}

/** What is kept of the tokens in a text. */
export async function tokenFacts(ownersOf: OwnersOf, text: string, name?: string): Promise<readonly TokenFact[]> {
  const found = findTokens(text, name);
  if (found.length === 0) return [];
  const { known } = await ownersOf(found);
  return found.map((token) => tokenFact(token, known.credentials));
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}
