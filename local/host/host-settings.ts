import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const timeSpan = z.string().transform((text, context) => {
  const ms = millisecondsOf(text);
  if (ms === undefined) context.addIssue({ code: 'custom', message: `"${text}" is not a time span [d.]hh:mm:ss` });
  return ms ?? 0;
});

/** The settings of host.json that this host honours; everything else is the business of Azure's host. */
const hostJson = z.object({
  version: z.literal('2.0'),
  functionTimeout: z
    .string()
    .refine((text) => text === '-1' || millisecondsOf(text) !== undefined, 'neither a time span [d.]hh:mm:ss nor -1')
    .optional(),
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).prefault({}),
      queues: z
        .object({
          batchSize: z.int().min(1).max(32).default(16),
          maxDequeueCount: z.int().min(1).default(5),
          visibilityTimeout: timeSpan.prefault('00:00:00'),
          maxPollingInterval: timeSpan.optional(),
          messageEncoding: z.enum(['base64', 'none']).default('base64'),
        })
        .prefault({}),
      eventHubs: z.object({ maxEventBatchSize: z.int().min(1).default(100) }).prefault({}),
      durableTask: z
        .object({
          hubName: z.string().default('TestHubName'),
          defaultVersion: z.string().optional(),
          versionMatchStrategy: z.enum(['None', 'Strict', 'CurrentOrOlder']).default('CurrentOrOlder'),
          versionFailureStrategy: z.enum(['Reject', 'Fail']).default('Reject'),
          maxConcurrentActivityFunctions: z.int().min(1).default(20),
          maxConcurrentOrchestratorFunctions: z.int().min(1).default(10),
          overridableExistingInstanceStates: z.enum(['NonRunningStates', 'AnyState']).default('NonRunningStates'),
        })
        .prefault({}),
    })
    .prefault({}),
});

export type HostSettings = z.infer<typeof hostJson>['extensions'];

export interface AppRoot {
  /** The folder that holds host.json. */
  readonly folder: string;
  readonly settings: HostSettings;
  /** How long a function may run; undefined where host.json sets no limit, or none (-1). */
  readonly functionTimeout: { readonly ms: number; readonly text: string } | undefined;
}

/**
 * Reads host.json from the nearest folder at or above the app file, and puts settings in for `%NAME%`.
 * Throws with the file and every fault where it is missing or wrong.
 */
export function readAppRoot(appFile: string, settings: Readonly<Record<string, string | undefined>>): AppRoot {
  const folder = folderWithHostJson(path.dirname(appFile));
  if (folder === undefined) throw new Error(`No host.json in the folder of ${appFile} or above it.`);
  const file = path.join(folder, 'host.json');
  const text = readFileSync(file, 'utf8');
  const parsed = hostJson.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const { extensions, functionTimeout } = parsed.data;
  const hubName = withSettings(extensions.durableTask.hubName, settings, 'LocalTaskHub');
  const ms = functionTimeout === undefined ? undefined : millisecondsOf(functionTimeout);
  return {
    folder,
    settings: { ...extensions, durableTask: { ...extensions.durableTask, hubName } },
    functionTimeout: functionTimeout === undefined || ms === undefined ? undefined : { ms, text: functionTimeout },
  };
}

/** `%NAME%` means the app setting NAME, in host.json and in bindings. Throws where it is unset and has no fallback. */
export function withSettings(
  text: string,
  settings: Readonly<Record<string, string | undefined>>,
  fallback?: string,
): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = settings[name] ?? fallback;
    if (value === undefined) throw new Error(`"%${name}%" is used in a binding, but the setting ${name} is not set.`);
    return value;
  });
}

/** Milliseconds of a .NET time span `[d.]hh:mm:ss[.fff]`. */
export function millisecondsOf(text: string): number | undefined {
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,7})?)?$/.exec(text);
  if (match === null) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Math.round(Number(fraction) * 1000);
}

function folderWithHostJson(start: string): string | undefined {
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'host.json'))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}
