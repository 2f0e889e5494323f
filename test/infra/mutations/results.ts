import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Caught } from './detect.ts';
import type { Mutant } from './mutants.ts';

interface Line extends Pick<Mutant, 'name' | 'how'> {
  /** What noticed it; null where nothing did. */
  readonly by: Caught | null;
}

/** What is known of each mutant, a line each in a file; in memory alone without one. */
export class Results {
  readonly #file: string | undefined;
  readonly #known = new Map<string, Caught | null>();

  constructor(file: string | undefined) {
    this.#file = file;
    if (file === undefined || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const known = JSON.parse(line) as Line;
      this.#known.set(keyOf(known), known.by);
    }
  }

  /** Only for the very same change: a module that was edited since has others. */
  of(mutant: Mutant): Caught | null | undefined {
    return this.#known.get(keyOf(mutant));
  }

  add({ name, how }: Mutant, by: Caught | undefined): Caught | null {
    const line: Line = { name, how, by: by ?? null };
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
    return line.by;
  }
}

const keyOf = ({ name, how }: Pick<Line, 'name' | 'how'>): string => `${name}: ${how}`;
