import {
  closeSync,
  constants,
  fstatSync,
  opendirSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';

/** The first bytes of a file, or why there are none. */
export type FileRead =
  | { readonly state: 'read' | 'too-large'; readonly bytes: Buffer; readonly modifiedAt?: string }
  | { readonly state: 'unreadable'; readonly modifiedAt?: string }
  | { readonly state: 'absent' };

/** Names of a folder with whether each is a folder itself; `unreadable` where the folder is there and refused. */
export type Listing = readonly { readonly name: string; readonly isFolder: boolean }[] | 'unreadable' | 'absent';

/** What the inventory asks a disk for; tests hand in one of another system. */
export interface Disk {
  readonly read: (file: string, most: number) => FileRead;
  readonly list: (folder: string, most: number) => Listing;
  /** A folder by its own name, whatever leads there; as it was asked for where it is not there. */
  readonly real: (folder: string) => string;
}

const NOT_THERE = new Set(['ENOENT', 'ENOTDIR']);
const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

export const realDisk: Disk = {
  read: (file, most) => {
    let handle: number;
    try {
      // What is no file is not even opened: opening a device may do something.
      const { isFile, modifiedAt } = aboutOf(statSync(file));
      if (!isFile) return { state: 'unreadable', ...modifiedAt };
      // Without waiting: nobody may ever write into a pipe that stands in a file's place.
      handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
    } catch (error) {
      return { state: NOT_THERE.has(String(codeOf(error))) ? 'absent' : 'unreadable' };
    }
    try {
      const { isFile, size, modifiedAt } = aboutOf(fstatSync(handle));
      if (!isFile) return { state: 'unreadable', ...modifiedAt };
      const bytes = Buffer.alloc(Math.min(most, size));
      const length = readFully(handle, bytes);
      return { state: size > most ? 'too-large' : 'read', bytes: bytes.subarray(0, length), ...modifiedAt };
    } catch {
      return { state: 'unreadable' };
    } finally {
      closeSync(handle);
    }
  },
  list: (folder, most) => {
    try {
      const opened = opendirSync(folder);
      const names: { name: string; isFolder: boolean }[] = [];
      try {
        for (let entry = opened.readSync(); entry !== null && names.length < most; entry = opened.readSync()) {
          names.push({ name: entry.name, isFolder: entry.isDirectory() });
        }
      } finally {
        opened.closeSync();
      }
      return names;
    } catch (error) {
      return NOT_THERE.has(String(codeOf(error))) ? 'absent' : 'unreadable';
    }
  },
  real: (folder) => {
    try {
      return realpathSync.native(folder);
    } catch {
      return folder;
    }
  },
};

function aboutOf(stats: Stats): { isFile: boolean; size: number; modifiedAt: { readonly modifiedAt?: string } } {
  return { isFile: stats.isFile(), size: stats.size, modifiedAt: instantOf(stats.mtimeMs) };
}

function readFully(handle: number, bytes: Buffer): number {
  let length = 0;
  while (length < bytes.length) {
    const more = readSync(handle, bytes, length, bytes.length - length, length);
    if (more === 0) break;
    length += more;
  }
  return length;
}

/** A file may claim any time; what the report's format cannot say is left out. */
function instantOf(milliseconds: number): { readonly modifiedAt?: string } {
  const fits = milliseconds > 0 && milliseconds < Date.UTC(9999, 0);
  return fits ? { modifiedAt: new Date(milliseconds).toISOString() } : {};
}
