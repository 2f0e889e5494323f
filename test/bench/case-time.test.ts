import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakdownOf } from '../../bench/case-time/breakdown.ts';
import type { Moment } from '../../bench/case-time/moment.ts';

const at = (
  ms: number,
  kind: Moment['kind'],
  request: number,
  to: Moment['to'],
  { idle, cpu }: { idle: number; cpu: number },
): Moment => ({ at: ms, kind, request, to, idle, cpu });

/** A vendor's answer after 100 ms, then storage's after 20, then nothing for 30; 5 ms of work before each. */
const MOMENTS = [
  at(0, 'begin', 1, 'vendor', { idle: 0, cpu: 0 }),
  at(105, 'end', 1, 'vendor', { idle: 100, cpu: 4 }),
  at(110, 'begin', 2, 'storage', { idle: 100, cpu: 8 }),
  at(135, 'end', 2, 'storage', { idle: 120, cpu: 12 }),
  at(170, 'begin', 3, 'nobody', { idle: 150, cpu: 16 }),
];

test('time is told by what was waited for, and adds up', () => {
  const { cpu, ...parts } = breakdownOf(MOMENTS, { from: 0, until: 170, latencyMs: 52.5 });
  assert.deepEqual(parts, { busy: 20, latency: 50, vendors: 50, storage: 20, timers: 30 });
  assert.equal(cpu, 16);
  assert.equal(
    Object.values(parts).reduce((sum, part) => sum + part, 0),
    170,
  );
});

test('a vendor that begins later is waited for from then on', () => {
  const moments = [
    at(0, 'begin', 1, 'vendor', { idle: 0, cpu: 0 }),
    at(80, 'begin', 2, 'vendor', { idle: 80, cpu: 0 }),
    at(120, 'end', 2, 'vendor', { idle: 120, cpu: 0 }),
    at(140, 'end', 1, 'vendor', { idle: 140, cpu: 0 }),
  ];
  const { latency, vendors } = breakdownOf(moments, { from: 0, until: 140, latencyMs: 50 });
  assert.deepEqual({ latency, vendors }, { latency: 90, vendors: 50 });
});

test('of a stretch that lies partly outside, its part counts', () => {
  const { cpu, ...parts } = breakdownOf(MOMENTS, { from: 152.5, until: 1_000, latencyMs: 50 });
  assert.deepEqual(parts, { busy: 2.5, latency: 0, vendors: 0, storage: 0, timers: 15 });
  assert.equal(cpu, 2);
});
