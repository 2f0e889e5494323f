import { resolve } from 'node:path';
import { appOf, runStack } from './run-stack.ts';
import { printCaseSummary } from './telling/print-case-summary.ts';
import { makeProgress } from './telling/show-progress.ts';
import { DEMO_SCALE } from './tenant/seeds/demo-scale.ts';

interface DemoOptions {
  readonly json: boolean;
  readonly bundle: boolean;
  readonly repos: number;
  readonly identities: number;
  readonly latency: number;
}

/** Runs the demo's story over a stack of its own, and ends the process. */
export async function runDemo({ json, bundle, repos, identities, latency }: DemoOptions): Promise<never> {
  return runStack(
    () => ({
      scale: { ...DEMO_SCALE, repositories: repos, identities },
      latencyMs: latency,
      settings: { RETRY_DELAY_MS: '1000', VERIFY_INTERVAL_MS: '1000', VERIFY_DEADLINE_MS: '10000' },
      ...appOf(bundle),
    }),
    async (stack) => {
      const report = await printCaseSummary(stack, {
        say: json ? () => {} : (line) => process.stdout.write(`${line}\n`),
        progress: makeProgress(process.stdout, !json),
        folder: resolve('.local/reports'),
      });
      if (json) process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
      return report.outcome === 'failed' ? 1 : 0;
    },
  );
}
