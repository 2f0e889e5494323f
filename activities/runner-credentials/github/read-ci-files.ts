import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { RepositoryContents } from '../../../src/connectors/github/repository-contents.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import { namedFiles } from '../../../src/steps/runner-credentials/rules/named-files.ts';
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
 * with the workflows, in the same query; only texts of files that there are cost a query, one for fifty. What workflows
 * and these files name by a path (`uses: ./deploy`) is read too, wherever it lies, and what that names in turn.
 */
export async function readCiFiles(
  client: GitHubOrganisation,
  repositories: readonly BatchedRepository[],
  contents: ReadonlyMap<string, RepositoryContents>,
  workflows: readonly CiText[],
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
  const own = texts.flat();
  const followed = await readNamed(client, [...workflows, ...own]);
  failures.push(...followed.failures);
  for (const name of followed.unread) unread.add(name);
  const looked = {
    asked: repositories.length,
    count: repositories.length - unlisted - unread.size,
    unit: 'repositories',
  };
  return {
    texts: [...own, ...followed.texts],
    findings: [],
    failures,
    coverage: [coverageOf(`github/ci-files:${client.name}`, looked, failures)],
  };
}

/** GitHub lets composite actions and reusable workflows nest ten deep (docs.github.com/actions, limits). */
const DEPTH = 10;
/** So many paths are followed of one repository; more are told. */
const PATHS = 500;

interface Followed {
  readonly texts: readonly CiText[];
  readonly failures: readonly VendorFailure[];
  /** Repositories of which a file that was named could not be read. */
  readonly unread: readonly string[];
}

/** The files that others name by their paths, level by level, each once. What is not there was fetched or built. */
async function readNamed(client: GitHubOrganisation, from: readonly CiText[]): Promise<Followed> {
  const seen = new Set(from.map(({ repository, path }) => `${repository.name} ${path}`));
  const counts = new Map<string, number>();
  const texts: CiText[] = [];
  const failures: VendorFailure[] = [];
  const unread: string[] = [];
  const fail = (repository: BatchedRepository, failure: VendorFailure): CiText[] => {
    failures.push(failure);
    unread.push(repository.name);
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
  return { texts, failures, unread };
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
