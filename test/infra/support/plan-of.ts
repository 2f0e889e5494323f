import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TerraformRun, terraform } from './terraform.ts';
import { withoutBackend } from './working-copy.ts';

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
export function planOf(directory: string, { variables = {} }: PlanOptions = {}): Promise<Plan> {
  return inScratch(directory, async (cwd, scratch) => {
    const file = join(scratch, 'plan');
    await succeed(['plan', `-out=${file}`, ...common(scratch, variables)], cwd);
    return JSON.parse((await succeed(['show', '-json', file], cwd)).stdout) as Plan;
  });
}

/** The state after an apply: like a plan, but with made-up values for what Azure would assign. */
export function applyOf(directory: string, { variables = {} }: PlanOptions = {}): Promise<State> {
  return inScratch(directory, (cwd, scratch) => apply(cwd, common(scratch, variables), scratch));
}

/** What was applied, and what a second plan would still change: nothing, in a sound configuration. */
export function applyTwice(
  directory: string,
  { variables = {} }: PlanOptions = {},
): Promise<{ readonly resources: readonly Resource[]; readonly changes: readonly string[] }> {
  return inScratch(directory, async (cwd, scratch) => {
    const options = common(scratch, variables);
    const state = await apply(cwd, options, scratch);
    const file = join(scratch, 'plan');
    await succeed(['plan', `-out=${file}`, ...options], cwd);
    const plan = JSON.parse((await succeed(['show', '-json', file], cwd)).stdout) as Plan;
    const changed = (plan.resource_changes ?? []).filter(({ change }) => change.actions.join() !== 'no-op');
    return {
      resources: resourcesIn(state.values),
      changes: changed.map(({ address, change }) => `${address}: ${change.actions.join()}`),
    };
  });
}

async function apply(cwd: string, options: readonly string[], scratch: string): Promise<State> {
  await succeed(['apply', '-auto-approve', ...options], cwd);
  return JSON.parse((await succeed(['show', '-json', stateFile(scratch)], cwd)).stdout) as State;
}

/** Every resource of a plan or state, in whichever module. */
export function resourcesIn({ root_module }: StateValues): readonly Resource[] {
  const inModule = ({ resources = [], child_modules = [] }: StateModule): readonly Resource[] => [
    ...resources,
    ...child_modules.flatMap(inModule),
  ];
  return inModule(root_module);
}

async function inScratch<Result>(
  directory: string,
  use: (cwd: string, scratch: string) => Promise<Result>,
): Promise<Result> {
  const scratch = mkdtempSync(join(tmpdir(), 'terraform-plan-'));
  try {
    const cwd = withoutBackend(directory, scratch);
    await succeed(['init', '-backend=false', '-no-color'], cwd);
    return await use(cwd, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function common(scratch: string, variables: Readonly<Record<string, unknown>>): readonly string[] {
  const file = join(scratch, 'variables.tfvars.json');
  writeFileSync(file, JSON.stringify(variables));
  return ['-input=false', '-lock=false', '-no-color', `-state=${stateFile(scratch)}`, `-var-file=${file}`];
}

const stateFile = (scratch: string): string => join(scratch, 'terraform.tfstate');

async function succeed(args: readonly string[], cwd: string): Promise<TerraformRun> {
  const run = await terraform(args, { cwd });
  if (run.code !== 0) throw new Error(`terraform ${args[0]} in ${cwd} failed:\n${run.output}`);
  return run;
}
