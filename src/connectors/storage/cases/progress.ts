import { type Counted, CountedSchema, type CountedSoFar } from '../../../cases/progress.ts';
import type { StorageSettings } from '../../settings.ts';
import { containerOf, getText, putJson } from '../evidence/evidence.ts';
import { listWritten } from '../evidence/list-evidence.ts';

// A piece that is done is the name of an empty document: whoever does it again writes the same, several instances write
// at once, and how many there are is one list. It is written anew each time, because a case that is read again counts
// anew: when it was written says in which reading it was done. Lifecycle management removes them with everything else in
// `work`.

/** What one run can count; more is not told. */
const MOST_NAMES = 20_000;

const EMPTY = '{}';

const folderOf = (run: string): string => `progress/${run}`;

/** Tells that a source is read, and how many pieces of it there are once that is known: the latest stands. */
export async function beginCounting(settings: StorageSettings, run: string, counted: Counted): Promise<void> {
  await putJson(settings, 'work', `${folderOf(run)}/${encodeURIComponent(counted.source)}/of`, counted);
}

/** Tells that a piece of a source, which counts for `pieces`, is done; of what is told of a piece the most stands. */
export async function countDone(
  settings: StorageSettings,
  run: string,
  source: string,
  piece: string,
  pieces = 1,
): Promise<void> {
  const name = `${folderOf(run)}/${encodeURIComponent(source)}/done/${encodeURIComponent(piece)}/${pieces}`;
  await containerOf(settings, 'work').getBlockBlobClient(name).upload(EMPTY, EMPTY.length);
}

/**
 * What a run counts, source by source in the order of their names; nothing where it has not begun to. Where it reads again,
 * `since` is when the reading before had ended: what was counted until then does not count.
 */
export async function readProgress(settings: StorageSettings, run: string, since?: Date): Promise<CountedSoFar[]> {
  const folder = `${folderOf(run)}/`;
  const written = await listWritten(settings, 'work', folder, MOST_NAMES);
  const names = written.flatMap(({ name, at }) => (since === undefined || at > since ? [name] : []));
  const bySource = Map.groupBy(names, (name) => name.slice(folder.length).split('/', 1)[0] ?? '');
  const read = [...bySource.values()].map(async (of): Promise<CountedSoFar[]> => {
    const latest = await latestOf(settings, of);
    if (latest === undefined) return [];
    const done = [...doneIn(of).values()].reduce((sum, pieces) => sum + pieces, 0);
    // A later attempt may have found fewer.
    return [{ ...latest, done: Math.min(done, latest.of ?? 0) }];
  });
  return (await Promise.all(read)).flat();
}

function doneIn(names: readonly string[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const name of names) {
    const [, piece, pieces] = /\/done\/([^/]+)\/(\d+)$/.exec(name) ?? [];
    if (piece !== undefined) most.set(piece, Math.max(most.get(piece) ?? 0, Number(pieces)));
  }
  return most;
}

async function latestOf(settings: StorageSettings, names: readonly string[]): Promise<Counted | undefined> {
  const told = names.filter((name) => /\/of\/[^/]+\.json$/.test(name));
  const all = await Promise.all(told.map((name) => getText(settings, 'work', name)));
  return all
    .flatMap((text) => CountedSchema.safeParse(JSON.parse(text ?? 'null')).data ?? [])
    .toSorted(
      (one, other) =>
        Date.parse(other.at) - Date.parse(one.at) || Number(one.of === undefined) - Number(other.of === undefined),
    )[0];
}
