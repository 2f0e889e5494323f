/**
 * What a run of the checklist costs over the case study's firm: calls by vendor, seconds, and bytes that are filed.
 * `npm run bench:posture -- --runs 3`
 */
import { parseArgs } from 'node:util';
import { readNumber } from '../local/read-number.ts';
import { startStack } from '../local/stack.ts';
import { PostureRunSchema } from '../src/posture/runs/run.ts';
import { quartiles } from './measure/quartiles.ts';

const { values } = parseArgs({ options: { runs: { type: 'string' }, latency: { type: 'string' } } });
const runs = readNumber('--runs', values.runs, 3, 1, 20);
const latencyMs = readNumber('--latency', values.latency, 50, 0, 1_000);

const stack = await startStack({ latencyMs, settings: { LOCAL_TIMERS: 'by-hand' } });
try {
  const took: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const from = stack.tenant.calls.length;
    const begun = performance.now();
    const { bytes, metrics } = await assess();
    const seconds = (performance.now() - begun) / 1_000;
    took.push(seconds);
    const calls = Map.groupBy(stack.tenant.calls.slice(from), ({ vendor }) => vendor);
    const counted = [...calls].map(([vendor, all]) => `${vendor} ${all.length}`).sort();
    const all = [...calls.values()].reduce((sum, { length }) => sum + length, 0);
    process.stdout.write(
      `run ${run}: ${all} calls (${counted.join(', ')}), ${seconds.toFixed(1)} s, ${Math.round(bytes / 1_000)} KB filed, ${metrics} numbers\n`,
    );
  }
  process.stdout.write(`median ${quartiles(took).median.toFixed(1)} s, each vendor answering after ${latencyMs} ms\n`);
} finally {
  await stack.stop();
}

/** Asks for a run and waits until it is filed; the size of what an auditor is given of it. */
async function assess(): Promise<{ readonly bytes: number; readonly metrics: number }> {
  const asked = await stack.api('/api/posture', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'What does it cost?' }),
  });
  if (asked.status !== 202) throw new Error(`POST /api/posture: ${asked.status} ${await asked.text()}`);
  const { runId } = (await asked.json()) as { readonly runId: string };
  const path = `/api/posture/runs/${runId}`;
  for (;;) {
    const { run } = (await (await stack.api(path)).json()) as { readonly run?: unknown };
    if (run !== undefined) {
      const page = await (await stack.api(`${path}/report.html`)).text();
      return { bytes: JSON.stringify(run).length + page.length, metrics: PostureRunSchema.parse(run).metrics.length };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
