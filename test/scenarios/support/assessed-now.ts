import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '../../../local/stack.ts';
import type { PostureRun } from '../../../src/posture/runs/run.ts';

/** Has the checklist assessed, and waits until the run is filed. */
export async function assessedNow({ api }: Pick<Stack, 'api'>): Promise<PostureRun> {
  const begun = await api('/api/posture', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'How does it stand?' }),
  });
  assert.equal(begun.status, 202);
  const { runId } = (await begun.json()) as { readonly runId: string };
  for (;;) {
    const { run } = (await (await api(`/api/posture/runs/${runId}`)).json()) as { readonly run?: PostureRun };
    if (run !== undefined) return run;
    await delay(100);
  }
}
