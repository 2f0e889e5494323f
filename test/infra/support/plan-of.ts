import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TerraformRun, terraform } from './terraform.ts';
import { withLocalState } from './working-copy.ts';

/** `terraform show -json` of a plan; only what tests read of it. */
export interface Plan {
  readonly planned_values: StateValues;
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** `terraform show -json` of a state. */
export interface State {
  readonly values: StateValues;
}

export interface StateValues {
  readonly outputs?: Readonly<Record<string, { readonly sensitive: boolean; readonly value?: unknown }>>;
  readonly root_module: StateModule;
}

interface StateModule {
  readonly address?: string;
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly StateModule[];
}

export interface Resource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  /** Without what is known only after the apply. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface PlanOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What Terraform plans to create from a module's folder. Throws with Terraform's output when it refuses. */
export function planOf(directory: string, options: PlanOptions = {}): Promise<Plan> {
  return inScratch(directory, options, plan);
}

/** The state after an apply: like a plan, but with made-up values for what Azure would assign. */
export function applyOf(directory: string, options: PlanOptions = {}): Promise<State> {
  return inScratch(directory, options, apply);
}

/** A resource as Terraform's own state file has it. */
export interface StoredResource {
  readonly module?: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly index_key?: string | number; readonly attributes: Record<string, unknown> }[];
}

/**
 * What was applied, and what a second plan would still change: nothing, in a sound configuration. In between, `meanwhile`
 * changes what Terraform finds in Azure, and returns what stands in the state by then.
 */
export function applyTwice(
  directory: string,
  options: PlanOptions = {},
  meanwhile: (resources: readonly StoredResource[]) => readonly StoredResource[] = (resources) => resources,
): Promise<{ readonly resources: readonly Resource[]; readonly changes: readonly string[] }> {
  return inScratch(directory, options, async (scratch) => {
    const { values } = await apply(scratch);
    const file = join(scratch.folder, STATE);
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { readonly resources: readonly StoredResource[] };
    const resources = meanwhile(stored.resources);
    writeFileSync(file, JSON.stringify({ ...stored, resources }));
    const { resource_changes = [] } = await plan(scratch);
    const changed = resource_changes.filter(({ change }) => change.actions.join() !== 'no-op');
    return {
      resources: resourcesIn(values),
      changes: changed.map(({ address, change }) => `${address}: ${change.actions.join()}`),
    };
  });
}

/** Every resource of a plan or state, in whichever module. */
export function resourcesIn({ root_module }: StateValues): readonly Resource[] {
  const inModule = ({ resources = [], child_modules = [] }: StateModule): readonly Resource[] => [
    ...resources,
    ...child_modules.flatMap(inModule),
  ];
  return inModule(root_module);
}

interface Scratch {
  readonly cwd: string;
  /** For plans, the state and variables; removed afterwards. */
  readonly folder: string;
  readonly options: readonly string[];
}

async function plan({ cwd, folder, options }: Scratch): Promise<Plan> {
  const file = join(folder, 'plan');
  await succeed(['plan', `-out=${file}`, ...options], cwd);
  return JSON.parse((await succeed(['show', '-json', file], cwd)).stdout) as Plan;
}

async function apply({ cwd, folder, options }: Scratch): Promise<State> {
  await succeed(['apply', '-auto-approve', ...options], cwd);
  return JSON.parse((await succeed(['show', '-json', join(folder, STATE)], cwd)).stdout) as State;
}

const STATE = 'terraform.tfstate';
/** Once for a folder: an init beside a plan takes the list of modules away from under it. */
const initialised = new Map<string, Promise<TerraformRun>>();

async function inScratch<Result>(
  directory: string,
  { variables = {} }: PlanOptions,
  use: (scratch: Scratch) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'terraform-plan-'));
  try {
    const { cwd, init, options } = withLocalState(directory, folder, join(folder, STATE));
    const variablesFile = join(folder, 'variables.tfvars.json');
    writeFileSync(variablesFile, JSON.stringify(variables));
    const ready = initialised.get(cwd) ?? succeed([...init, '-no-color'], cwd);
    initialised.set(cwd, ready);
    await ready;
    const always = ['-input=false', '-lock=false', '-no-color', `-var-file=${variablesFile}`];
    return await use({ cwd, folder, options: [...always, ...options] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function succeed(args: readonly string[], cwd: string): Promise<TerraformRun> {
  const run = await terraform(args, { cwd });
  if (run.code !== 0) throw new Error(`terraform ${args[0]} in ${cwd} failed:\n${run.output}`);
  return run;
}
