import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian's package puts it. */
const DEBIAN = '/usr/lib/cli/Newtonsoft.Json-5.0';

/** The folder of Mono's JSON library, or undefined. NEWTONSOFT_PATH names another one. */
export function findNewtonsoft(environment: NodeJS.ProcessEnv): string | undefined {
  const folder = environment.NEWTONSOFT_PATH ?? DEBIAN;
  return existsSync(join(folder, 'Newtonsoft.Json.dll')) ? folder : undefined;
}
