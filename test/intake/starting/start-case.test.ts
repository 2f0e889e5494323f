import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DurableClient } from 'durable-functions';
import { startOnce } from '../../../src/intake/starting/start-case.ts';

const never = (): Promise<never> => new Promise(() => {});
const unknown = async (): Promise<never> => {
  throw new Error('no such instance: HTTP 404');
};

for (const [what, client] of [
  ['is asked', { getStatus: never, startNew: never }],
  ['is told to start', { getStatus: unknown, startNew: never }],
] as const) {
  test(`an engine that takes calls and answers nothing when it ${what} holds nobody`, async () => {
    const starting = startOnce(client as unknown as DurableClient, 'offboardLeaver', 'case-1', {}, 1);
    await assert.rejects(starting, { code: 'deadline-passed' });
  });
}
