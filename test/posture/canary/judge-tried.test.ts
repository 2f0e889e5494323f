import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Canary } from '../../../src/posture/canary/canary.ts';
import { countingCanaries, judgeTried } from '../../../src/posture/canary/judge-tried.ts';
import { at, BEGAN, CROSSED, scheduled, waiting } from './canary-world.ts';

const RULE = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Insights/scheduledQueryRules/canary';
const over = (state: Canary['state'], id = '2026-12'): Canary => ({ ...waiting, id, state, seconds: 300 });
for (const [what, canaries, now, said] of [
  ['none', [], 0, ['pass', 'none within 35 days']],
  ['seen', [over('detected')], 60, ['pass', '2026-12: detected']],
  ['seen too late', [over('late')], 60, ['canary-unseen', '2026-12: late']],
  ['not seen', [over('undetected')], 60, ['canary-unseen', '2026-12: undetected']],
  ['not let through', [over('not-sent')], 60, ['pass', '2026-12: not-sent']],
  ['waiting for its alert', [waiting], 30, ['pass', '2026-12: waiting']],
  [
    'waiting, after one that was not seen',
    [waiting, over('undetected', '2026-11')],
    30,
    ['canary-unseen', '2026-11: undetected'],
  ],
  ['let through, and the alerts cannot be read', [waiting], 120, ['unavailable', '2026-12: waiting']],
  [
    'the same, after one that was seen',
    [waiting, over('detected', '2026-11')],
    120,
    ['unavailable', '2026-12: waiting'],
  ],
  ['let through, and nobody could ever read the alerts', [over('unread')], 120, ['unavailable', '2026-12: unread']],
] as const) {
  test(`a canary, ${what}: ${said.join(', ')}`, () => {
    const { findings, doubts, shows } = judgeTried({ setUp: true, rule: RULE, canaries: [...canaries] }, at(now));
    const reason = findings[0]?.reason ?? doubts[0]?.reason ?? 'pass';
    assert.deepEqual([reason, shows.canary], said);
  });
}

const DAY = 24 * 60;
for (const [what, canaries, day, kept] of [
  ['seen, 40 days ago', [over('detected')], 40, []],
  ['not seen, 40 days ago, and none since', [over('undetected')], 40, ['2026-12']],
  ['not read, 40 days ago, and none since', [over('unread')], 40, ['2026-12']],
  ['let through, and never looked for', [waiting], 40, ['2026-12']],
  [
    'not seen, 40 days ago, and the next not let through',
    [{ ...scheduled, id: '2027-01', state: 'not-sent', dueAt: at(31 * DAY) }, over('undetected')],
    40,
    ['2027-01', '2026-12'],
  ],
  [
    'not seen, 40 days ago, and the next seen',
    [{ ...over('detected', '2027-01'), beganAt: at(31 * DAY) }, over('undetected')],
    40,
    ['2027-01'],
  ],
] as const) {
  test(`a canary, ${what}: ${kept.join(', ') || 'none'} counts`, () => {
    assert.deepEqual(
      countingCanaries(canaries, at(day * DAY)).map(({ id }) => id),
      kept,
    );
  });
}

test('what is told of a canary that was not seen says when it called, when it crossed and what came', () => {
  const { id: resource, calls: sent } = { id: RULE, calls: 21 };
  const facts = (...canaries: readonly Canary[]) => ({ setUp: true, rule: RULE, canaries: [...canaries] });
  const evidence = (more: object) => ({
    ...{ resource, call: 'alerts 2025-05-25-preview' },
    shows: { canary: '2026-12', calls: sent, answered: 21, began: BEGAN, crossed: CROSSED, ...more },
  });
  const late: Canary = { ...waiting, state: 'late', seconds: 3_661, alert: 'a61', alertAt: at(61) };
  const [tooLate] = judgeTried(facts(late), at(70)).findings;
  assert.deepEqual(tooLate && [tooLate.resource, tooLate.says, tooLate.evidence, tooLate.remedy.link], [
    ...[RULE, 'The alert of the canary 2026-12 came after 62 minutes, and had to come within 60 minutes.'],
    ...[evidence({ alert: 'a61', alert_at: at(61) }), `https://portal.azure.com/#@/resource${RULE}`],
  ]);
  const [unseen] = judgeTried({ setUp: true, canaries: [{ ...waiting, state: 'undetected' }] }, at(70)).findings;
  assert.deepEqual(unseen && [unseen.resource, unseen.says, 'link' in unseen.remedy], [
    ...['canary', `The canary 2026-12 crossed the limit at ${CROSSED}, and no alert came within 60 minutes.`, false],
  ]);
  const seen = judgeTried(facts({ ...over('detected'), alert: 'a4', alertAt: at(4) }), at(70));
  assert.deepEqual(seen, {
    ...{ findings: [], doubts: [], evidence: [evidence({ alert: 'a4', alert_at: at(4) })] },
    shows: { canary: '2026-12: detected', canary_seconds: 300 },
  });
  const { beganAt: _, crossedAt: __, ...bare } = over('undetected');
  const [nothingKnown] = judgeTried(facts(bare), at(70)).findings;
  assert.deepEqual(nothingKnown?.evidence.shows, { canary: '2026-12', calls: 21, answered: 21 });
});

test('alerts that nobody could read are a doubt, an hour and a quarter after the crossing', () => {
  const doubts = (canary: Canary, minutes: number) =>
    judgeTried({ setUp: true, rule: RULE, canaries: [canary] }, at(minutes)).doubts;
  const detail =
    'The canary 2026-12 was let through, and whether its alert came nobody could read: it was not looked for.';
  assert.deepEqual(
    [doubts(waiting, 75), doubts(waiting, 76)],
    [[], [{ reason: 'unavailable', resource: RULE, detail }]],
  );
  assert.match(doubts({ ...over('unread'), detail: 'denied' }, 76)[0]?.detail ?? '', /nobody could read: denied$/);
  const { crossedAt: _, ...never } = waiting;
  assert.deepEqual([doubts(never, 76), doubts({ ...waiting, state: 'not-sent' }, 76)], [[], []]);
  const { shows } = judgeTried({ setUp: true, canaries: [{ ...scheduled, detail: 'refused' }] }, at(0));
  assert.deepEqual(shows, { canary: '2026-12: scheduled: refused' });
});

test('of 35 days all count, and one that has not begun by when it is due', () => {
  const days = (canary: Canary, minutes: number) => countingCanaries([canary], at(minutes)).length;
  const { beganAt: _, ...due } = over('not-sent');
  const edge = 35 * DAY - 1;
  for (const canary of [over('not-sent'), due]) assert.deepEqual([days(canary, edge), days(canary, edge + 1)], [1, 0]);
});

test('where there is no canary, it says so', () => {
  assert.equal(judgeTried({ setUp: false, canaries: [] }, at(0)).shows.canary, 'not set up');
});
