import type { PlatformPath } from 'node:path';
import type { Disk } from './disk.ts';
import { type Base, type Os, PLACES, type Place } from './places.ts';

/** A file that may be there, or a folder whose names are refused. */
export interface Candidate {
  readonly file: string;
  readonly of: Place;
  /** It was met in a folder, so that a folder there is none of these files. */
  readonly listed: boolean;
  readonly refused?: true;
}

export interface Where {
  readonly os: Os;
  readonly bases: Partial<Record<Base, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly path: PlatformPath;
}

/** Names of one folder that are looked at. */
const MOST_NAMES = 200;

/** Every file of the table that may be there, once each, in the order of the table. Nothing is opened but folders. */
export function* findFiles(where: Where, disk: Disk, places: readonly Place[] = PLACES): Generator<Candidate> {
  const seen = new Set<string>();
  for (const of of places) {
    if (of.os?.includes(where.os) === false) continue;
    for (const candidate of filesOf(of, where, disk)) {
      if (seen.has(candidate.file)) continue;
      seen.add(candidate.file);
      yield candidate;
    }
  }
}

function* filesOf(of: Place, { bases, env, path }: Where, disk: Disk): Generator<Candidate> {
  if (of.at === 'named-by') {
    for (const file of (env[of.path] ?? '').split(path.delimiter)) {
      if (path.isAbsolute(file)) yield { file, of, listed: false };
    }
    return;
  }
  const base = bases[of.at];
  if (base !== undefined) yield* matching(base, of.path.split('/'), of, path, disk);
}

function* matching(
  folder: string,
  parts: readonly string[],
  of: Place,
  path: PlatformPath,
  disk: Disk,
): Generator<Candidate> {
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
