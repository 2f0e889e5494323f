import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '../../local/stack.ts';
import type { CallRecord } from '../../local/tenant/core/server.ts';
import { casePolicy } from '../../src/config/config-cases.ts';
import { loadConfig } from '../../src/config.ts';

/** What one sweep asked of GitHub. */
export interface GitHubCalls {
  readonly all: number;
  readonly graphql: number;
  /** REST calls that cost one of the hour’s requests: 304 is free there. */
  readonly primary: number;
  /** Points of the minute: every REST call costs them. */
  readonly points: number;
  readonly unchanged: number;
  /** Refused by a limit. */
  readonly refused: number;
}

export interface Swept {
  readonly github: GitHubCalls;
  readonly seconds: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** The most memory that the app's process has had resident, by Linux; megabytes. */
export async function peakMegabytes(stack: Pick<Stack, 'pid'>): Promise<number> {
  const status = await readFile(`/proc/${stack.pid()}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}

/** Starts a sweep as its timer does, whatever hour it is. */
export async function startSweep(
  stack: Stack,
  name: string,
): Promise<{ readonly from: number; readonly began: number }> {
  const from = stack.tenant.calls.length;
  const input = { at: new Date().toISOString(), policy: casePolicy(loadConfig(stack.settings)) };
  const answer = await fetch(`${durable(stack)}/orchestrators/sweep/${idOf(name)}`, {
    method: 'POST',
    body: JSON.stringify(input),
  });
  if (answer.status !== 202) throw new Error(`the sweep did not start: ${answer.status} ${await answer.text()}`);
  return { from, began: Date.now() };
}

/** Waits for its end. */
export async function sweptBy(
  stack: Stack,
  name: string,
  { from, began }: { readonly from: number; readonly began: number },
): Promise<Swept> {
  for (;;) {
    await delay(250);
    const answer = await fetch(`${durable(stack)}/instances/${idOf(name)}`);
    const { runtimeStatus, output } = (await answer.json()) as {
      readonly runtimeStatus: string;
      readonly output: { readonly counts: Readonly<Record<string, number>> };
    };
    if (runtimeStatus === 'Completed') {
      const seconds = (Date.now() - began) / 1_000;
      return { github: githubCalls(stack.tenant.calls.slice(from)), seconds, counts: output.counts };
    }
    if (runtimeStatus === 'Failed') throw new Error(`the sweep failed: ${JSON.stringify(output)}`);
  }
}

export async function runSweep(stack: Stack, name: string): Promise<Swept> {
  return sweptBy(stack, name, await startSweep(stack, name));
}

export function githubCalls(calls: readonly CallRecord[]): GitHubCalls {
  const github = calls.filter(({ vendor }) => vendor === 'github');
  const rest = github.filter(({ path }) => path !== '/graphql');
  return {
    all: github.length,
    graphql: github.length - rest.length,
    primary: rest.filter(({ status }) => status !== 304).length,
    points: rest.reduce((sum, { method }) => sum + (method === 'GET' ? 1 : 5), 0),
    unchanged: rest.filter(({ status }) => status === 304).length,
    refused: rest.filter(({ status }) => status === 403 || status === 429).length,
  };
}

const durable = (stack: Stack): string => `${stack.url()}/runtime/webhooks/durabletask`;
const idOf = (name: string): string => `sweep:bench:${name}`;
