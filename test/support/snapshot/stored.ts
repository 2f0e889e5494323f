import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = join(resolve(import.meta.dirname, '../..'), 'snapshot');
/** What a failing comparison shows; the rest is in `git diff` after the snapshot was written. */
const MOST_LINES = 60;

/** Accepts the text as what is there from now on. */
export function store(name: string, text: string): void {
  writeFileSync(join(FOLDER, name), text);
}

/** Every file of the snapshot. */
export function storedNames(): string[] {
  return readdirSync(FOLDER).sort();
}

/** How the text differs from what is stored: `undefined` where it is equal byte by byte. */
export function differenceFromStored(name: string, text: string): string | undefined {
  const file = join(FOLDER, name);
  const stored = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (stored === text) return undefined;
  const lines = changedLines(stored.split('\n'), text.split('\n'));
  const more = lines.length > MOST_LINES ? [`… and ${lines.length - MOST_LINES} lines more`] : [];
  return [
    `test/snapshot/${name} is not what the code gives now:`,
    ...lines.slice(0, MOST_LINES),
    ...more,
    'A commit that only moves or renames code must not change it. If the change is meant, accept it and say why in the',
    'commit: npm run write:snapshot && git diff test/snapshot',
  ].join('\n');
}

/** Lines that are gone and lines that are new, each run of them under the keys that lead to it. */
function changedLines(before: readonly string[], after: readonly string[]): string[] {
  const shown: string[] = [];
  let left = 0;
  let right = 0;
  while (left < before.length || right < after.length) {
    if (before[left] === after[right]) {
      left += 1;
      right += 1;
      continue;
    }
    const [gone, added] = nextCommon(before, after, left, right);
    shown.push(`@@ ${keysAbove(after, right)}`);
    shown.push(...before.slice(left, gone).map((line) => `- ${line}`));
    shown.push(...after.slice(right, added).map((line) => `+ ${line}`));
    left = gone;
    right = added;
  }
  return shown;
}

/** The nearest place from which two lines in a row agree again. */
function nextCommon(
  before: readonly string[],
  after: readonly string[],
  left: number,
  right: number,
): readonly [number, number] {
  const furthest = Math.max(before.length - left, after.length - right);
  for (let distance = 1; distance <= 2 * furthest; distance += 1) {
    for (let skipped = 0; skipped <= distance; skipped += 1) {
      const [gone, added] = [left + skipped, right + distance - skipped];
      if (gone > before.length || added > after.length) continue;
      if (before[gone] === after[added] && before[gone + 1] === after[added + 1]) return [gone, added];
    }
  }
  return [before.length, after.length];
}

function keysAbove(lines: readonly string[], index: number): string {
  const keys: string[] = [];
  let indent = lines[index]?.search(/\S|$/) ?? 0;
  for (let at = index - 1; at >= 0 && indent > 0; at -= 1) {
    const line = lines[at] ?? '';
    const own = line.search(/\S/);
    if (own < 0 || own >= indent) continue;
    indent = own;
    keys.unshift(line.trim());
  }
  return keys.join(' ');
}
