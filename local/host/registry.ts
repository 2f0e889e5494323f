import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionCallback, FunctionMetadata, ProgrammingModel, RpcBindingInfo } from './core-types.ts';
import type { Registrations } from './functions-core.ts';
import { collectRegistrations } from './functions-core.ts';

export interface RegisteredFunction {
  readonly name: string;
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
  readonly trigger: RpcBindingInfo;
  readonly triggerName: string;
  /** The trigger's type in lower case, for example `httptrigger`. */
  readonly triggerType: string;
}

export interface App {
  readonly functions: ReadonlyMap<string, RegisteredFunction>;
  readonly hooks: Registrations['hooks'];
  readonly model: ProgrammingModel;
}

const loaded = new Map<string, Promise<App>>();
let lastLoad: Promise<unknown> = Promise.resolve();

/**
 * Loads the app once per process and file: modules cannot be unloaded, so a second host for the same file gets the
 * same functions. Throws what the app's own modules throw.
 */
export function loadApp(appFile: string): Promise<App> {
  const file = path.resolve(appFile);
  const known = loaded.get(file);
  if (known !== undefined) return known;
  if (!existsSync(file)) throw new Error(`The app ${file} does not exist.`);
  const app = lastLoad.then(() => collectRegistrations(() => import(pathToFileURL(file).href))).then(appOf(file));
  lastLoad = app.catch(() => undefined);
  loaded.set(file, app);
  return app;
}

function appOf(file: string): (registrations: Registrations) => Promise<App> {
  return async ({ functions, hooks, model }) => {
    if (model === undefined)
      throw new Error(
        `${file} registered no function: it does not use @azure/functions, or that was loaded before this host.`,
      );
    const capabilities = await model.getCapabilities({});
    if (capabilities.HttpUri !== undefined) {
      throw new Error('The app enables HTTP streaming (app.setup), which the local host does not support.');
    }
    const registered = [...functions].map(([name, { metadata, callback }]) => {
      const found = Object.entries(metadata.bindings).find(([, { type }]) => /trigger$/i.test(type));
      if (found === undefined) throw new Error(`The function "${name}" has no trigger.`);
      const [triggerName, trigger] = found;
      const triggerType = trigger.type.toLowerCase();
      return [name, { name, metadata, callback, trigger, triggerName, triggerType }] as const;
    });
    return { functions: new Map(registered), hooks, model };
  };
}

/** Names are compared without case, as the Functions host does. */
export function functionNamed(app: App, name: string): RegisteredFunction | undefined {
  const exact = app.functions.get(name);
  if (exact !== undefined) return exact;
  return [...app.functions.values()].find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
}

export function functionsOfType(app: App, triggerType: string): RegisteredFunction[] {
  return [...app.functions.values()].filter((candidate) => candidate.triggerType === triggerType.toLowerCase());
}
