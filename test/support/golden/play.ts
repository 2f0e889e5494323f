import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { virtualClock } from '../../../local/host/engine/clock.ts';
import { createEngine, type Engine } from '../../../local/host/engine/engine.ts';
import { EVENT } from '../../../local/host/engine/replay/history.ts';
import { TERMINAL } from '../../../local/host/engine/storage/instance-row.ts';
import { Store } from '../../../local/host/engine/storage/store.ts';
import { installFunctionsCore } from '../../../local/host/functions-core.ts';
import { readAppRoot } from '../../../local/host/host-settings.ts';
import { createInvoker } from '../../../local/host/invoker.ts';
import { loadApp } from '../../../local/host/registry.ts';
import type { OffboardLeaverInput } from '../../../src/cases/case.ts';
import { answers, resultsIn } from './answers.ts';
import { type Recording, takeRecording } from './recording.ts';

const APP = `${import.meta.dirname}/fixtures/app.ts`;

/** How a recorded case goes this time. */
export interface Play {
  readonly title: string;
  readonly caseId: string;
  /** What an activity answers, given what it answered when it was recorded; what is thrown fails it. */
  readonly answer: (activity: string, recorded: unknown) => unknown;
  /** Done while this activity waits to answer, for the first time. */
  readonly during?: { readonly activity: string; readonly act: (engine: Engine, instanceId: string) => void };
}

/** The product's orchestrations once more over what activities answered in a recording, on a task hub of their own. */
export async function play(recording: Recording, { title, caseId, answer, during }: Play): Promise<Recording> {
  const log = (): void => undefined;
  installFunctionsCore(log);
  const app = await loadApp(APP);
  const invoke = createInvoker({ app, log, inputBinding: () => undefined });
  const { durableTask: settings } = readAppRoot(APP, { TASK_HUB_NAME: 'hub' }).settings;
  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  const store = new Store(folder);
  const clock = virtualClock();
  const engine = createEngine({ app, store, clock, invoke, log, settings, determinism: 'strict' });

  const results = resultsIn(recording);
  let reached = (): void => undefined;
  const waits = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  answers.of = async (activity) => {
    const left = results.get(activity) ?? [];
    const recorded = left.length > 1 ? left.shift() : left[0];
    if (activity === during?.activity) {
      reached();
      await opened;
    }
    return answer(activity, recorded);
  };

  const started = recording.instances[0]?.events.find(({ EventType }) => EventType === EVENT.executionStarted);
  if (started?.EventType !== EVENT.executionStarted) throw new Error(`${recording.title} has no beginning`);
  const input = JSON.parse(started.Input ?? 'null') as OffboardLeaverInput;
  // What breaks breaks for good: how attempts are repeated, the recording shows.
  const once = { ...input, policy: { ...input.policy, attempts: 1 } };
  const instanceId = `case-${caseId}`;
  engine.run();
  engine.start({ name: started.Name, instanceId, input: JSON.stringify(once) });
  if (during !== undefined) {
    await waits;
    during.act(engine, instanceId);
  }
  open();
  for (;;) {
    await engine.idle();
    if (store.withDescendants(instanceId).every((id) => TERMINAL.has(store.instance(id)?.status ?? 'Running'))) break;
    if (!clock.advanceToNextTimer()) throw new Error(`${title}: it waits for nothing`);
  }
  await engine.stop(0);
  const played = takeRecording(store, instanceId, title);
  store.close();
  rmSync(folder, { recursive: true, force: true });
  return played;
}
