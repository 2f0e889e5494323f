import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { notRefused } from '../../../src/steps/verification/rules/not-refused.ts';
import type { VerificationFacts } from '../../../src/steps/verification/rules/verification-facts.ts';

const oid = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35' as Oid;
const denied: Finding = {
  id: findingId('containment', 'gateway-deny-list', oid),
  step: 'containment',
  kind: 'gateway-deny-list',
  title: 'The gateway refuses Alex',
  resource: { system: 'gateway', type: 'namedValue', id: 'gw' },
  severity: 'info',
  status: 'done',
  reason: 'The object id was put on the deny list.',
  evidence: { oid },
};

const SITUATIONS: readonly (readonly [string, VerificationFacts['deniedAtGateway'], Finding['status'], RegExp])[] = [
  ['the list holds them', 'yes', 'done', /refuses Alex/],
  ['the list does not hold them, and nobody released them', 'no', 'failed', /does not refuse the leaver$/],
  ['they came back', 'released', 'nothing-to-do', /lets the person in again/],
  ['a person released them meanwhile', 'released-by-hand', 'manual-action', /does not refuse the leaver any more/],
  ['the gateway did not answer', 'could-not-check', 'done', /refuses Alex/],
];
for (const [situation, deniedAtGateway, status, title] of SITUATIONS) {
  test(`${situation}: the denial is ${status}`, () => {
    const [finding, ...others] = notRefused({ readBacks: [], deniedAtGateway }, [denied], { oid });
    assert.deepEqual([finding?.status, others], [status, []]);
    assert.match(finding?.title ?? '', title);
  });
}

test('released before the case could deny them: who did it, and why, stays told', () => {
  const released: Finding = {
    ...denied,
    title: 'The gateway accepts Alex again',
    status: 'manual-action',
    reason: 'The denial was released by an operator: they stay.',
    evidence: { oid, released: true },
  };
  for (const deniedAtGateway of ['no', 'released-by-hand'] as const) {
    assert.deepEqual(notRefused({ readBacks: [], deniedAtGateway }, [released], { oid }), [released]);
  }
});
