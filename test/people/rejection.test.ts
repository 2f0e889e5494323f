import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RejectionState, whereRejected } from '../../src/people/rejection.ts';

const at = (hour: number): string => `2026-11-28T0${hour}:00:00.000Z`;
const said = (hour: number) => ({ by: 'op', at: at(hour), reason: 'known' });
const handled = (hour: number) => ({ handled: said(hour) });
const retry = (hour: number, result: RejectionState['retries'][number]['result']) => ({ ...said(hour), result });

const SITUATIONS: readonly (readonly [string, Partial<RejectionState>, string])[] = [
  ['nobody did anything', {}, 'open'],
  ['retried, and rejected again', { retries: [retry(1, 'rejected')] }, 'open'],
  ['retried with a case', { retries: [retry(1, 'opened')] }, 'retried'],
  ['retried with a case, and once more in vain', { retries: [retry(1, 'opened'), retry(2, 'rejected')] }, 'retried'],
  ['handled', handled(1), 'handled'],
  ['handled, and it came again', { ...handled(1), cameAgainAt: at(2) }, 'open'],
  ['it came again before it was handled', { ...handled(2), cameAgainAt: at(1) }, 'handled'],
  ['it came again at that very moment', { ...handled(1), cameAgainAt: at(1) }, 'handled'],
  ['handled, then retried', { ...handled(1), retries: [retry(2, 'opened')] }, 'retried'],
  ['retried, then handled', { ...handled(2), retries: [retry(1, 'opened')] }, 'handled'],
  ['both at once', { ...handled(1), retries: [retry(1, 'opened')] }, 'handled'],
  ['retried, and it came again', { retries: [retry(1, 'opened')], cameAgainAt: at(2) }, 'open'],
];
for (const [what, state, expected] of SITUATIONS) {
  test(`${what}: ${expected}`, () => assert.equal(whereRejected({ retries: [], ...state }), expected));
}
