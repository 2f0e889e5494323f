import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Report } from '../../../../src/report/report.ts';
import { startFastStack } from '../../support/fast-stack.ts';

export const stack = await startFastStack();
after(() => stack.stop());
const [first] = stack.states.github.organisations.all();
assert.ok(first);
export const organisation = first;

/** What was found of a kind, in whatever step. */
export const findings = ({ steps }: Report, kind: string) =>
  steps.flatMap((step) => step.findings).filter((each) => each.kind === kind);
