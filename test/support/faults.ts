import type { FaultEffect } from '../../local/tenant/core/faults.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';

/** Milliseconds after which every app of a test has given a vendor up. */
export const TOO_LONG_MS = 9_000;

/** What a vendor can answer instead of its answer, and what a connector has to make of it. */
export const VENDOR_FAULTS: readonly {
  readonly name: string;
  readonly effect: FaultEffect;
  readonly kind: VendorFailure['kind'];
  readonly tryAgainAfterMs?: number;
}[] = [
  {
    name: '429 with Retry-After',
    effect: {
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '7' },
      body: '{"error":{"code":"TooManyRequests"}}',
    },
    kind: 'throttled',
    tryAgainAfterMs: 7_000,
  },
  { name: '429 without Retry-After', effect: { kind: 'answer', status: 429 }, kind: 'throttled', tryAgainAfterMs: 0 },
  {
    name: '500',
    effect: { kind: 'answer', status: 500, body: '{"error":{"code":"InternalServerError"}}' },
    kind: 'unavailable',
    tryAgainAfterMs: 0,
  },
  {
    name: '502 with a page of HTML',
    effect: {
      kind: 'answer',
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: '<html>SECRET-IN-BODY</html>',
    },
    kind: 'unavailable',
  },
  {
    name: '200 with a page of HTML',
    effect: {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<html>SECRET-IN-BODY</html>',
    },
    kind: 'unavailable',
  },
  {
    name: '404 with a page of HTML',
    effect: {
      kind: 'answer',
      status: 404,
      headers: { 'content-type': 'text/html' },
      body: '<html>SECRET-IN-BODY</html>',
    },
    kind: 'unavailable',
  },
  {
    name: '200 with JSON of another shape',
    effect: {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"hello"}',
    },
    kind: 'unavailable',
  },
  { name: '200 without a body', effect: { kind: 'answer', status: 200 }, kind: 'unavailable' },
  { name: 'a reset connection', effect: { kind: 'reset' }, kind: 'unavailable' },
  { name: 'a body that breaks off', effect: { kind: 'truncate' }, kind: 'unavailable' },
  { name: 'no answer in time', effect: { kind: 'delay', ms: TOO_LONG_MS }, kind: 'unavailable' },
];
