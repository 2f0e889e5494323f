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
  const small = range('10.40.1.0/30');
  for (const edge of ['10.40.1.0', '10.40.1.3'])
    assert.ok(isWithin(range(edge), small) && overlap(range(edge), small), edge);
  for (const beyond of ['10.40.0.255', '10.40.1.4'])
    assert.ok(
      !isWithin(range(beyond), small) && !overlap(range(beyond), small) && !overlap(small, range(beyond)),
      beyond,
    );
  assert.ok(overlap(small, range('10.40.1.3')) && overlap(small, range('10.40.1.0')));
  assert.ok(
    !overlap(range('::10.0.0.1'.replace('10.0.0.1', 'a00:1')), range('10.0.0.1')),
    'the same number of another family',
  );
  assert.deepEqual(range('10.40.1.7'), { family: 4, first: 170_393_863n, last: 170_393_863n });
  assert.deepEqual(range(' 10.40.1.0/24 '), { family: 4, first: 170_393_856n, last: 170_394_111n });
  assert.deepEqual(range('1:2::3:4/112'), {
    ...{
      family: 6,
      first: (1n << 112n) | (2n << 96n) | (3n << 16n),
      last: (1n << 112n) | (2n << 96n) | (3n << 16n) | 65_535n,
    },
  });
  for (const text of ['AzureCloud', '10.40.0.0/33', '10.40.0', '::ffff:10.0.0.1', '', '*'])
    assert.equal(ipRange(text), undefined, text);
});
