import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { HistoryEvent, ParentInstance } from '../../../local/host/engine/replay/history.ts';
import { TERMINAL } from '../../../local/host/engine/storage/instance-row.ts';
import type { Store } from '../../../local/host/engine/storage/store.ts';

/** One instance as it ran once, in the shape in which Durable Functions keeps it. */
export interface RecordedInstance {
  readonly instanceId: string;
  readonly name: string;
  readonly version: string;
  readonly parent: ParentInstance | null;
  readonly events: readonly HistoryEvent[];
}

/** An orchestration and everything that it called. */
export interface Recording {
  readonly title: string;
  readonly instances: readonly RecordedInstance[];
}

export const GOLDEN = path.resolve(import.meta.dirname, '../../golden');

/** The version that this code gives to new instances: `defaultVersion` in host.json. */
export function currentVersion(): string {
  const host = readFileSync(path.resolve(import.meta.dirname, '../../../host.json'), 'utf8');
  const { extensions } = JSON.parse(host) as { extensions: { durableTask: { defaultVersion: string } } };
  return extensions.durableTask.defaultVersion;
}

export function readRecordings(): readonly { readonly file: string; readonly recording: Recording }[] {
  return globSync('*/*.jsonl', { cwd: GOLDEN })
    .sort()
    .map((file) => ({ file, recording: parseRecording(readFileSync(path.join(GOLDEN, file), 'utf8')) }));
}

/** Takes the family of an instance out of a task hub, when all of it has ended. */
export function takeRecording(store: Store, instanceId: string, title: string): Recording {
  const instances = store.withDescendants(instanceId).map((id): RecordedInstance => {
    const row = store.instance(id);
    if (row === undefined || !TERMINAL.has(row.status)) throw new Error(`${id} has not ended: ${row?.status}`);
    const events = store.history(id).map((event) => JSON.parse(event) as HistoryEvent);
    return { instanceId: id, name: row.name, version: row.version ?? '', parent: row.parent, events };
  });
  return { title, instances };
}

/** One line each: the title, then every instance, followed by its events. */
export function recordingText({ title, instances }: Recording): string {
  const lines = instances.flatMap(({ events, ...instance }) => [{ instance }, ...events]);
  return [{ title }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function parseRecording(text: string): Recording {
  const [head = '', ...lines] = text.trimEnd().split('\n');
  const instances: { instance: Omit<RecordedInstance, 'events'>; events: HistoryEvent[] }[] = [];
  for (const line of lines) {
    const value = JSON.parse(line) as { instance: Omit<RecordedInstance, 'events'> } | HistoryEvent;
    if ('instance' in value) instances.push({ ...value, events: [] });
    else instances.at(-1)?.events.push(value);
  }
  const { title } = JSON.parse(head) as { title: string };
  return { title, instances: instances.map(({ instance, events }) => ({ ...instance, events })) };
}
