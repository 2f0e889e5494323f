import { findBrowser } from './find-browser.ts';
import { findNewtonsoft } from './find-newtonsoft.ts';
import { findOnPath } from './find-on-path.ts';

/** A package of Debian's that the tests need. */
export interface DebianPackage {
  readonly name: string;
  /** For people whose system has other packages. */
  readonly what: string;
  readonly isThere: (environment: NodeJS.ProcessEnv) => boolean;
}

/** Everything that the tests need of Debian. `npm test` installs it, or prints the command that does. */
export const DEBIAN_PACKAGES: readonly DebianPackage[] = [
  {
    name: 'chromium',
    what: 'Chromium or Chrome (CHROMIUM_PATH may name it)',
    isThere: (environment) => findBrowser(environment) !== undefined,
  },
  {
    name: 'mono-mcs',
    what: 'Mono with its C# compiler',
    isThere: (environment) => ['mcs', 'mono'].every((program) => findOnPath(program, environment) !== undefined),
  },
  {
    name: 'libnewtonsoft-json5.0-cil',
    what: 'Newtonsoft.Json 5 for Mono (NEWTONSOFT_PATH may name its folder)',
    isThere: (environment) => findNewtonsoft(environment) !== undefined,
  },
];

/** Those that this machine lacks. */
export function missingPackages(environment: NodeJS.ProcessEnv): DebianPackage[] {
  return DEBIAN_PACKAGES.filter(({ isThere }) => !isThere(environment));
}

/** The one line to type for them. */
export function installCommand(packages: readonly DebianPackage[]): string {
  const names = packages.map(({ name }) => name).join(' ');
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}`;
}
