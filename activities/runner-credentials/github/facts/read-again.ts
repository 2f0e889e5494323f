import { isUndecided } from '../../../../src/credentials/token-fact.ts';
import type { OwnersOf } from '../../judge-located.ts';
import { type Reading, readingOf, readingWithoutFiles } from './reading.ts';
import type { FactsBefore, RepositoryFacts, RepositorySource } from './repository-source.ts';
import { factsOf, REPOSITORY_SOURCES, readRepositoryFacts } from './repository-sources.ts';

/**
 * What is known of repositories today, with as little as possible read anew: files where the commit of the default
 * branch is another one, lists where their ETag is. Nothing is taken over from what could not be read, nor a token that
 * a credential listed since may be. The result is what a whole reading would give.
 */
export async function readAgain(
  whole: Reading,
  before: FactsBefore,
  ownersOf: OwnersOf,
  untouched: Untouched = () => false,
): Promise<RepositoryFacts[]> {
  const { client, repositories } = whole;
  const tokens = repositories.flatMap((repository) => {
    const facts = before(repository);
    return facts === undefined ? [] : REPOSITORY_SOURCES.flatMap((source) => source.tokensOf(facts));
  });
  const { known } = await ownersOf(tokens);
  const usable: FactsBefore = (repository) => {
    const facts = before(repository);
    const renamed = facts?.repository.name !== repository.name || facts.repository.archived !== repository.archived;
    if (facts === undefined || renamed) return undefined;
    const undecided = REPOSITORY_SOURCES.some((source) =>
      source.tokensOf(facts).some((token) => isUndecided(token, known.credentials)),
    );
    return undecided ? undefined : facts;
  };
  const heads = await client.readRepositoryHeads(
    repositories.filter((repository) => usable(repository) !== undefined).map(({ nodeId }) => nodeId),
  );
  const still = new Map<string, RepositoryFacts>();
  for (const repository of repositories) {
    const facts = usable(repository);
    const head = heads.get(repository.nodeId)?.head;
    if (facts !== undefined && head !== undefined && facts.head === head && isWhole(facts)) {
      still.set(repository.nodeId, facts);
    }
  }
  const isStill = ({ nodeId }: { readonly nodeId: string }): boolean => still.has(nodeId);
  const kept = [...still.values()].filter((facts) => isReadWhole(facts) && untouched(facts.repository));
  for (const { repository } of kept) still.delete(repository.nodeId);
  const unmoved = readingWithoutFiles(whole, repositories.filter(isStill), heads);
  const again = [...kept, ...(await readUnmoved(unmoved, still))];
  const alreadyKnown = new Map(again.map((facts) => [facts.repository.nodeId, facts]));
  const rest = repositories.filter(({ nodeId }) => !alreadyKnown.has(nodeId));
  const anew = await readRepositoryFacts(readingOf(client, rest, ownersOf, new Date(whole.at)), usable);
  const read = new Map([...again, ...anew].map((facts) => [facts.repository.nodeId, facts]));
  return repositories.flatMap(({ nodeId }) => read.get(nodeId) ?? []);
}

/** Whether a log that names every change of a list names none of this repository since: then it is not asked at all. */
export type Untouched = (repository: RepositoryFacts['repository']) => boolean;

function isReadWhole({ sources }: RepositoryFacts): boolean {
  return REPOSITORY_SOURCES.every(({ what }) => sources[what]?.failures.length === 0);
}

/** Whether everything that rests on files was read. */
function isWhole({ sources }: RepositoryFacts): boolean {
  return REPOSITORY_SOURCES.filter(({ onlyFiles }) => onlyFiles).every(
    ({ what }) => sources[what]?.failures.length === 0,
  );
}

/** Repositories whose files are as they were; those of which that is not enough to tell all are missing. */
async function readUnmoved(reading: Reading, still: ReadonlyMap<string, RepositoryFacts>): Promise<RepositoryFacts[]> {
  const before: FactsBefore = ({ nodeId }) => still.get(nodeId);
  const read = await Promise.all(
    REPOSITORY_SOURCES.map(async (source) => ({ source, rows: await rowsOf(source, reading, before) })),
  );
  return reading.repositories.flatMap((repository, at) => {
    const facts = still.get(repository.nodeId);
    const rows = read.flatMap(({ source: { what }, rows: all }) => {
      const row = all[at];
      return row === undefined ? [] : [[what, { ...row, readAt: reading.at }] as const];
    });
    return facts === undefined || rows.length < REPOSITORY_SOURCES.length
      ? []
      : [factsOf(repository, facts.head, rows)];
  });
}

function rowsOf(source: RepositorySource, reading: Reading, before: FactsBefore) {
  const { repositories } = reading;
  const { what, again } = source;
  if (source.onlyFiles) return Promise.resolve(repositories.map((repository) => keptRow(before(repository), what)));
  if (again === undefined) return source.read(reading, before);
  return Promise.all(
    repositories.map(async (repository) => {
      const facts = before(repository);
      return facts && (await again(reading, repository, facts));
    }),
  );
}

function keptRow(facts: RepositoryFacts | undefined, what: string) {
  const row = facts?.sources[what];
  if (row === undefined) return undefined;
  const { readAt: _, ...kept } = row;
  return kept;
}
