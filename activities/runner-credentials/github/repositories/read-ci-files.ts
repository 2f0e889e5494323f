import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { RepositoryContents } from '../../../../src/connectors/github/repositories/repository-node.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { namedFiles } from '../../../../src/steps/runner-credentials/rules/named-files.ts';
import { isFailure } from '../scanned.ts';
import type { UnreadFile } from './read-workflow-texts.ts';
import type { BatchedRepository } from './repository-batch.ts';

/** A file that CI reads besides the workflows, with its text, which stays in memory. */
export interface CiText {
  readonly repository: BatchedRepository;
  /** From the root: `.github/actions/build/action.yml`. */
  readonly path: string;
  readonly text: string;
}

export interface CiTexts {
  readonly texts: readonly CiText[];
  readonly failures: readonly UnreadFile[];
}

/**
 * Actions of a repository's own, compose files and what other CI systems read, on the default branch. Their names come
 * with the workflows, in the same query; only texts of files that there are cost a query, one for fifty. What workflows
 * and these files name by a path (`uses: ./deploy`) is read too, wherever it lies, and what that names in turn.
 */
export async function readCiFiles(
  client: GitHubOrganisation,
  repositories: readonly BatchedRepository[],
  contents: ReadonlyMap<string, RepositoryContents>,
  workflows: readonly CiText[],
): Promise<CiTexts> {
  const failures: UnreadFile[] = [];
  const listed = repositories.flatMap((repository) => {
    const files = contents.get(repository.nodeId)?.ciFiles ?? [];
    if (!isFailure(files)) return files.map((file) => ({ repository, file }));
    failures.push({ repository, failure: files });
    return [];
  });
  const read = await client.readFileTexts(listed.map(({ repository, file }) => ({ ...repository, oid: file.oid })));
  const texts = await Promise.all(
    listed.map(async ({ repository, file }, index): Promise<CiText[]> => {
      const given = read[index];
      const text = given === undefined ? await wholeText(client, repository, file.oid) : given;
      if (typeof text === 'string') return [{ repository, path: file.name, text }];
      failures.push({ repository, failure: text });
      return [];
    }),
  );
  const own = texts.flat();
  const followed = await readNamed(client, [...workflows, ...own]);
  return { texts: [...own, ...followed.texts], failures: [...failures, ...followed.failures] };
}

/** GitHub lets composite actions and reusable workflows nest ten deep (docs.github.com/actions, limits). */
const DEPTH = 10;
/** So many paths are followed of one repository; more are told. */
const PATHS = 500;

/** The files that others name by their paths, level by level, each once. What is not there was fetched or built. */
async function readNamed(client: GitHubOrganisation, from: readonly CiText[]): Promise<CiTexts> {
  const seen = new Set(from.map(({ repository, path }) => `${repository.name} ${path}`));
  const counts = new Map<string, number>();
  const texts: CiText[] = [];
  const failures: UnreadFile[] = [];
  const fail = (repository: BatchedRepository, failure: VendorFailure): CiText[] => {
    failures.push({ repository, failure });
    return [];
  };
  let level = from;
  for (let depth = 0; level.length > 0; depth += 1) {
    const wanted: { readonly repository: BatchedRepository; readonly path: string }[] = [];
    for (const { repository, path: by, text } of level) {
      for (const path of namedFiles(by, text)) {
        const key = `${repository.name} ${path}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const count = (counts.get(repository.name) ?? 0) + 1;
        counts.set(repository.name, count);
        if (depth < DEPTH && count <= PATHS) wanted.push({ repository, path });
        else if (count === PATHS + 1 || depth === DEPTH) fail(repository, tooMany(client, repository));
      }
    }
    const read = await client.readFilesAt(wanted.map(({ repository, path }) => ({ nodeId: repository.nodeId, path })));
    const found = await Promise.all(
      wanted.map(async ({ repository, path }, at): Promise<CiText[]> => {
        const file = read[at];
        if (file === undefined) return [];
        if (isFailure(file)) return fail(repository, file);
        const text = file.text ?? (await wholeText(client, repository, file.oid));
        return typeof text === 'string' ? [{ repository, path, text }] : fail(repository, text);
      }),
    );
    level = found.flat();
    texts.push(...level);
  }
  return { texts, failures };
}

function tooMany({ name: organisation }: GitHubOrganisation, { name }: BatchedRepository): VendorFailure {
  const message = `Files of CI in ${organisation}/${name} name more files of the repository than are read (${PATHS}, ${DEPTH} deep).`;
  return { kind: 'incomplete', status: 200, message };
}

async function wholeText(
  client: GitHubOrganisation,
  { name: repository }: BatchedRepository,
  oid: string,
): Promise<string | VendorFailure> {
  const blob = await client.readBlob({ organisation: client.name, repository }, oid);
  return blob.ok ? blob.value : blob.failure;
}
