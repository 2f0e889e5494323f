import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { VirtualClock } from '../../local/host/engine/clock.ts';
import { virtualClock } from '../../local/host/engine/clock.ts';
import type { InstanceRow } from '../../local/host/engine/storage/instance-row.ts';
import { TERMINAL } from '../../local/host/engine/storage/instance-row.ts';
import type { LogEntry } from '../../local/host/log.ts';
import { filteredLogger } from '../../local/host/log.ts';
import type { HostOptions, RunningHost } from '../../local/host/start-host.ts';
import { startHost } from '../../local/host/start-host.ts';

export function fixture(name: string): string {
  return path.join(import.meta.dirname, 'fixtures', name, 'app.ts');
}

/** A folder that is gone when the process ends its tests. */
export function stateFolder(): { path: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'local-host-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface HostUnderTest extends RunningHost {
  readonly clock: VirtualClock;
  readonly logged: readonly LogEntry[];
  readonly stateDir: string;
  /** Starts an instance and returns its id. */
  begin(name: string, input?: unknown, instanceId?: string): string;
  /** Lets everything that needs no time happen, then shows the instance. */
  now(instanceId: string): Promise<InstanceRow>;
  /** Starts an instance, jumps from timer to timer until it ends, and shows it. */
  finish(name: string, input?: unknown): Promise<InstanceRow>;
  finished(instanceId: string): Promise<InstanceRow>;
}

/** The fixture's app on a host with virtual time and its own state folder. */
export async function hostUnderTest(name: string, options: Partial<HostOptions> = {}): Promise<HostUnderTest> {
  const clock = virtualClock();
  const logged: LogEntry[] = [];
  const state = stateFolder();
  const host = await startHost({
    app: fixture(name),
    stateDir: state.path,
    clock,
    log: filteredLogger('information', (entry) => logged.push(entry)),
    ...options,
  }).catch((error: unknown) => {
    state.remove();
    throw error;
  });
  const now = async (instanceId: string): Promise<InstanceRow> => {
    await host.idle();
    const row = host.engine.instance(instanceId);
    assert.ok(row, `no instance ${instanceId}`);
    return row;
  };
  const begin = (orchestrator: string, input?: unknown, instanceId?: string): string => {
    const outcome = host.engine.start({
      name: orchestrator,
      input: input === undefined ? null : JSON.stringify(input),
      ...(instanceId === undefined ? {} : { instanceId }),
    });
    assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
    return outcome.kind === 'started' ? outcome.instanceId : '';
  };
  const finished = async (instanceId: string): Promise<InstanceRow> => {
    for (;;) {
      const row = await now(instanceId);
      if (TERMINAL.has(row.status)) return row;
      assert.ok(clock.advanceToNextTimer(), `${instanceId} is ${row.status} and waits for nothing`);
    }
  };
  return {
    ...host,
    clock,
    logged,
    stateDir: options.stateDir ?? state.path,
    begin,
    now,
    finished,
    finish: (orchestrator, input) => finished(begin(orchestrator, input)),
    stop: async () => {
      await host.stop();
      state.remove();
    },
  };
}

export function outputOf(row: InstanceRow): unknown {
  assert.equal(row.status, 'Completed', row.output ?? '');
  return JSON.parse(row.output ?? 'null');
}

/** A promise that a test settles, for an activity that must be caught in the middle. */
export function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}
