import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExternalEvents } from '../../../local/host/engine/replay/external-events.ts';
import { callOrchestrator } from '../../../local/host/engine/replay/orchestrator-call.ts';
import type { Invocation, Invoke } from '../../../local/host/invoker.ts';
import type { RegisteredFunction } from '../../../local/host/registry.ts';

const target = { name: 'o' } as RegisteredFunction;

test('an orchestrator is called as the extension calls it: history with what is new marked, its input, its parent', async () => {
  const sent: Invocation[] = [];
  const invoke: Invoke = async (_, invocation) => {
    sent.push(invocation);
    return { ok: false, error: new Error('seen enough'), inputs: [], context: undefined };
  };
  const parent = { instanceId: 'p', executionId: 'e', taskId: 3 };
  const call = {
    schema: 'V4',
    instanceId: 'i',
    parent,
    input: '{"a":1}',
    past: ['{"EventType":12}'],
    fresh: ['{"EventType":15}'],
  } as const;
  assert.deepEqual(await callOrchestrator(invoke, target, call), { kind: 'broken', message: 'seen enough' });
  assert.deepEqual(JSON.parse(sent[0]?.trigger.string ?? ''), {
    history: [
      { IsPlayed: true, EventType: 12 },
      { IsPlayed: false, EventType: 15 },
    ],
    input: { a: 1 },
    instanceId: 'i',
    isReplaying: true,
    parentInstanceId: 'p',
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    longRunningTimerIntervalDuration: '3.00:00:00',
    maximumShortTimerDuration: '6.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  });
});

for (const [what, error] of [
  ['has no message', new Error('x\n\n$OutOfProcData$:{"isDone":false,"actions":[[]],"schemaVersion":2}')],
  ['is in an unknown form', new Error('x\n\n$OutOfProcData$:{"isDone":false,"actions":[]}')],
] as const) {
  test(`an orchestrator whose failure ${what} is broken instead of waiting for ever`, async () => {
    const invoke: Invoke = async () => ({ ok: false, error, inputs: [], context: undefined });
    const answer = await callOrchestrator(invoke, target, {
      schema: 'V4',
      instanceId: 'i',
      parent: null,
      input: null,
      past: [],
      fresh: [],
    });
    assert.equal(answer.kind, 'broken');
  });
}

test('external events go to the latest wait of the name, whatever its case, and early ones to the first, once', () => {
  const events = new ExternalEvents();
  const abandoned = events.waitFor('go');
  const latest = events.waitFor('GO');
  events.raise('Go');
  assert.deepEqual([abandoned.state(), latest.state()], ['running', 'completed']);
  events.raise('go');
  assert.equal(abandoned.state(), 'completed');
  events.raise('early');
  assert.deepEqual(events.unreceived(), ['early']);
  assert.equal(events.waitFor('early').state(), 'completed');
  assert.deepEqual([events.waitFor('early').state(), events.unreceived()], ['running', []]);
});
