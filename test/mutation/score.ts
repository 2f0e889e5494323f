/** What became of the mutants of a file. */
export interface Count {
  readonly killed: number;
  readonly survived: number;
  /** They change nothing that anybody could see (equivalents.ts). */
  readonly equivalent: number;
}

/** How many in a hundred of those that a test could notice were noticed. */
export function shareOf(counts: readonly Count[]): number {
  const killed = sumOf(counts, 'killed');
  const all = killed + sumOf(counts, 'survived');
  return all === 0 ? 100 : (100 * killed) / all;
}

/** A line for each folder, and one for all. */
export function scoreLines(counts: ReadonlyMap<string, Count>): readonly string[] {
  const folders = Map.groupBy(counts, ([file]) => folderOf(file));
  const lines = [...folders].map(([folder, files]) =>
    lineOf(
      folder,
      files.map(([, count]) => count),
    ),
  );
  return [...lines.sort(), lineOf('all', [...counts.values()])];
}

function lineOf(name: string, counts: readonly Count[]): string {
  const killed = sumOf(counts, 'killed');
  const all = killed + sumOf(counts, 'survived');
  return `${name.padEnd(34)} ${shareOf(counts).toFixed(1).padStart(5)} %  ${killed} of ${all}, ${sumOf(counts, 'equivalent')} equivalent`;
}

/** `src/cases`, and a step by itself. */
function folderOf(file: string): string {
  const parts = file.split('/').slice(0, -1);
  return parts.slice(0, parts[1] === 'steps' || parts[2] === 'rules' ? 3 : 2).join('/');
}

const sumOf = (counts: readonly Count[], key: keyof Count): number =>
  counts.reduce((sum, count) => sum + count[key], 0);
