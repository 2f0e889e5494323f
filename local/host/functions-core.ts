import { registerHooks } from 'node:module';
import type { FunctionCallback, FunctionMetadata, HookCallback, HookName, ProgrammingModel } from './core-types.ts';
import type { Logger } from './log.ts';

/** What an app registered while it was being loaded. */
export interface Registrations {
  readonly functions: Map<string, { readonly metadata: FunctionMetadata; readonly callback: FunctionCallback }>;
  readonly hooks: Map<HookName, Set<HookCallback>>;
  model: ProgrammingModel | undefined;
}

const MODULE = '@azure/functions-core';
const URL_OF_MODULE = 'local-host:functions-core';
const GLOBAL = Symbol.for('mcp-offboarding.local-host.functions-core');

/**
 * `@azure/functions` asks once per process for its core module and keeps the answer, so there is one core module
 * per process too, which writes into whatever registrations are current.
 */
let current: Registrations | undefined;
let model: ProgrammingModel | undefined;
let systemLog: Logger | undefined;
let installed = false;

/**
 * Makes `require('@azure/functions-core')` and `import('@azure/functions-core')` answer with this host's module,
 * for source files, for packages and for a CommonJS bundle alike.
 */
export function installFunctionsCore(log: Logger): void {
  systemLog = log;
  if (installed) return;
  installed = true;
  Object.assign(globalThis, { [GLOBAL]: coreModule });
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === MODULE ? { url: URL_OF_MODULE, format: 'commonjs', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === URL_OF_MODULE
        ? {
            format: 'commonjs',
            source: `module.exports = globalThis[Symbol.for(${JSON.stringify(GLOBAL.description)})];`,
            shortCircuit: true,
          }
        : next(url, context),
  });
}

/** Runs `load` and returns what was registered meanwhile. Loads must not overlap. */
export async function collectRegistrations(load: () => Promise<unknown>): Promise<Registrations> {
  const collected: Registrations = { functions: new Map(), hooks: new Map(), model: undefined };
  current = collected;
  try {
    await load();
  } finally {
    current = undefined;
  }
  collected.model = model;
  return collected;
}

const coreModule = {
  version: '3.12.0',
  hostVersion: '4.1041.0',
  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback) {
    const { functions } = open(`register the function "${metadata.name}"`);
    if (functions.has(metadata.name)) throw new Error(`A function named "${metadata.name}" is registered twice.`);
    functions.set(metadata.name, { metadata, callback });
    return new Disposable(() => functions.delete(metadata.name));
  },
  registerHook(name: HookName, callback: HookCallback) {
    const { hooks } = open(`register a hook "${name}"`);
    const callbacks = hooks.get(name) ?? new Set();
    hooks.set(name, callbacks.add(callback));
    return new Disposable(() => callbacks.delete(callback));
  },
  setProgrammingModel(value: ProgrammingModel) {
    model = value;
  },
  getProgrammingModel: () => model,
  log(level: Parameters<Logger>[0], category: string, message: string) {
    systemLog?.(level, category, message);
  },
  get Disposable() {
    return Disposable;
  },
};

class Disposable {
  readonly #callback: () => unknown;

  constructor(callback: () => unknown) {
    this.#callback = callback;
  }

  dispose(): void {
    this.#callback();
  }
}

function open(what: string): Registrations {
  if (current === undefined) throw new Error(`Cannot ${what} after the app has started.`);
  return current;
}
