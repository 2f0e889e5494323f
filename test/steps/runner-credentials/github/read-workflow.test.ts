import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWorkflowTriggers } from '../../../../src/steps/runner-credentials/rules/github/workflows/read-workflow.ts';
import { fc } from '../../../support/properties.ts';

const CASES: Readonly<Record<string, readonly [text: string, kind: string, crons?: readonly string[]]>> = {
  'a map with a schedule': ["on:\n  push:\n  schedule:\n    - cron: '0 2 * * *'\n", 'scheduled', ['0 2 * * *']],
  'several cron lines': [
    "on:\n  schedule:\n    - cron: '0 2 * * *'\n    - cron: '5 4 * * 1'\n",
    'scheduled',
    ['0 2 * * *', '5 4 * * 1'],
  ],
  'a flow map': ["on: { schedule: [ { cron: '1 1 * * *' } ] }", 'scheduled', ['1 1 * * *']],
  'a quoted key': ["'on':\n  schedule:\n    - cron: '0 2 * * *'\n", 'scheduled', ['0 2 * * *']],
  'an anchor': ["x: &night\n  - cron: '0 2 * * *'\non:\n  schedule: *night\n", 'scheduled', ['0 2 * * *']],
  'a list with schedule': ['on: [push, schedule]', 'scheduled', []],
  'one event': ['on: push', 'not-scheduled'],
  'a list of events': ['on: [push, pull_request]', 'not-scheduled'],
  'a schedule in a comment': ['on:\n  # schedule:\n  push:\n', 'not-scheduled'],
  'a job called schedule': ['on: push\njobs:\n  schedule:\n    runs-on: x\n', 'not-scheduled'],
  'no YAML': ['on: [push', 'unreadable'],
  'no trigger': ['jobs: {}', 'unreadable'],
  'an empty file': ['', 'unreadable'],
};
for (const [what, [text, kind, crons]] of Object.entries(CASES)) {
  test(`${what} is ${kind}`, () => {
    const triggers = readWorkflowTriggers(text);
    assert.equal(triggers.kind, kind);
    if (crons !== undefined) assert.deepEqual(triggers.kind === 'scheduled' && triggers.crons, crons);
  });
}

test('a file that grows when it is read is unreadable, soon', () => {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (let n = 1; n < 20; n += 1) {
    const name = String.fromCharCode(97 + n);
    const before = String.fromCharCode(96 + n);
    lines.push(
      `${name}: &${name} [*${before}, *${before}, *${before}, *${before}, *${before}, *${before}, *${before}]`,
    );
  }
  assert.equal(readWorkflowTriggers([...lines, 'on: push'].join('\n')).kind, 'unreadable');
});

test('whatever stands in a file, it is read without an error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      assert.match(readWorkflowTriggers(text).kind, /^(scheduled|not-scheduled|unreadable)$/);
    }),
  );
});

test('a schedule is seen among any other triggers', () => {
  const event = fc.constantFrom('push', 'pull_request', 'workflow_dispatch', 'release');
  fc.assert(
    fc.property(fc.uniqueArray(event), fc.uniqueArray(event), (before, after) => {
      const lines = [...before.map((name) => `  ${name}:`), '  schedule:', "    - cron: '0 2 * * *'"];
      const others = after.filter((name) => !before.includes(name)).map((name) => `  ${name}:`);
      assert.equal(readWorkflowTriggers(['on:', ...lines, ...others].join('\n')).kind, 'scheduled');
    }),
  );
});
