import assert from 'node:assert/strict';
import { makeMachine } from './support/machine.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

export const quiet = ({ code, output }: { code: number | null; output: string }) =>
  assert.deepEqual([code, output], [0, '']);

/** A receiver of reports, and machines of GitHub that tell it. */
export async function startNeverInTheWay() {
  const receiver: Receiver = await startReceiver();

  const github = (more: Partial<Parameters<typeof makeMachine>[0]> = {}) =>
    makeMachine({ vendor: 'github', receiver, ...more });

  return { receiver, github };
}

export type NeverInTheWayWorld = Awaited<ReturnType<typeof startNeverInTheWay>>;
