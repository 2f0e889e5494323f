import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { RepositoryContents } from '../../../src/connectors/github/repository-contents.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { BatchedRepository } from './repository-batch.ts';
import { isFailure, type Scanned } from './scanned.ts';

/** A file that CI reads besides the workflows, with its text, which stays in memory. */
export interface CiText {
  readonly repository: BatchedRepository;
  /** From the root: `.github/actions/build/action.yml`. */
  readonly path: string;
  readonly text: string;
}

export interface CiTexts extends Scanned {
  readonly texts: readonly CiText[];
}

/**
 * Actions of a repository's own, compose files and what other CI systems read, on the default branch. Their names come
 * with the workflows, in the same query; only texts of files that there are cost a query, one for fifty.
 */
export async function readCiFiles(
  client: GitHubOrganisation,
  repositories: readonly BatchedRepository[],
  contents: ReadonlyMap<string, RepositoryContents>,
): Promise<CiTexts> {
  const failures: VendorFailure[] = [];
  const listed = repositories.flatMap((repository) => {
    const files = contents.get(repository.nodeId)?.ciFiles ?? [];
    if (!isFailure(files)) return files.map((file) => ({ repository, file }));
    failures.push(files);
    return [];
  });
  const unlisted = failures.length;
  const read = await client.readFileTexts(listed.map(({ repository, file }) => ({ ...repository, oid: file.oid })));
  const unread = new Set<string>();
  const texts = await Promise.all(
    listed.map(async ({ repository, file }, index): Promise<CiText[]> => {
      const given = read[index];
      const text = given === undefined ? await wholeText(client, repository, file.oid) : given;
      if (typeof text === 'string') return [{ repository, path: file.name, text }];
      failures.push(text);
      unread.add(repository.name);
      return [];
    }),
  );
  const looked = {
    asked: repositories.length,
    count: repositories.length - unlisted - unread.size,
    unit: 'repositories',
  };
  return {
    texts: texts.flat(),
    findings: [],
    failures,
    coverage: [coverageOf(`github/ci-files:${client.name}`, looked, failures)],
  };
}

async function wholeText(
  client: GitHubOrganisation,
  { name: repository }: BatchedRepository,
  oid: string,
): Promise<string | VendorFailure> {
  const blob = await client.readBlob({ organisation: client.name, repository }, oid);
  return blob.ok ? blob.value : blob.failure;
}
