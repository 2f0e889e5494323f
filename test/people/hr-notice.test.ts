import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HrNoticeSchema } from '../../src/people/hr-notice.ts';

const notice = { kind: 'leaver', messageId: 'm1', person: { mail: 'a@x.example' }, requestedBy: 'hr' };
const isRead = (more: object): boolean => HrNoticeSchema.safeParse({ ...notice, ...more }).success;

test('a notice of HR has a kind, days of the calendar and nothing that nobody knows', () => {
  assert.ok(isRead({}));
  assert.ok(
    isRead({
      leaving: { lastDay: '2026-11-28', zone: 'Europe/Berlin' },
      about: { leavingId: 'l', issuedAt: '2026-11-01T00:00:00Z' },
    }),
  );
  assert.ok(!isRead({ kind: 'fired' }));
  assert.ok(!isRead({ lastDay: '2026-02-30' }));
  assert.ok(!isRead({ person: { oid: 'x' } }));
  assert.ok(!isRead({ person: { name: 'Alex' } }));
  assert.ok(!isRead({ leaving: { lastDay: '2026-11-28' } }));
  assert.ok(!isRead({ about: { leavingId: 'l', issuedAt: '2026-11-01' } }));
});
