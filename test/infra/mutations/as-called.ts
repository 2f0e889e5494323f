import { appendFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Seen, whatIsSeen } from '../../support/snapshot/platform.ts';
import { completeExample } from '../support/complete-example.ts';
import { type Outputs, stateOf } from '../support/state-of.ts';
import { validate } from '../support/validation.ts';
import { workingCopy } from '../support/working-copy.ts';

/** By module, what the complete example gives each call of it. */
export type Inputs = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** What a change of a module does to its own part of the complete example. */
export type Effect = 'none' | 'refused' | 'other outputs' | 'other resources';

interface Part {
  readonly resources: Seen;
  readonly outputs: Outputs;
}

const INFRA = resolve(import.meta.dirname, '../../../infra');
const OUTPUT = 'inputs_of_calls';

/**
 * The modules of a copy of the infrastructure, each called as the complete example calls it: with the very values that
 * it gets there, and without the rest. What differs in one of them differs in the whole, for an eighth of the work.
 */
export class CalledModules {
  readonly #infra: string;
  readonly #ready = new Set<string>();
  readonly #sound = new Map<string, Part>();
  #inputs: Inputs | undefined;

  constructor(infra: string) {
    this.#infra = infra;
  }

  /** To be asked before anything is broken in the module; for the same resources as what is asked then. */
  async prepare(module: string, resources: readonly string[] = []): Promise<void> {
    this.#inputs ??= await inputsOfCalls();
    if (!this.#ready.has(module)) await this.#writeRoot(module);
    this.#ready.add(module);
    const key = keyOf(module, resources);
    if (!this.#sound.has(key)) this.#sound.set(key, await this.#part(module, resources));
  }

  /** What comes to be different. With resources, only of these, and what they need: a part of the work. */
  async effectOn(module: string, resources: readonly string[] = []): Promise<Effect> {
    const sound = this.#sound.get(keyOf(module, resources));
    if (sound === undefined) throw new Error(`${module} is not prepared`);
    let broken: Part;
    try {
      broken = await this.#part(module, resources);
    } catch {
      return 'refused';
    }
    if (!isDeepStrictEqual(sound.resources, broken.resources)) return 'other resources';
    return isDeepStrictEqual(sound.outputs, broken.outputs) ? 'none' : 'other outputs';
  }

  async #writeRoot(module: string): Promise<void> {
    const folder = this.#folderOf(module);
    mkdirSync(folder, { recursive: true });
    const text = rootFor(folder, this.#infra, module, this.#callsOf(module));
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(text));
    const findings = await validate(folder);
    if (findings.length > 0) throw new Error(`${module} cannot be called: ${JSON.stringify(findings)}`);
  }

  #callsOf(module: string): Inputs[string] {
    const calls = this.#inputs?.[module] ?? [];
    if (calls.length === 0) throw new Error(`the complete example does not call ${module}`);
    return calls;
  }

  async #part(module: string, targets: readonly string[]): Promise<Part> {
    const calls = this.#callsOf(module);
    const addresses = calls.flatMap((_, nth) => targets.map((target) => `module.call_${nth}.${target}`));
    const { resources, outputs } = await stateOf(this.#folderOf(module), addresses);
    const seen = whatIsSeen({ resources, variables: idsIn(calls) });
    if (targets.length === 0) return { resources: seen, outputs };
    const isAsked = (address: string): boolean =>
      addresses.some((asked) => address === asked || address.startsWith(`${asked}[`));
    return { resources: Object.fromEntries(Object.entries(seen).filter(([it]) => isAsked(it))), outputs: {} };
  }

  #folderOf(module: string): string {
    return join(this.#infra, 'called', module);
  }
}

const keyOf = (module: string, resources: readonly string[]): string => [module, ...resources].join(' ');

function rootFor(folder: string, infra: string, module: string, calls: Inputs[string]): object {
  const source = relative(folder, join(infra, 'modules', module));
  const named = calls.map((inputs, nth) => [`call_${nth}`, inputs] as const);
  return {
    provider: { azurerm: { features: {} } },
    module: Object.fromEntries(named.map(([name, inputs]) => [name, { source, ...escaped(inputs) }])),
    output: Object.fromEntries(named.map(([name]) => [name, { value: `\${module.${name}}`, sensitive: true }])),
  };
}

/** A text of Terraform's JSON is a template: what is not meant as one has its signs doubled. */
function escaped<Value>(inputs: Value): Value {
  const text = JSON.stringify(inputs, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('${', '$${').replaceAll('%{', '%%{') : value,
  );
  return JSON.parse(text) as Value;
}

/** Names for the ids that come from other modules, so that one is not taken for another. */
function idsIn(calls: Inputs[string]): Readonly<Record<string, string>> {
  const ids = JSON.stringify(calls).match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  return Object.fromEntries([...new Set(ids)].map((id) => [`input ${id}`, id]));
}

/** Asked of the complete example itself, in a copy in which every module also says what it was given. */
async function inputsOfCalls(): Promise<Inputs> {
  const scratch = mkdtempSync(join(tmpdir(), 'infra-inputs-'));
  try {
    const infra = workingCopy(INFRA, scratch);
    for (const variables of globSync('modules/*', { cwd: infra })) sayInputs(join(infra, variables));
    const root = globSync('*.tf', { cwd: infra })
      .map((file) => readFileSync(join(infra, file), 'utf8'))
      .join('\n');
    const calls = [
      ...root.matchAll(/^module "(\w+)" \{\n\s+source\s+= "\.\/modules\/([\w-]+)"\n(\s+(?:count|for_each))?/gm),
    ];
    const values = calls.map(([, name, module, many = '']) => {
      const all = many.includes('for_each') ? `values(module.${name})[*]` : `module.${name}[*]`;
      return `    "${module}" = ${all}.${OUTPUT}\n`;
    });
    appendFileSync(join(infra, 'outputs.tf'), output(`{\n${values.join('')}  }`));
    const example = join(infra, 'examples/complete');
    appendFileSync(join(example, 'outputs.tf'), output(`module.platform.${OUTPUT}`));
    return (await completeExample(example)).outputs[OUTPUT] as Inputs;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function sayInputs(module: string): void {
  const text = globSync('*.tf', { cwd: module })
    .map((file) => readFileSync(join(module, file), 'utf8'))
    .join('\n');
  const names = [...text.matchAll(/^variable "(\w+)"/gm)].map(([, name]) => `    ${name} = var.${name}\n`);
  writeFileSync(join(module, `${OUTPUT}.tf`), output(`{\n${names.join('')}  }`));
}

const output = (value: string): string => `\noutput "${OUTPUT}" {\n  sensitive = true\n  value     = ${value}\n}\n`;
