import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Step {
  readonly name: string;
  readonly if?: unknown;
  readonly 'continue-on-error'?: unknown;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: unknown;
  readonly 'continue-on-error'?: unknown;
  readonly needs?: string | readonly string[];
  readonly container?: unknown;
  readonly services?: unknown;
  readonly environment?: { readonly name: string };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly 'cancel-in-progress'?: unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

export const root = `${import.meta.dirname}/../../..`;
export const files = [
  ...globSync('.github/workflows/*', { cwd: root }),
  ...globSync('infra/examples/pipeline/*.yml', { cwd: root }),
];
export const workflows = files.sort().map((file) => {
  const text = readFileSync(`${root}/${file}`, 'utf8');
  return { file, text, workflow: parse(text) as Workflow };
});
export const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ name: `${file}:${id}`, job })),
);
export const steps = jobs.flatMap(({ name, job }) => job.steps.map((step) => ({ name: `${name}:${step.name}`, step })));
export const jobOf = (name: string): Job => {
  const found = jobs.find((each) => each.name.endsWith(name));
  assert.ok(found, name);
  return found.job;
};
export const textOf = (file: string): string => workflows.find((each) => each.file.endsWith(file))?.text ?? '';
