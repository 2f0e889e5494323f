import type { PlatformPath } from 'node:path';
import type { Disk } from './disk.ts';
import type { Os, Place } from './places.ts';

const MOST = 64 * 1_024;
const MOST_FILES = 10;
/** `systemd-escape`, which the agent's `svc.sh` names its unit by, writes a backslash into it. */
const UNIT = /^(?!\.+$)[^/\s]{1,255}$/;

/** The files that set the environment of the service which runs the runner, by what `svc.sh` noted: on macOS a path. */
export function unitFiles(runner: string, os: Os, home: string | undefined, disk: Disk, path: PlatformPath): Place[] {
  const noted = textOf(disk, path.join(runner, '.service')).trim();
  const unit = os === 'macos' ? path.basename(noted).replace(/\.plist$/, '') : noted;
  if (!UNIT.test(unit)) return [];
  const files =
    os === 'linux'
      ? linux(unit, disk, path)
      : os === 'macos' && home !== undefined
        ? [
            `${path.join(home, 'Library/LaunchAgents', unit)}.plist`,
            `${path.join('/Library/LaunchDaemons', unit)}.plist`,
          ]
        : [];
  return files
    .slice(0, MOST_FILES)
    .map((file) => ({ place: 'runner-environment', at: 'named-by', path: file, labels: 'assignments' }));
}

function linux(unit: string, disk: Disk, path: PlatformPath): string[] {
  const main = path.join('/etc/systemd/system', unit);
  const more = disk.list(`${main}.d`, MOST_FILES);
  const units = [main, ...(typeof more === 'string' ? [] : more.map(({ name }) => path.join(`${main}.d`, name)))];
  const named = units.flatMap((file) =>
    [...textOf(disk, file).matchAll(/^EnvironmentFile=-?(\/[^\s*?]{1,300})\s*$/gm)].map(([, each = '']) => each),
  );
  return [...units, ...named];
}

function textOf(disk: Disk, file: string): string {
  const read = disk.read(file, MOST);
  return 'bytes' in read ? read.bytes.toString('utf8') : '';
}
