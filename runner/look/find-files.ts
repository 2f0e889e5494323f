import type { PlatformPath } from 'node:path';
import type { Root } from './bases.ts';
import type { Disk } from './disk.ts';
import { type Os, PLACES, type Place } from './places.ts';

/** A file that may be there, or a folder whose names are refused. */
export interface Candidate {
  readonly file: string;
  readonly of: Place;
  /** Of which root it is; what a tool says of its account holds within one. */
  readonly root: number;
  /** It was met in a folder, so that a folder there is none of these files. */
  readonly listed: boolean;
  readonly refused?: true;
}

export interface Where {
  readonly os: Os;
  readonly roots: readonly Root[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly path: PlatformPath;
}

type Met = Omit<Candidate, 'root'>;

/** Names of one folder that are looked at. */
const MOST_NAMES = 200;

/**
 * Every file of the table that may be there, once each, root by root in the order of the table. Where two roots are the
 * same folder by another name, the first one counts. Nothing is opened but folders.
 */
export function* findFiles(where: Where, disk: Disk, places: readonly Place[] = PLACES): Generator<Candidate> {
  const seen = new Set<string>();
  const searched = new Set<string>();
  const real = new Map<string, string>();
  const realOf = (folder: string): string => {
    const known = real.get(folder) ?? disk.real(folder);
    real.set(folder, known);
    return known;
  };
  for (const [root, { folders, named }] of where.roots.entries()) {
    for (const [at, of] of places.entries()) {
      if (of.os?.includes(where.os) === false) continue;
      const folder = of.at === 'named-by' ? undefined : folders[of.at];
      if (folder !== undefined) {
        const search = `${at} ${realOf(folder)}`;
        if (searched.has(search)) continue;
        searched.add(search);
      }
      for (const met of filesOf(of, folder, named, where.path, disk)) {
        if (seen.has(met.file)) continue;
        seen.add(met.file);
        yield { ...met, root };
      }
    }
  }
}

function* filesOf(
  of: Place,
  folder: string | undefined,
  named: Root['named'],
  path: PlatformPath,
  disk: Disk,
): Generator<Met> {
  if (of.at === 'named-by') {
    for (const file of (named[of.path] ?? '').split(path.delimiter)) {
      if (path.isAbsolute(file)) yield { file, of, listed: false };
    }
    return;
  }
  if (folder !== undefined) yield* matching(folder, of.path.split('/'), of, path, disk);
}

function* matching(
  folder: string,
  parts: readonly string[],
  of: Place,
  path: PlatformPath,
  disk: Disk,
): Generator<Met> {
  const [part = '', ...rest] = parts;
  if (!part.includes('*')) {
    const next = path.join(folder, part);
    if (rest.length === 0) yield { file: next, of, listed: false };
    else yield* matching(next, rest, of, path, disk);
    return;
  }
  const names = disk.list(folder, MOST_NAMES);
  if (names === 'unreadable') yield { file: folder, of, listed: false, refused: true };
  if (typeof names === 'string') return;
  const fits = fitsPattern(part);
  for (const { name, isFolder } of names) {
    if (!fits(name)) continue;
    const next = path.join(folder, name);
    if (rest.length > 0) yield* matching(next, rest, of, path, disk);
    else if (!isFolder) yield { file: next, of, listed: true };
  }
}

function fitsPattern(pattern: string): (name: string) => boolean {
  const [before = '', after = ''] = pattern.split('*');
  return (name) => name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
}
