import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemsIn } from './hcl.ts';

/** What a plan does not show: what waits for what although no value says so, and what is left as it is found. */
export type Order = Readonly<Record<string, readonly string[]>>;

/** By `mcp-server azurerm_container_group.this depends_on`, the references within, in every module below a folder. */
export function orderIn(modules: string): Order {
  const files = globSync('*/*.tf', { cwd: modules }).sort();
  return Object.assign({}, ...files.map((file) => orderOf(file, readFileSync(join(modules, file), 'utf8'))));
}

/** The same for the text of one file, whose path begins with the name of its module. */
export function orderOf(file: string, text: string): Order {
  const found = itemsIn(text).filter(({ path }) =>
    /^(depends_on|ignore_changes|prevent_destroy)$/.test(path.at(-1) ?? ''),
  );
  return Object.fromEntries(
    found.map(({ path: [owner = '', ...rest], value }) => [
      [file.split('/')[0], owner.replace(/^resource\./, ''), rest.at(-1)].join(' '),
      value
        .replace(/^\[|\]$/g, '')
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ]),
  );
}
