import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alerts } from '../../../../src/posture/readings/calls/alerts.ts';
import { blocked } from '../../../../src/posture/readings/calls/blocked.ts';
import { callRates } from '../../../../src/posture/readings/calls/call-rates.ts';
import { canary } from '../../../../src/posture/readings/calls/canary.ts';
import { isDeclared } from '../../support/declared-reading.ts';

const AT = '2026-11-23T04:10:00.000Z';

test('alert rules: with nothing read no list is whole, so that no rule is said to be missing', () => {
  const rule = {
    ...{
      id: '/r',
      name: 'r',
      enabled: true,
      onWorkspace: true,
      hash: 'h',
      otherText: false,
      narrowed: [],
      muted: false,
    },
    ...{
      detection: 'repeated-403' as const,
      values: { expected: 1, zone: 'UTC', servers: ['x'] },
      splitsBy: ['caller'],
    },
    ...{ groups: ['/g'], hits: [{ caller: 'c', when: AT, first: AT, due: AT, canary: true as const }] },
    alerts: { complete: true, list: [{ id: '/a', startedAt: AT, suppressed: false, dimensions: { caller: 'c' } }] },
  };
  const facts = {
    ...{ workspace: '/w', timeZone: 'UTC', rules: { complete: true, list: [rule] } },
    groups: { complete: true, list: [{ id: '/g', name: 'g', enabled: true, receivers: 1, unsure: 0 }] },
    processing: { complete: true, list: [{ id: '/p', name: 'p', scopes: [], conditions: [] }] },
  };
  isDeclared(alerts, facts, [
    { rules: { complete: true, list: [{ ...rule, detection: 'another' }] } },
    { rules: { list: [rule] } },
    { groups: { complete: true, list: [{ ...facts.groups.list[0], receivers: -1 }] } },
    { groups: { complete: true, list: [{ ...facts.groups.list[0], address: 'somebody@corp.example' }] } },
  ]);
  const { rules, groups, processing } = alerts.nothing;
  assert.deepEqual([rules.complete, groups.complete, processing.complete], [false, false, false]);
});

test('what Azure refused: who asked is kept as a digest alone', () => {
  const one = { at: AT, correlationId: 'c', resource: '/x', caller: 'a'.repeat(64), by: [{ assignment: 'one' }] };
  isDeclared(blocked, { subscriptions: [{ id: '/subscriptions/1', since: AT }], blocked: [one] }, [
    { blocked: [{ ...one, caller: 'alex@corp.example' }] },
    { blocked: [{ ...one, at: 'today' }] },
    { subscriptions: [{ id: '/subscriptions/1' }] },
  ]);
  assert.deepEqual(blocked.nothing.subscriptions, [], 'nobody knows since when');
});

test('how often principals call: a minute and a number, or neither', () => {
  isDeclared(callRates, { busiest: { minute: AT, calls: 70 }, refused: 3 }, [
    { busiest: { minute: AT } },
    { busiest: { minute: AT, calls: 70, caller: 'alex' } },
    { refused: -1 },
  ]);
});

test('canaries: with nothing read none was set up, and none is said to have been seen', () => {
  const one = {
    id: '2026-11',
    state: 'detected' as const,
    dueAt: AT,
    calls: 21,
    answered: 21,
    crossedAt: AT,
    alertAt: AT,
  };
  isDeclared(canary, { setUp: true, rule: '/r', canaries: [one] }, [
    { setUp: undefined },
    { canaries: [{ ...one, state: 'fine' }] },
    { canaries: [{ ...one, dueAt: '2026-11' }] },
  ]);
  assert.deepEqual(canary.nothing, { setUp: false, canaries: [] });
});
