import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ipRange, isWithin, overlap } from '../../../src/posture/network/ip-range.ts';

test('a range of addresses is read, and what is none is not', () => {
  const range = (text: string) => ipRange(text) ?? assert.fail(text);
  const whole = range('10.40.0.0/16');
  assert.ok(isWithin(range('10.40.255.255'), whole) && isWithin(range('10.40.1.0/24'), whole));
  assert.ok(
    !isWithin(range('10.41.0.0'), whole) &&
      !isWithin(range('10.39.255.255'), whole) &&
      !isWithin(whole, range('10.40.1.0/24')),
  );
  assert.ok(overlap(range('10.40.1.0/24'), whole) && overlap(whole, range('10.0.0.0/8')));
  assert.ok(!overlap(range('10.41.0.0/16'), whole) && !overlap(whole, range('10.39.0.0/16')));
  assert.deepEqual(range('10.40.1.7/24'), range('10.40.1.0/24'));
  assert.deepEqual(range('fd00::1'), range(' fd00:0:0:0:0:0:0:1 '));
  assert.ok(isWithin(range('fd00::ffff'), range('fd00::/64')) && !isWithin(range('fd01::1'), range('fd00::/16')));
  assert.ok(!isWithin(range('0.0.0.1'), range('::/0')) && !overlap(range('0.0.0.1'), range('::1')));
  for (const text of ['AzureCloud', '10.40.0.0/33', '10.40.0', '::ffff:10.0.0.1', '', '*'])
    assert.equal(ipRange(text), undefined, text);
});
