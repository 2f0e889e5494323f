import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A machine that has nothing but what is put on its PATH. */
export interface NewcomersMachine {
  /** The whole environment, as after `env -i`. */
  readonly environment: NodeJS.ProcessEnv;
  /** Puts a shell script on the PATH. Its commands are named with their folders: nothing else is on the PATH. */
  readonly add: (program: string, script: string) => void;
  /** What apt-get was asked, a line for each time. */
  readonly askedOfApt: () => string[];
  readonly remove: () => void;
}

/** What apt-get brings to such a machine, package by package. */
const INSTALLS = `
for word in "$@"; do
  case "$word" in
    chromium) /bin/cp "$0" "$BIN/chromium" ;;
    mono-mcs) /bin/cp "$0" "$BIN/mcs"; /bin/cp "$0" "$BIN/mono" ;;
    libnewtonsoft-json5.0-cil) : > "$NEWTONSOFT_PATH/Newtonsoft.Json.dll" ;;
  esac
done`;

/** An apt-get that writes down what it was asked. Without `installs` it succeeds and brings nothing. */
export function aptGet({ installs, exitCode = 0 }: { readonly installs: boolean; readonly exitCode?: number }): string {
  return `echo "$@" >> "$BIN/asked"${installs ? INSTALLS : ''}\necho "E: the archive's own words" >&2\nexit ${exitCode}`;
}

/** Terraform, as far as it says its version. */
export const terraformOf = (version: string): string => `echo '{"terraform_version":"${version}"}'`;

/** A machine with Node alone. */
export function newcomersMachine(): NewcomersMachine {
  const bin = mkdtempSync(path.join(tmpdir(), 'newcomer-'));
  const newtonsoft = path.join(bin, 'newtonsoft');
  mkdirSync(newtonsoft);
  symlinkSync(process.execPath, path.join(bin, 'node'));
  // Somebody else's processes read it too.
  chmodSync(bin, 0o755);
  return {
    // Named, because some systems keep a browser where no PATH leads.
    environment: { PATH: bin, BIN: bin, CHROMIUM_PATH: path.join(bin, 'chromium'), NEWTONSOFT_PATH: newtonsoft },
    add: (program, script) => writeFileSync(path.join(bin, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 }),
    askedOfApt: () => readFileSync(path.join(bin, 'asked'), { encoding: 'utf8', flag: 'a+' }).split('\n').slice(0, -1),
    remove: () => rmSync(bin, { recursive: true }),
  };
}
