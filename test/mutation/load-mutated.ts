/** Loads tests again and again in one process, with one source replaced by itself with all mutants in it. */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gathered, type Unit } from './stand-in.ts';

const STAND_IN = new URL('./stand-in.ts', import.meta.url).href;
const isOurs = (url: string): boolean => url.startsWith('file:') && !url.includes('/node_modules/');

/** The modules of one process. A new generation reads anew whatever stands on the replaced source, and nothing else. */
export class Loader {
  readonly #importers = new Map<string, Set<string>>();
  readonly #sources = new Map<string, string>();
  #generation = 0;
  #stale: ReadonlySet<string> = new Set();

  constructor(replaced: string, source: string) {
    const file = pathToFileURL(replaced).href;
    this.#sources.set(file, source);
    registerHooks({
      resolve: (specifier, context, next) => {
        if (specifier === 'node:test') return { url: STAND_IN, shortCircuit: true };
        const found = next(specifier, context);
        const url = bare(found.url);
        if (!isOurs(url)) return found;
        if (context.parentURL !== undefined) this.#note(bare(context.parentURL), url);
        return this.#stale.has(url) ? { ...found, url: `${url}?g=${this.#generation}` } : found;
      },
      load: (url, context, next) => {
        const path = bare(url);
        if (path !== file && path === url) return next(url, context);
        return { format: 'module', shortCircuit: true, source: this.#sourceOf(path) };
      },
    });
    this.#file = file;
  }
  readonly #file: string;

  /** The source alone: what it does as it is loaded. */
  async loadSource(): Promise<void> {
    await import(this.#file);
  }

  load(test: string): Promise<{ units: Unit[]; end: () => Promise<void> }> {
    const url = pathToFileURL(test).href;
    return gathered(() => import(this.#stale.has(url) ? `${url}?g=${this.#generation}` : url));
  }

  /** From now on, what stands on the source is loaded afresh. */
  renew(): void {
    this.#generation += 1;
    const stale = new Set([this.#file]);
    for (const url of stale) for (const importer of this.#importers.get(url) ?? []) stale.add(importer);
    this.#stale = stale;
  }

  #note(parent: string, url: string): void {
    const importers = this.#importers.get(url) ?? new Set();
    this.#importers.set(url, importers.add(parent));
  }

  #sourceOf(url: string): string {
    const known = this.#sources.get(url);
    if (known !== undefined) return known;
    const text = readFileSync(fileURLToPath(url), 'utf8');
    const source = url.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
    this.#sources.set(url, source);
    return source;
  }
}

const bare = (url: string): string => url.replace(/\?g=\d+$/, '');
