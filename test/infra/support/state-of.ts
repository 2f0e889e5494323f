import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from './plan-of.ts';
import { terraform } from './terraform.ts';

export type Outputs = Readonly<Record<string, unknown>>;

interface StateFile {
  readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources: readonly {
    readonly module?: string;
    readonly mode: Resource['mode'];
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes: Resource['values'];
    }[];
  }[];
}

/**
 * What an apply writes to its state, read from the file itself: without the second run that `terraform show` is. With
 * targets, what they and all that they refer to come to.
 */
export async function stateOf(
  folder: string,
  targets: readonly string[] = [],
): Promise<{ readonly resources: readonly Resource[]; readonly outputs: Outputs }> {
  const scratch = mkdtempSync(join(tmpdir(), 'terraform-state-'));
  try {
    const file = join(scratch, 'terraform.tfstate');
    const options = ['-auto-approve', '-input=false', '-lock=false', '-no-color', `-state=${file}`];
    const only = targets.map((target) => `-target=${target}`);
    const { code, output } = await terraform(['apply', ...options, ...only], { cwd: folder });
    if (code !== 0) throw new Error(`terraform apply in ${folder} failed:\n${output}`);
    return read(JSON.parse(readFileSync(file, 'utf8')) as StateFile);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function read({ outputs, resources }: StateFile): { resources: readonly Resource[]; outputs: Outputs } {
  return {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])),
    resources: resources.flatMap(({ module, mode, type, name, instances }) =>
      instances.map(({ index_key, attributes }) => {
        const own = [module, mode === 'data' ? 'data' : undefined, type, name].filter(Boolean).join('.');
        const index = index_key === undefined ? '' : `[${JSON.stringify(index_key)}]`;
        return { address: `${own}${index}`, mode, type, name, values: attributes };
      }),
    ),
  };
}
