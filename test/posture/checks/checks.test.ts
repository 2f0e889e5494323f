import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assess } from '../../../src/posture/assess.ts';
import { CHECKS } from '../../../src/posture/checks/index.ts';
import { unread } from '../../../src/posture/reading.ts';
import { NO_SETTINGS } from '../support/no-settings.ts';

const AT = '2026-11-23T04:10:00.000Z';

test('the checklist has these points, each as severe as it was agreed', () => {
  assert.deepEqual(
    CHECKS.map(({ point, id, severity }) => `${point} ${id} ${severity}`),
    [
      '1 none-on-workstations high',
      '2 servers-contained critical',
      '3 servers-tagged medium',
      '4 policy-identity high',
      '5 policy-subnet high',
      '6 gateway-guards critical',
      '7 scopes-apart high',
      '8 people-kept-from-secrets critical',
      '9 rate-limited medium',
      '10 no-stored-secrets high',
      '11 subjects-pinned high',
      '12 calls-logged critical',
      '13 alert-hours high',
      '14 alert-volume high',
      '15 alert-403 high',
      '16 leavers-offboarded critical',
    ],
  );
});

test('a check is named in a sentence without its full stop, and each of its reasons is a whole one', () => {
  for (const { id, title, reasons, version } of CHECKS) {
    assert.match(title, /^[A-Z0-9].*[^.]$/, id);
    assert.ok(version >= 1, id);
    for (const reason of Object.values(reasons)) assert.match(reason, /^[A-Z].*\.$/, id);
  }
});

for (const check of CHECKS) {
  test(`${check.id}: where nothing was read nothing passes, fails or does not apply`, () => {
    const reads = Object.entries(check.reads).map(([name, reading]) => [name, unread(reading, AT, 'It broke.')]);
    const { status, gaps } = assess(check, Object.fromEntries(reads), {
      at: AT,
      settings: NO_SETTINGS,
      exceptions: [],
    });
    assert.deepEqual([status, gaps.length >= reads.length], ['unknown', true]);
  });
}
