import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { itemsIn } from '../support/hcl.ts';
import type { Mutant } from './mutants.ts';

const modules = resolve(import.meta.dirname, '../../../infra/modules');

/** The resources whose own text the mutant changes, or that use the local that it changes, directly or by other locals. */
export function touchedBy({ module, path: [first = '', second] }: Mutant): readonly string[] {
  if (first.startsWith('resource.')) return [first.replace('resource.', '')];
  if (first !== 'locals' || second === undefined) return [];
  const texts = ownersIn(module);
  const found = new Set<string>();
  const open = [`local.${second}`];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const reference = new RegExp(`(?<![\\w.])${RegExp.escape(name)}\\b`);
    for (const [owner, text] of texts) {
      if (found.has(owner) || !reference.test(text)) continue;
      found.add(owner);
      if (owner.startsWith('local.')) open.push(owner);
    }
  }
  return [...found].filter((owner) => !owner.startsWith('local.'));
}

/** By `azurerm_subnet.mcp` or `local.tags`, its text. */
function ownersIn(module: string): ReadonlyMap<string, string> {
  const items = globSync(`${module}/*.tf`, { cwd: modules }).flatMap((file) =>
    itemsIn(readFileSync(resolve(modules, file), 'utf8')),
  );
  return new Map(
    items.flatMap(({ path: [first = '', second], path, value }) => {
      if (path.length === 1 && first.startsWith('resource.')) return [[first.replace('resource.', ''), value]];
      return path.length === 2 && first === 'locals' ? [[`local.${second}`, value]] : [];
    }),
  );
}
