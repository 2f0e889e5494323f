import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CALLS_A_MINUTE,
  callsAMinute,
  type RateLimit,
  RateLimitSchema,
  rateLimitOf,
  worthOf,
} from '../../../src/posture/gateway-policy/rate-limit.ts';
import { element } from '../support/policy-xml.ts';

const limit = (more: Partial<RateLimit> = {}): RateLimit => ({
  at: 1,
  calls: 50,
  seconds: 60,
  key: 'oid',
  narrowedBy: [],
  ...more,
});

test('a limit lets so many calls pass in a minute: a short period begins again, a long one may be used up in one', () => {
  const rates: readonly (readonly [calls: number, seconds: number, minute: number | undefined])[] = [
    [50, 60, 50],
    [25, 30, 50],
    [1, 1, 60],
    [10, 7, 90],
    [50, 3_600, 50],
    [3_000, 3_600, 3_000],
    [50, 0, undefined],
  ];
  for (const [calls, seconds, minute] of rates)
    assert.equal(callsAMinute(limit({ calls, seconds })), minute, `${calls}/${seconds}`);
  const { calls: _, ...unknown } = limit();
  assert.equal(callsAMinute(unknown), undefined);
  const { seconds: __, ...endless } = limit();
  assert.equal(callsAMinute(endless), undefined);
});

test('a limit is enough for the checked principal alone, at fifty a minute, of every call', () => {
  assert.equal(CALLS_A_MINUTE, 50);
  const { calls: _, ...unknown } = limit();
  const worth: readonly (readonly [RateLimit, string])[] = [
    [limit(), 'enough'],
    [limit({ calls: 51 }), 'not-enough'],
    [limit({ key: 'address' }), 'not-enough'],
    [limit({ key: 'unvalidated-token' }), 'not-enough'],
    [limit({ key: 'other' }), 'not-enough'],
    [limit({ key: 'unclear' }), 'unclear'],
    [limit({ key: 'unclear', calls: 51 }), 'not-enough'],
    [limit({ narrowedBy: ['increment-condition'] }), 'unclear'],
    [unknown, 'unclear'],
  ];
  for (const [one, expected] of worth) assert.equal(worthOf(one), expected, JSON.stringify(one));
});

test('an element is read as far as it is written', () => {
  const of = (attributes: string): RateLimit => rateLimitOf(element(`<rate-limit-by-key ${attributes} />`), 4, []);
  const read = of('calls="50" renewal-period="60" counter-key="@(context.Request.IpAddress)"');
  assert.deepEqual(read, { at: 4, calls: 50, seconds: 60, key: 'address', narrowedBy: [] });
  assert.deepEqual(RateLimitSchema.parse(read), read);
  assert.deepEqual(of('calls="@(x)" renewal-period="{{p}}"'), { at: 4, key: 'other', narrowedBy: [] });
  assert.deepEqual(of('increment-condition="@(x)" increment-count="0"').narrowedBy, [
    'increment-condition',
    'increment-count',
  ]);
  assert.deepEqual(of('calls="50 each" renewal-period="about 60" counter-key="all"'), {
    at: 4,
    key: 'other',
    narrowedBy: [],
  });
  for (const count of ['1', '2']) assert.deepEqual(of(`increment-count="${count}"`).narrowedBy, []);
  assert.deepEqual(of('increment-count="@(0)"').narrowedBy, ['increment-count']);
});
