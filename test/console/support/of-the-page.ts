import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Of the page, with what a browser gives it and Node does not. Named at run time: its types are a browser's. */
export async function ofThePage<T>(file: string): Promise<T> {
  Object.assign(globalThis, { addEventListener: () => undefined });
  return (await import(new URL(`../../../console/src/${file}`, import.meta.url).href)) as T;
}

/** Why tests of the page's own packages do not run. */
export const WITHOUT_PACKAGES =
  !existsSync(join(import.meta.dirname, '../../../console/node_modules')) && 'the packages of console/ are not there';
