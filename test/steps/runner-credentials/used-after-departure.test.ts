import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { usedAfterDeparture } from '../../../src/steps/runner-credentials/rules/used-after-departure.ts';

const RULE = { timeZone: 'Europe/Paris', tokenLifetimeMinutes: 90 };
const account = { id: 4, login: 'amoreau', source: 'test', confidence: 'proved' } as const;
const leaver: Leaver = {
  oid: '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35' as Oid,
  state: 'soft-deleted',
  lastDay: '2026-11-02',
  deletedAt: '2026-11-23T09:00:00Z',
  github: [account],
  devops: [],
};
const token = (evidence: Finding['evidence']): Finding => ({
  id: findingId('runner-credentials', 'fine-grained-token', 'corp/1'),
  step: 'runner-credentials',
  kind: 'fine-grained-token',
  title: 'amoreau’s token opens corp',
  resource: { system: 'github', type: 'fine-grained-token', id: 'corp/1' },
  severity: 'high',
  status: 'planned',
  reason: 'It works without its owner.',
  evidence,
});

const SITUATIONS: readonly (readonly [string, Finding['evidence'], Leaver, boolean])[] = [
  ['a token used a week after the last day', { login: 'amoreau', lastUsedAt: '2026-11-09T02:00:00Z' }, leaver, true],
  ['one used on the last day', { login: 'amoreau', lastUsedAt: '2026-11-02T21:00:00Z' }, leaver, false],
  ['one that nobody has used', { login: 'amoreau', lastUsedAt: null }, leaver, false],
  ['a schedule that ran after it', { actor: 'old-name', actorId: 4, lastRunAt: '2026-11-20T02:00:00Z' }, leaver, true],
  ['a token of somebody else', { login: 'bokafor', lastUsedAt: '2026-11-09T02:00:00Z' }, leaver, false],
  [
    'one of an account that is only likely the leaver’s',
    { login: 'amoreau', lastUsedAt: '2026-11-09T02:00:00Z' },
    { ...leaver, github: [{ ...account, confidence: 'likely' }] },
    false,
  ],
];
for (const [situation, evidence, who, expected] of SITUATIONS) {
  test(`${situation} is ${expected ? 'an incident' : 'none'}`, () => {
    const finding = usedAfterDeparture(token(evidence), who, RULE);
    assert.deepEqual([finding.incident === true, finding.severity], [expected, expected ? 'critical' : 'high']);
    assert.equal(/after the last day \(2026-11-02\)/.test(finding.reason), expected);
  });
}

const LEFT = '2026-11-02T23:00:00.000Z';
const USED: readonly (readonly [string, Finding['evidence'], Leaver, reason: string | undefined])[] = [
  [
    'a credential',
    { login: 'amoreau', lastUsedAt: '2026-11-09T02:00:00Z' },
    leaver,
    'It was used on 2026-11-09, after the last day (2026-11-02): something acts as the leaver. Find what holds it. It works without its owner.',
  ],
  [
    'a schedule',
    { actorId: 4, lastRunAt: '2026-11-09T02:00:00Z' },
    leaver,
    'It last ran on 2026-11-09, after the last day (2026-11-02): something acts as the leaver. It works without its owner.',
  ],
  ['what was used at the very end of the last day', { login: 'amoreau', lastUsedAt: LEFT }, leaver, undefined],
  ['what was used at no time that can be read', { login: 'amoreau', lastUsedAt: 'yesterday' }, leaver, undefined],
  ['what was used, as a number tells', { login: 'amoreau', lastUsedAt: 1_800_000_000_000 }, leaver, undefined],
  ['what nobody has', { lastUsedAt: '2026-11-09T02:00:00Z' }, leaver, undefined],
  [
    'what two accounts may have had, one of them unproved',
    { login: 'amoreau', actorId: 5, lastUsedAt: '2026-11-09T02:00:00Z' },
    { ...leaver, github: [account, { ...account, id: 5, login: 'other', confidence: 'likely' }] },
    undefined,
  ],
  [
    'what one of several proved accounts has',
    { login: 'amoreau', lastUsedAt: '2026-11-09T02:00:00Z' },
    { ...leaver, github: [{ ...account, id: 5, login: 'other', confidence: 'likely' }, account] },
    'It was used on 2026-11-09, after the last day (2026-11-02): something acts as the leaver. Find what holds it. It works without its owner.',
  ],
];
for (const [what, evidence, who, reason] of USED) {
  test(`${what} is told ${reason === undefined ? 'as it was' : 'as an incident, with the day'}`, () => {
    const before = token(evidence);
    const incident = { ...before, incident: true, severity: 'critical', reason };
    assert.deepEqual(usedAfterDeparture(before, who, RULE), reason === undefined ? before : incident);
  });
}

test('nothing was used after a departure that nobody knows', () => {
  const { lastDay: _, deletedAt: __, ...unknown } = leaver;
  const before = token({ login: 'amoreau', lastUsedAt: '2026-11-09T02:00:00Z' });
  assert.deepEqual(usedAfterDeparture(before, unknown, RULE), before);
});
