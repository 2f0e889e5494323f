import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { itemsIn } from './hcl.ts';

const infra = resolve(import.meta.dirname, '../../../infra');

export interface Interface {
  /** `gateway name` of each input that the root has too, with another default. */
  readonly otherDefaults: readonly string[];
  /** `gateway name` of each output that the root does not read. */
  readonly unreadOutputs: readonly string[];
}

/** How a module's inputs and outputs go together with the root's; `texts` stand for files, by their path below infra. */
export function interfaceOf(module: string, texts: Readonly<Record<string, string>> = {}): Interface {
  const textOf = (pattern: string): string =>
    globSync(pattern, { cwd: infra })
      .sort()
      .map((file) => texts[file] ?? readFileSync(join(infra, file), 'utf8'))
      .join('\n');
  const [root, own] = [textOf('*.tf'), textOf(`modules/${module}/*.tf`)];
  const [wanted, given] = [defaultsIn(root), defaultsIn(own)];
  const read = (output: string): boolean =>
    new RegExp(`module\\.${module.replaceAll('-', '_')}(\\[[^\\]]*\\])*\\.${output}\\b`).test(root) ||
    // `for name, pipeline in module.pipeline_identity : name => pipeline.identity_id`
    new RegExp(`in module\\.${module.replaceAll('-', '_')} : [^}]*\\.${output}\\b`).test(root);
  return {
    otherDefaults: [...given]
      .filter(([name, value]) => wanted.has(name) && wanted.get(name) !== value)
      .map(([name]) => `${module} ${name}`),
    unreadOutputs: [...own.matchAll(/^output "(\w+)"/gm)]
      .map(([, name = '']) => name)
      .filter((name) => !read(name))
      .map((name) => `${module} ${name}`),
  };
}

/** `none` where an input is required. */
function defaultsIn(text: string): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  for (const { path, value } of itemsIn(text)) {
    const name = /^variable\.(\w+)$/.exec(path[0] ?? '')?.[1];
    if (name === undefined) continue;
    if (path.length === 1) defaults.set(name, 'none');
    if (path.length === 2 && path[1] === 'default') defaults.set(name, value.replaceAll(/\s+/g, ' '));
  }
  return defaults;
}
