import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runEpisode } from '../../../local/host/engine/replay/episode.ts';
import type { HistoryEvent } from '../../../local/host/engine/replay/history.ts';
import { at, EVENT } from '../../../local/host/engine/replay/history.ts';
import type { InstanceRow } from '../../../local/host/engine/storage/instance-row.ts';
import { callActivity } from '../../../local/host/engine/work/activity-call.ts';
import { installFunctionsCore } from '../../../local/host/functions-core.ts';
import { createInvoker } from '../../../local/host/invoker.ts';
import { functionNamed, loadApp } from '../../../local/host/registry.ts';
import { fc } from '../../support/properties.ts';
import type { Step } from '../fixtures/program/program.ts';
import { expected } from '../fixtures/program/program.ts';
import { fixture } from '../host-under-test.ts';

const log = (): void => undefined;
installFunctionsCore(log);
const app = await loadApp(fixture('program'));
const invoke = createInvoker({ app, log, inputBinding: () => undefined });
const parts = {
  invoke,
  determinism: 'strict',
  orchestrator: (name: string) => functionNamed(app, name),
  refuse: () => undefined,
} as const;

/** Says which of the waiting completions come next, and in which order. */
type Choose = (waiting: number) => readonly number[];

/** Runs a program episode by episode; completions arrive in the batches and the order that `choose` says. */
async function run(instanceId: string, steps: readonly Step[], choose: Choose): Promise<unknown> {
  let now = Date.UTC(2026, 0, 1);
  const instance: InstanceRow = {
    instanceId,
    executionId: instanceId.replaceAll(':', ''),
    name: 'program',
    version: null,
    status: 'Running',
    input: JSON.stringify(steps),
    output: null,
    customStatus: null,
    createdAt: now,
    updatedAt: now,
    parent: null,
  };
  const past: string[] = [];
  const waiting: HistoryEvent[] = [];
  const timers: Extract<HistoryEvent, { EventType: typeof EVENT.timerFired }>[] = [];
  const started = { EventType: EVENT.executionStarted, Name: 'program', Version: null, Input: instance.input } as const;
  let batch: HistoryEvent[] = [at(now, { ...started, ParentInstance: null })];
  for (;;) {
    now += 1;
    const messages = batch.map((event, id) => ({ id, executionId: null, event }));
    const episode = await runEpisode(parts, instance, past, messages, now);
    past.push(...episode.events.map((event) => JSON.stringify(event)));
    for (const [taskId, what] of episode.scheduled) {
      if (what.kind === 'timer') {
        const FireAt = new Date(what.fireAt).toISOString();
        timers.push(at(what.fireAt, { EventType: EVENT.timerFired, TimerId: taskId, FireAt }));
      } else if (what.kind === 'activity') {
        const item = { id: taskId, instanceId, executionId: '', taskId, name: what.name, input: what.input };
        waiting.push(await callActivity(invoke, functionNamed(app, what.name), item, () => now));
      } else {
        const result = await run(what.instanceId, JSON.parse(what.input ?? '[]') as Step[], choose);
        const Result = JSON.stringify(result);
        waiting.push(at(now, { EventType: EVENT.subOrchestrationCompleted, TaskScheduledId: taskId, Result }));
      }
    }
    if (episode.completion !== undefined) {
      assert.equal(episode.completion.status, 'Completed', JSON.stringify(episode.completion));
      return JSON.parse(episode.completion.status === 'Completed' ? (episode.completion.result ?? 'null') : '');
    }
    if (waiting.length === 0) {
      timers.sort((a, b) => a.FireAt.localeCompare(b.FireAt));
      const timer = timers.shift();
      assert.ok(timer, `${instanceId} waits for nothing`);
      now = Math.max(now, Date.parse(timer.FireAt));
      batch = [timer];
    } else {
      batch = choose(waiting.length).map((i) => waiting[i] as HistoryEvent);
      for (const event of batch) waiting.splice(waiting.indexOf(event), 1);
    }
  }
}

const leaf: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('activity' as const), value: fc.nat(9) }),
  fc.record({ kind: fc.constant('retried' as const), value: fc.nat(9), failures: fc.nat(3) }),
  fc.record({ kind: fc.constant('timer' as const), minutes: fc.integer({ min: 1, max: 60 * 24 * 20 }) }),
);
const steps = fc.letrec<{ program: Step[]; step: Step; child: Step; task: Step }>((tie) => ({
  program: fc.array(tie('step'), { minLength: 1, maxLength: 4, depthIdentifier: 'program' }),
  child: fc.record({ kind: fc.constant('child' as const), steps: tie('program') }),
  task: fc.oneof({ maxDepth: 2, depthIdentifier: 'program' }, leaf, tie('child')),
  step: fc.oneof(
    leaf,
    fc.record({ kind: fc.constant('failing' as const), value: fc.nat(9) }),
    fc.record({ kind: fc.constant('race' as const), value: fc.nat(9) }),
    fc.record({ kind: fc.constant('together' as const), steps: fc.array(tie('task'), { minLength: 1, maxLength: 5 }) }),
  ),
})).program;

let runs = 0;

test('an orchestration returns the same, however its completions are batched and ordered', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.nat()), async (program, numbers) => {
      const choose: Choose = (waiting) => {
        const order = Array.from({ length: waiting }, (_, i) => i);
        const next = (below: number): number => (numbers.next().value as number) % below;
        for (let i = order.length - 1; i > 0; i -= 1) {
          const j = next(i + 1);
          [order[i], order[j]] = [order[j] as number, order[i] as number];
        }
        return order.slice(0, 1 + next(waiting));
      };
      assert.deepEqual(await run(`run${runs++}`, program, choose), expected(program));
    }),
    { numRuns: 200 },
  );
});
