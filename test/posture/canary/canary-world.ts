import { CANARY_CALLS, type Canary, EVERY_MS } from '../../../src/posture/canary/canary.ts';
import { afterCalls, type CanaryCall } from '../../../src/posture/canary/judge-canary.ts';

const MINUTE_MS = 60_000;
export const BEGAN = '2026-12-01T00:10:00.000Z';
export const CROSSED = '2026-12-01T00:11:00.000Z';
export const later = (minutes: number): Date => new Date(Date.parse(CROSSED) + minutes * MINUTE_MS);
export const at = (minutes: number): string => later(minutes).toISOString();
export const scheduled: Canary = { id: '2026-12', state: 'scheduled', dueAt: BEGAN, calls: 0, answered: 0 };
export const calls = (status: number | undefined, from = BEGAN, count = CANARY_CALLS): CanaryCall[] =>
  Array.from({ length: count }, (_, index) => ({
    at: new Date(Date.parse(from) + index * EVERY_MS).toISOString(),
    ...(status === undefined ? {} : { status }),
  }));
export const waiting = afterCalls(scheduled, calls(200), later(0));
