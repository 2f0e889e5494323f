import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { type Plan, type PlanOptions, planOf } from './plan-of.ts';

/**
 * What Terraform plans to create from a module that configures no provider: it is planned by a root that calls it.
 * Values that the inputs do not settle are missing from the plan.
 */
export async function planOfModule(directory: string, { variables = {} }: PlanOptions = {}): Promise<Plan> {
  const root = mkdtempSync(join(tmpdir(), 'module-root-'));
  try {
    // A source that starts with a dot is read where it is; an absolute one would be copied without its neighbours.
    const subject = { source: relative(root, resolve(directory)), ...variables };
    const provider = { azurerm: { features: {} } };
    writeFileSync(join(root, 'main.tf.json'), JSON.stringify({ provider, module: { subject } }));
    return await planOf(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
