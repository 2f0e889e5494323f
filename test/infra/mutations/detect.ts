import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as yaml from 'yaml';
import { platformSnapshot } from '../../support/snapshot/platform.ts';
import { completeExample } from '../support/complete-example.ts';
import { interfaceOf } from '../support/interface.ts';
import { orderOf } from '../support/order.ts';
import { testRuns } from '../support/test-runs.ts';
import { validate } from '../support/validation.ts';
import { workingCopy } from '../support/working-copy.ts';
import { CalledModules, type Effect } from './as-called.ts';
import type { Mutant } from './mutants.ts';
import { touchedBy } from './touched.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What noticed a mutant, cheapest first; each is a test of its own in `npm test`. */
export type Caught =
  | 'a reference to nothing'
  | 'the order'
  | 'a comparison with the root'
  | 'Terraform'
  | 'a run of the module'
  | 'the snapshot';

type Snapshot = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A copy of the infrastructure in which one thing at a time is broken. */
export class Laboratory {
  readonly #scratch = mkdtempSync(join(tmpdir(), 'infra-mutants-'));
  readonly #ready = new Set<string>();
  readonly #called: CalledModules;
  #sound: Snapshot | undefined;

  /** With the text of a snapshot of the whole, that one is compared with instead of what the whole comes to now. */
  constructor(snapshot?: string) {
    if (snapshot !== undefined) this.#sound = yaml.parse(snapshot) as Snapshot;
    this.#called = new CalledModules(workingCopy(join(root, 'infra'), this.#scratch));
  }

  close(): void {
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  /** What sees the mutant in the texts alone, without Terraform. */
  inTexts(mutant: Mutant): Caught | undefined {
    if (missesReference(mutant)) return 'a reference to nothing';
    const file = mutant.file.replace('infra/modules/', '');
    const sound = readFileSync(join(root, mutant.file), 'utf8');
    if (!isDeepStrictEqual(orderOf(file, sound), orderOf(file, mutant.text))) return 'the order';
    const below = mutant.file.replace('infra/', '');
    const changed = interfaceOf(mutant.module, { [below]: mutant.text });
    return isDeepStrictEqual(interfaceOf(mutant.module), changed) ? undefined : 'a comparison with the root';
  }

  /** What sees the mutant in the tests of its module. */
  async inRuns(mutant: Mutant): Promise<Caught | undefined> {
    const folder = join(this.#scratch, 'infra/modules', mutant.module);
    if (!this.#ready.has(mutant.module)) {
      const findings = await validate(folder);
      if (findings.length > 0) throw new Error(`${mutant.module} is not sound: ${JSON.stringify(findings)}`);
      this.#ready.add(mutant.module);
    }
    return this.#with([mutant], async () => {
      const runs = await testRuns(folder);
      const wrong = runs.filter(
        ({ status, findings }) => status === 'fail' || status === 'error' || findings.length > 0,
      );
      if (wrong.length === 0) return undefined;
      return wrong.some(({ status, name }) => status === 'fail' || name.includes(': '))
        ? 'a run of the module'
        : 'Terraform';
    });
  }

  /** Whether the resources that it touches show it, in what the complete example makes of the module. */
  async inTouched(mutant: Mutant): Promise<Caught | undefined> {
    const resources = touchedBy(mutant);
    if (resources.length === 0) return undefined;
    const effect = await this.#effectOf(mutant, resources);
    if (effect === 'none') return undefined;
    return effect === 'refused' ? 'Terraform' : 'the snapshot';
  }

  /** Whether what the complete example comes to shows it; it is applied only where its module alone cannot say. */
  async inExample(mutant: Mutant): Promise<Caught | undefined> {
    // A module that is called alone gets its inputs as they are behind their defaults.
    const effect = mutant.path[0]?.startsWith('variable.') ? 'other outputs' : await this.#effectOf(mutant);
    if (effect === 'none') return undefined;
    if (effect === 'other resources') return 'the snapshot';
    if (!(await this.inWhole([mutant])).has(mutant)) return undefined;
    return effect === 'refused' ? 'Terraform' : 'the snapshot';
  }

  async #effectOf(mutant: Mutant, resources: readonly string[] = []): Promise<Effect> {
    await this.#called.prepare(mutant.module, resources);
    return this.#with([mutant], () => this.#called.effectOn(mutant.module, resources));
  }

  /**
   * Which of the mutants change what the complete example comes to. Several at once, when each is in a resource of
   * another module: what they change is told apart by the resource and its argument.
   */
  async inWhole(mutants: readonly Mutant[]): Promise<ReadonlySet<Mutant>> {
    this.#sound ??= await this.#snapshot();
    const sound = this.#sound;
    let broken: Snapshot;
    try {
      broken = await this.#with(mutants, () => this.#snapshot());
    } catch {
      if (mutants.length === 1) return new Set(mutants);
      const each = [];
      for (const mutant of mutants) each.push(await this.inWhole([mutant]));
      return new Set(each.flatMap((found) => [...found]));
    }
    const addresses = [...new Set([...Object.keys(sound), ...Object.keys(broken)])];
    const differing = addresses.filter((address) => !isDeepStrictEqual(sound[address], broken[address]));
    if (mutants.length === 1) return new Set(differing.length > 0 ? mutants : []);
    return new Set(
      mutants.filter(({ module, path: [owner = '', argument] }) => {
        const within = `.module.${module.replaceAll('-', '_')}`;
        const name = `.${owner.replace('resource.', '')}`;
        const own = differing.filter((it) => it.includes(within) && `${it.replace(/\[[^\]]*\]$/, '')}`.endsWith(name));
        const key = argument?.replace('dynamic.', '');
        return own.some((it) => {
          const [before, after] = [sound[it], broken[it]];
          if (before === undefined || after === undefined || key === undefined) return true;
          return /^(count|for_each)$/.test(key) || !isDeepStrictEqual(before[key], after[key]);
        });
      }),
    );
  }

  async #snapshot(): Promise<Snapshot> {
    const example = await completeExample(join(this.#scratch, 'infra/examples/complete'));
    return yaml.parse(platformSnapshot(example)) as Snapshot;
  }

  async #with<Result>(mutants: readonly Mutant[], use: () => Promise<Result>): Promise<Result> {
    for (const { file, text } of mutants) writeFileSync(join(this.#scratch, file), text);
    try {
      return await use();
    } finally {
      for (const { file } of mutants) writeFileSync(join(this.#scratch, file), readFileSync(join(root, file)));
    }
  }
}

/** A declaration is gone that its module, or the root, still speaks of: Terraform refuses that, always. */
function missesReference({ path, how, module, file, text }: Mutant): boolean {
  if (how !== 'removed' || path.length !== 1) return false;
  const [kind = '', ...labels] = (path[0] ?? '').split('.');
  const prefix = {
    resource: '',
    data: 'data.',
    variable: 'var.',
    output: `module.${module.replaceAll('-', '_')}(?:\\[[^\\]]*\\])?.`,
  }[kind];
  if (prefix === undefined) return false;
  const reference = new RegExp(`(?<![\\w.])${prefix}${labels.join('\\.')}\\b`);
  const folder = kind === 'output' ? 'infra' : join('infra/modules', module);
  const others = globSync(`${folder}/*.tf`, { cwd: root }).filter((other) => other !== file);
  const texts = [text, ...others.map((other) => readFileSync(join(root, other), 'utf8'))];
  return texts.some((it) => reference.test(it.replace(/^\s*#.*$/gm, '')));
}
