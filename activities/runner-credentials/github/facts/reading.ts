import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { RepositoryHead } from '../../../../src/connectors/github/repositories/repository-contents.ts';
import { findTokens } from '../../../../src/credentials/detector/detect-tokens.ts';
import { type TokenFact, tokenFact } from '../../../../src/credentials/token-fact.ts';
import type { OwnersOf } from '../../judge-located.ts';
import { type CiTexts, readCiFiles } from '../repositories/read-ci-files.ts';
import { readWorkflowTexts, type WorkflowTexts } from '../repositories/read-workflow-texts.ts';
import type { BatchedRepository } from '../repositories/repository-batch.ts';

/** One reading of some repositories: what several sources need is read once. Texts stay in memory, and go with it. */
export interface Reading {
  readonly client: GitHubOrganisation;
  readonly repositories: readonly BatchedRepository[];
  /** ISO instant from which it counts. */
  readonly at: string;
  /** The environments of each repository, and its commit, by node id. */
  readonly contents: () => Promise<ReadonlyMap<string, EnvironmentsRead>>;
  readonly heads: () => Promise<ReadonlyMap<string, Pick<RepositoryHead, 'head'>>>;
  readonly workflowTexts: () => Promise<WorkflowTexts>;
  readonly ciTexts: () => Promise<CiTexts>;
  /** The tokens that stand in a text, without their values; `name` is that of the variable whose value it is. */
  readonly tokensIn: (text: string, name?: string) => Promise<readonly TokenFact[]>;
}

export type EnvironmentsRead = Pick<RepositoryHead, 'environments' | 'unlisted'>;

/** Begins a reading. `ownersOf` is asked where a token may stand in the lists of single sign-on. */
export function readingOf(
  client: GitHubOrganisation,
  repositories: readonly BatchedRepository[],
  ownersOf: OwnersOf,
  at: Date,
): Reading {
  const contents = once(() => client.readRepositoryContents(repositories.map(({ nodeId }) => nodeId)));
  const workflowTexts = once(async () => readWorkflowTexts(client, repositories, await contents()));
  return {
    client,
    repositories,
    at: at.toISOString(),
    contents,
    heads: contents,
    workflowTexts,
    ciTexts: once(async () => readCiFiles(client, repositories, await contents(), (await workflowTexts()).texts)),
    tokensIn: (text, name) => tokenFacts(ownersOf, text, name),
  };
}

/** A reading of repositories whose files are as they were: it has heads and environments, and no text. */
export function readingWithoutFiles(
  whole: Pick<Reading, 'client' | 'at' | 'tokensIn'>,
  repositories: readonly BatchedRepository[],
  heads: ReadonlyMap<string, RepositoryHead>,
): Reading {
  const noTexts = () => Promise.reject(new Error('a reading without files has no texts'));
  const known = () => Promise.resolve(heads);
  return { ...whole, repositories, contents: known, heads: known, workflowTexts: noTexts, ciTexts: noTexts };
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
