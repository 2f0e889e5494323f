import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { applyOf, type Plan, type PlanOptions, planOf, type State } from './plan-of.ts';

/**
 * What Terraform plans to create from a module that configures no provider: it is planned by a root that calls it.
 * Values that the inputs do not settle are missing from the plan.
 */
export function planOfModule(directory: string, options: PlanOptions = {}): Promise<Plan> {
  return inRoot(directory, options, (root) => planOf(root));
}

/** The state after such a root is applied, with made-up values for what Azure would assign. */
export function applyOfModule(directory: string, options: PlanOptions = {}): Promise<State> {
  return inRoot(directory, options, (root) => applyOf(root));
}

async function inRoot<Result>(
  directory: string,
  { variables = {} }: PlanOptions,
  use: (root: string) => Promise<Result>,
): Promise<Result> {
  const root = mkdtempSync(join(tmpdir(), 'module-root-'));
  try {
    // A source that starts with a dot is read where it is; an absolute one would be copied without its neighbours.
    const subject = { source: relative(root, resolve(directory)), ...variables };
    const provider = { azurerm: { features: {} } };
    writeFileSync(join(root, 'main.tf.json'), JSON.stringify({ provider, module: { subject } }));
    return await use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
