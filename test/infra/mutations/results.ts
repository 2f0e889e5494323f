import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Caught } from './detect.ts';
import type { Mutant } from './mutants.ts';

export interface Verdict {
  /** How far it was looked for: by the runs of its module, or in the complete example too. */
  readonly checked: 'module' | 'example';
  /** What noticed it; nothing, so far. */
  readonly by: Caught | null;
}

type Line = Verdict & Pick<Mutant, 'name' | 'how'>;

/** What is known of each mutant, one line for each check in a file; in memory alone without one. */
export class Results {
  readonly #file: string | undefined;
  readonly #known = new Map<string, Verdict>();

  constructor(file: string | undefined) {
    this.#file = file;
    if (file === undefined || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const known = JSON.parse(line) as Line;
      this.#known.set(keyOf(known), known);
    }
  }

  /** Only for the very same change: a module that was edited since has others. */
  of(mutant: Mutant): Verdict | undefined {
    return this.#known.get(keyOf(mutant));
  }

  add({ name, how }: Mutant, checked: Verdict['checked'], by: Caught | undefined): Verdict {
    const verdict = { checked, by: by ?? null };
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify({ name, how, ...verdict })}\n`);
    return verdict;
  }
}

const keyOf = ({ name, how }: Pick<Mutant, 'name' | 'how'>): string => `${name}: ${how}`;
