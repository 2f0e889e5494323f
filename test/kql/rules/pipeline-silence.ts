import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultAudit, tunedAudit } from '../support/deployed-audit.ts';
import { rule, uploaded } from '../support/run-rule.ts';

const run = rule(await defaultAudit(), 'pipeline-silence');
const call = (at: string, ingestedAt?: string) =>
  uploaded({ at: new Date(at), ...(ingestedAt === undefined ? {} : { ingestedAt: new Date(ingestedAt) }) });
/** A Tuesday; in Paris it is an hour later. */
const last = '2026-11-03T08:00:00Z';

test('four hours without a call on a working day are reported, a second less is not', () => {
  assert.deepEqual(run([call(last)], '2026-11-03T12:00:00Z'), []);
  assert.deepEqual(run([call(last)], '2026-11-03T12:00:01Z'), [{ lastCall: new Date(last) }]);
});

test('a log without any call is reported too', () => {
  assert.deepEqual(run([], '2026-11-03T12:00:00Z'), [{ lastCall: null }]);
});

test('hours outside of business hours do not count', () => {
  // Opens at 06:00 UTC and closes at 19:00 UTC in winter.
  assert.deepEqual(run([], '2026-11-03T09:59:59Z'), []);
  assert.equal(run([], '2026-11-03T10:00:00Z').length, 1);
  assert.equal(run([], '2026-11-03T18:59:59Z').length, 1);
  assert.deepEqual(run([], '2026-11-03T19:00:00Z'), []);
  assert.deepEqual(run([], '2026-11-03T02:00:00Z'), []);
});

test('weekends do not count', () => {
  const noons = ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06', '2026-11-07', '2026-11-08'];
  assert.deepEqual(
    noons.map((day) => run([], `${day}T12:00:00Z`).length),
    [1, 1, 1, 1, 1, 0, 0],
  );
});

test('calls that arrive too late to be acted on are silence', () => {
  const delayed = call('2026-11-03T06:00:00Z', '2026-11-03T11:59:00Z');
  assert.deepEqual(run([delayed], '2026-11-03T12:00:00Z'), [{ lastCall: new Date('2026-11-03T06:00:00Z') }]);
});

test('where pipelines call around the clock, every hour counts', async () => {
  const always = rule(await tunedAudit(), 'pipeline-silence');
  const sunday = '2026-11-08T01:00:00Z';
  assert.deepEqual(always([call(sunday)], '2026-11-08T03:00:00Z'), []);
  assert.equal(always([call(sunday)], '2026-11-08T03:00:01Z').length, 1);
});
