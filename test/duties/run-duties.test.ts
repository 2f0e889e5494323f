import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Duty, DutyContext } from '../../src/duties/duty.ts';
import { runDuties } from '../../src/duties/run-duties.ts';

type Line = readonly [level: string, message: string, fields: Readonly<Record<string, unknown>> | undefined];

function contextOf(): { readonly context: DutyContext; readonly lines: Line[] } {
  const lines: Line[] = [];
  const write =
    (level: string) =>
    (message: string, fields?: Readonly<Record<string, unknown>>): void => {
      lines.push([level, message, fields]);
    };
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const context: Pick<DutyContext, 'log' | 'now'> = { log, now: () => new Date() };
  return { context: context as DutyContext, lines };
}

const quiet: Duty = { name: 'quiet', run: async () => 3 };
const broken: Duty = {
  name: 'broken',
  run: async () => {
    throw new Error('storage does not answer');
  },
};

test('a duty that breaks keeps no other from its work, and is told', async () => {
  const { context, lines } = contextOf();
  await runDuties([broken, quiet], context);
  assert.deepEqual(lines, [
    [
      'error',
      'due work failed and comes again',
      { code: 'due-work-failed', duty: 'broken', reason: 'Error: storage does not answer' },
    ],
    ['info', 'due work was looked for', { done: { quiet: 3 }, failed: ['broken'] }],
  ]);
});

test('a duty that hangs is left after its deadline', async () => {
  const { context, lines } = contextOf();
  const hanging: Duty = { name: 'hanging', run: () => new Promise(() => {}) };
  await runDuties([hanging, quiet], context, 1);
  assert.match(String(lines[0]?.[2]?.reason), /hanging did not end within 0.001 s/);
  assert.deepEqual(lines.at(-1)?.[2], { done: { quiet: 3 }, failed: ['hanging'] });
});
