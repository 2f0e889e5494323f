import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredResource } from '../plan-of.ts';

interface Address {
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
}

interface Move {
  readonly from: Address;
  readonly to: Address;
}

/** Every `moved` block of a module that is about a resource. */
export function movesIn(folder: string): readonly Move[] {
  const text = globSync('*.tf', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'));
  return [...text.join('\n').matchAll(/^moved \{\n {2}from = (\S+)\n {2}to {3}= (\S+)\n\}/gm)].flatMap(
    ([, from = '', to = '']) => (from.startsWith('module.') ? [] : [{ from: addressOf(from), to: addressOf(to) }]),
  );
}

function addressOf(text: string): Address {
  const [, type = '', name = '', index] = /^(\w+)\.(\w+)(?:\[(.+)\])?$/.exec(text) ?? [];
  return { type, name, ...(index === undefined ? {} : { index: JSON.parse(index) as string | number }) };
}

/** The state as an earlier release left it: whatever has moved stands where it stood. @returns also how many have */
export function asBefore(
  stored: readonly StoredResource[],
  module: string,
  moves: readonly Move[],
): { readonly resources: readonly StoredResource[]; readonly moved: number } {
  let moved = 0;
  const resources = stored.flatMap((resource) => {
    if (resource.module !== module) return [resource];
    const kept: StoredResource['instances'][number][] = [];
    const before: StoredResource[] = [];
    for (const instance of resource.instances) {
      const { index_key: index, ...rest } = instance;
      const move = moves.find(({ to }) => to.type === resource.type && to.name === resource.name && to.index === index);
      if (move === undefined) {
        kept.push(instance);
        continue;
      }
      moved += 1;
      const { name, index: was } = move.from;
      before.push({ ...resource, name, instances: [{ ...(was === undefined ? {} : { index_key: was }), ...rest }] });
    }
    return [...(kept.length > 0 ? [{ ...resource, instances: kept }] : []), ...joined(before)];
  });
  return { resources, moved };
}

/** Terraform has the instances of a resource in one place. */
function joined(resources: readonly StoredResource[]): StoredResource[] {
  return [...Map.groupBy(resources, ({ name }) => name).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, instances: [first, ...others].flatMap(({ instances }) => [...instances]) }],
  );
}
