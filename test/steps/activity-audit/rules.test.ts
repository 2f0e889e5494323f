import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isManyMore, isOtherHours, outsideHours, percent } from '../../../src/steps/activity-audit/rules/notable.ts';
import { byCallsAfter } from '../../../src/steps/activity-audit/rules/related-activity.ts';
import { unusualSigns } from '../../../src/steps/activity-audit/rules/unusual-signs.ts';

test('many more calls are more than twice as many, and fifty at the least', () => {
  assert.ok(isManyMore(101, 50) && isManyMore(50, 0));
  assert.ok(!isManyMore(100, 50) && !isManyMore(49, 0) && !isManyMore(60, 11));
});

test('calls moved to other hours where ten of them are a tenth more than before', () => {
  assert.ok(isOtherHours(10, 0.5, 0.3));
  assert.ok(!isOtherHours(9, 0.5, 0.3) && !isOtherHours(10, 0.3, 0.3) && !isOtherHours(10, 0.1, 0));
  assert.equal(outsideHours([6, 7, 19, 20].map((hour) => ({ hour, calls: 1 + hour }))), 7 + 21);
  assert.equal(percent(0.305), '31 %');
});

test('whoever called most after the departure comes first', () => {
  const one = (oid: string, callsAfterDeparture: number) =>
    ({ oid, callsAfterDeparture }) as Parameters<typeof byCallsAfter>[0];
  assert.deepEqual(
    [one('b', 1), one('c', 9), one('a', 1)].sort(byCallsAfter).map(({ oid }) => oid),
    ['c', 'a', 'b'],
  );
});

type Compared = NonNullable<Parameters<typeof unusualSigns>[0]>;
const period = (days: number, calls: number, distinctDirectories: number) => ({
  days,
  calls,
  callsPerDay: calls / days,
  distinctDirectories,
});
const signs = (
  final: [number, number],
  baseline: [number, number],
  hours: readonly object[] = [],
  detections: readonly object[] = [],
) =>
  unusualSigns(
    { final: period(10, ...final), baseline: period(20, ...baseline) } as unknown as Compared,
    { hours } as unknown as Parameters<typeof unusualSigns>[1],
    detections as unknown as Parameters<typeof unusualSigns>[2],
  ).map(({ kind }) => kind);
const hour = (when: string, calls: number) => ({ period: when, hour: 22, calls });

test('the last days are unusual by many more calls, by five more directories and by other hours', () => {
  assert.deepEqual(signs([100, 3], [100, 3]), []);
  assert.deepEqual(signs([101, 3], [100, 3]), ['more-calls']);
  assert.deepEqual(signs([10, 7], [100, 3]), []);
  assert.deepEqual(signs([10, 8], [100, 3]), ['more-directories']);
  assert.deepEqual(signs([40, 3], [100, 3], [hour('final', 20), hour('baseline', 1)]), ['new-hours']);
  assert.deepEqual(signs([40, 3], [100, 3], [hour('final', 20), hour('baseline', 60)]), []);
  assert.deepEqual(signs([0, 0], [0, 0]), []);
});

test('what is unusual is told with its numbers', () => {
  const told = unusualSigns(
    { final: period(10, 120, 9), baseline: period(20, 100, 3) } as unknown as Compared,
    {
      hours: [hour('final', 30), hour('baseline', 10), { ...hour('after', 90) }, { ...hour('final', 40), hour: 12 }],
    } as unknown as Parameters<typeof unusualSigns>[1],
    [],
  );
  assert.deepEqual(told, [
    {
      ...{ kind: 'more-calls', severity: 'medium' },
      sentence: 'In the final 10 days there were 12 calls a day, more than twice the 5 a day of the 20 days before.',
    },
    {
      ...{ kind: 'more-directories', severity: 'medium' },
      sentence: 'In the final 10 days 9 directories were reached, more than the 3 of the 20 days before.',
    },
    {
      ...{ kind: 'new-hours', severity: 'medium' },
      sentence: 'In the final 10 days 30 of 120 calls (25 %) were made outside of 07:00 to 20:00, against 10 % before.',
    },
  ]);
});

test('one of a thing is told in the singular', () => {
  const one = { days: 1, calls: 1, callsPerDay: 1, distinctDirectories: 6 };
  const before = { ...one, callsPerDay: 0, calls: 0, distinctDirectories: 1 };
  const said = (final: object, baseline: object, hits: readonly object[] = []): string[] =>
    unusualSigns(
      { final, baseline } as unknown as Compared,
      { hours: [] } as unknown as Parameters<typeof unusualSigns>[1],
      hits as unknown as Parameters<typeof unusualSigns>[2],
    ).map(({ sentence }) => sentence);
  assert.ok(
    said(one, before).includes('In the final 1 day 6 directories were reached, more than the 1 of the 1 day before.'),
  );
  const hit = { detection: 'repeated-403', afterDeparture: false, calls: 1 };
  assert.match(said(one, one, [hit]).join(' '), /^In one span of ten minutes .*; 1 time in the worst\.$/);
  const write = { ...hit, detection: 'out-of-hours-write' };
  assert.match(said(one, one, [write]).join(' '), /^In one hour .*; 1 call in the busiest\.$/);
});

test('an alert before the departure is a sign, and what was after it is told elsewhere', () => {
  const alert = (detection: string, afterDeparture: boolean, calls = 5) => ({ detection, afterDeparture, calls });
  const found = unusualSigns(
    undefined,
    { hours: [] } as never,
    [alert('repeated-403', false, 3), alert('repeated-403', false, 9), alert('out-of-hours-write', true)] as never,
  );
  assert.deepEqual(
    found.map(({ kind }) => kind),
    ['repeated-403'],
  );
  assert.match(found[0]?.sentence ?? '', /^In 2 spans .*; 9 times in the worst\.$/);
  const [once] = unusualSigns(undefined, { hours: [] } as never, [alert('file-system-volume', false)] as never);
  assert.match(once?.sentence ?? '', /^In one hour /);
  assert.equal(once?.severity, 'high');
});
