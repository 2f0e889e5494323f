import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { RepositoryContents } from '../../../src/connectors/github/repository-contents.ts';
import type { VariableScope } from '../../../src/connectors/github/variables.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { BatchedRepository } from './repository-batch.ts';
import { isFailure, type Scanned } from './scanned.ts';

/** A variable with its value, which stays in memory. */
export interface VariableText {
  readonly scope: VariableScope;
  readonly name: string;
  readonly value: string;
}

interface ReadScopes {
  readonly texts: readonly VariableText[];
  readonly read: number;
  readonly failures: readonly VendorFailure[];
}

/** The variables of every repository, and of every environment that GraphQL names. */
export async function readVariables(
  client: GitHubOrganisation,
  repositories: readonly BatchedRepository[],
  contents: Promise<ReadonlyMap<string, RepositoryContents>>,
): Promise<Scanned & { readonly texts: readonly VariableText[] }> {
  const { name: organisation } = client;
  const [own, inEnvironments] = await Promise.all([
    readScopes(
      client,
      repositories.map(({ name }) => ({ type: 'repository', organisation, repository: name })),
    ),
    contents.then((read) => readEnvironments(client, repositories, read)),
  ]);
  return {
    texts: [...own.texts, ...inEnvironments.texts],
    findings: [],
    failures: [...own.failures, ...inEnvironments.failures],
    coverage: [
      coverageOf(
        `github/repository-variables:${organisation}`,
        { asked: repositories.length, count: own.read, unit: 'repositories' },
        own.failures,
      ),
      coverageOf(
        `github/environment-variables:${organisation}`,
        { count: inEnvironments.read, unit: 'environments' },
        inEnvironments.failures,
      ),
    ],
  };
}

async function readEnvironments(
  client: GitHubOrganisation,
  repositories: readonly BatchedRepository[],
  contents: ReadonlyMap<string, RepositoryContents>,
): Promise<ReadScopes> {
  const { name: organisation } = client;
  const unread: VendorFailure[] = [];
  const scopes: VariableScope[] = [];
  for (const { nodeId, name: repository } of repositories) {
    const read = contents.get(nodeId);
    const environments = read?.environments ?? [];
    if (read?.unlisted?.environments !== undefined) unread.push(read.unlisted.environments);
    if (isFailure(environments)) {
      unread.push(environments);
      continue;
    }
    for (const environment of environments) scopes.push({ type: 'environment', organisation, repository, environment });
  }
  const read = await readScopes(client, scopes);
  return { ...read, failures: [...unread, ...read.failures] };
}

async function readScopes(client: GitHubOrganisation, scopes: readonly VariableScope[]): Promise<ReadScopes> {
  const lists = await Promise.all(
    scopes.map(async (scope) => {
      const { items, failure } = await client.listVariables(scope);
      return { texts: items.map(({ name, value }) => ({ scope, name, value })), failure };
    }),
  );
  const failures = lists.flatMap(({ failure }) => failure ?? []);
  return { texts: lists.flatMap(({ texts }) => texts), read: scopes.length - failures.length, failures };
}
