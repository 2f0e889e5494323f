import assert from 'node:assert/strict';
import type { GatewayOutcome } from './simulated-gateway.ts';

/** The request reached its server. */
export function assertPasses(outcome: GatewayOutcome): void {
  assert.equal(outcome.status, 200, outcome.error ?? outcome.body ?? '');
  assert.notEqual(outcome.forwarded, null);
}

/** The gateway answered itself, and nothing reached a server. */
export function assertRefused(outcome: GatewayOutcome, status: number, because: RegExp): void {
  assert.equal(outcome.status, status);
  assert.equal(outcome.forwarded, null);
  assert.match(outcome.body ?? outcome.error ?? '', because);
}
