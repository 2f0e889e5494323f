import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SaxesParser } from 'saxes';
import { junitOf } from '../../src/posture/output/junit.ts';
import type { Assessed } from '../../src/posture/runs/run.ts';
import { assessed, failure, run } from './support/made-run.ts';

const accepted = { reason: 'Known, and behind a wall.', by: 'ciso', until: '2027-01-31' };
const gap = {
  reason: 'denied',
  source: 'azure/servers',
  detail: 'Azure was asked.',
  missingPermission: 'x/read',
} as const;

/** The one thing that stands in a case, by a strict parser that knows nothing of how it was written. */
function inside(...checks: readonly Assessed[]): { kind: string; message: string; counts: string } {
  const seen = new Map<string, Record<string, string>>();
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ name, attributes }) => seen.set(name, { ...attributes }));
  parser.write(junitOf(run(checks))).close();
  const kind = ['failure', 'error', 'skipped'].find((name) => seen.has(name)) ?? 'passed';
  const suite = seen.get('testsuite');
  const counts = ['tests', 'failures', 'errors', 'skipped'].map((name) => suite?.[name]).join(' ');
  return { kind, message: seen.get(kind)?.message ?? '', counts };
}

const TABLE: readonly (readonly [what: string, check: Assessed, kind: string, message: RegExp, counts: string])[] = [
  ['passes', assessed(), 'passed', /^$/, '1 0 0 0'],
  ['fails', assessed({ status: 'fail', failures: [failure()] }), 'failure', /has no tag/, '1 1 0 0'],
  ['is unknown', assessed({ status: 'unknown', gaps: [gap] }), 'error', /^denied: Azure was asked/, '1 0 1 0'],
  ['does not apply', assessed({ status: 'not-applicable' }), 'skipped', /Nothing of this kind/, '1 0 0 1'],
  [
    'is accepted',
    assessed({ status: 'fail', failures: [failure({ accepted })] }),
    'skipped',
    /Accepted until 2027-01-31 by ciso/,
    '1 0 0 1',
  ],
  [
    'is accepted in part',
    assessed({ status: 'fail', failures: [failure({ accepted }), failure({ says: 'aci-two has none.' })] }),
    'failure',
    /^aci-two has none\.$/,
    '1 1 0 0',
  ],
  [
    'is accepted, while something could not be read',
    assessed({ status: 'fail', failures: [failure({ accepted })], gaps: [gap] }),
    'error',
    /^denied/,
    '1 0 1 0',
  ],
];
for (const [what, check, kind, message, counts] of TABLE) {
  test(`what ${what} is ${kind} to a pipeline`, () => {
    const told = inside(check);
    assert.deepEqual([told.kind, told.counts], [kind, counts]);
    assert.match(told.message, message);
  });
}

test('no name of a resource ends an attribute, opens an element or breaks the file', () => {
  const hostile = 'a"/><failure message="x">\u0000\u001b]]>&\ud800<!--';
  const { kind, message, counts } = inside(assessed({ status: 'fail', failures: [failure({ says: hostile })] }));
  assert.deepEqual([kind, counts], ['failure', '1 1 0 0']);
  assert.match(message, /^a"\/><failure message="x">/);
});
