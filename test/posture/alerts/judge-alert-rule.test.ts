import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReceived, judgeAlertRule } from '../../../src/posture/alerts/judge-alert-rule.ts';
import type { AlertFacts, AlertRule, ProcessingRule } from '../../../src/posture/readings/calls/alerts.ts';
import { AT, alert, facts, group, hit, inHours, rule, WORKSPACE } from './alerts-world.ts';

const judge = (more: Partial<AlertRule>, moreFacts: Partial<AlertFacts> = {}) =>
  judgeAlertRule(rule(more), 'repeated-403', facts(moreFacts), AT);
const EVIDENCE = { resource: '/rules/one', call: 'scheduledQueryRules 2023-12-01', hash: 'h' };
const LINK = 'https://portal.azure.com/#@/resource/rules/one';
const NIGHT: ProcessingRule = { id: '/actionRules/night', name: 'night', scopes: [WORKSPACE], conditions: [] };
const groups = (...list: AlertFacts['groups']['list']) => ({ groups: { complete: true, list } });

test('each thing that is wrong with a rule is said, with the rule as it was read', () => {
  const wrong: readonly (readonly [Partial<AlertRule>, reason: string, says: string])[] = [
    [{ enabled: false }, 'rule-disabled', 'one is switched off.'],
    [{ onWorkspace: false }, 'rule-elsewhere', 'one does not ask the workspace w alone.'],
    [
      { values: { ...rule().values, maximumRefusals: 9, privilegedWeight: 1 } },
      ...(['limits-weaker', 'Of one, maximumRefusals is 9, above 5; privilegedWeight is 1, below 2.'] as const),
    ],
    [{ narrowed: ['it drops rows', 'it is slow'] }, 'rule-narrowed', 'Of one: it drops rows; it is slow.'],
    [{ splitsBy: ['since'] }, 'told-together', 'one does not split its alerts by caller, server.'],
    [{ muted: true }, 'rule-muted', 'one mutes its actions after an alert.'],
    [{ groups: [] }, 'no-receiver', 'one tells nobody: it has no action group.'],
  ];
  for (const [more, reason, says] of wrong) {
    const { findings, doubts } = judge(more);
    const told = findings.map(({ remedy, ...rest }) => ({ ...rest, link: remedy.link }));
    assert.deepEqual(told, [{ reason, resource: '/rules/one', says, evidence: EVIDENCE, link: LINK }]);
    assert.deepEqual(doubts, []);
  }
  const split = judgeAlertRule(rule({ splitsBy: ['hour'] }), 'file-system-volume', facts(), AT);
  assert.ok(split.findings.some(({ says }) => says === 'one does not split its alerts by caller.'));
});

test('whom a rule tells is known of the groups that were read, and nobody is told where none is on', () => {
  const off = group({ enabled: false, unsure: 1 });
  const situations: readonly (readonly [
    string,
    Partial<AlertRule>,
    Partial<AlertFacts>,
    sure: string,
    said?: string,
  ])[] = [
    ['one receiver', {}, {}, 'yes'],
    [
      'two groups, of which one is off',
      { groups: ['/groups/g', '/groups/x'] },
      groups(off, group({ id: '/groups/X' })),
      'yes',
    ],
    ['a group that is off', {}, groups(off), 'no', 'one tells nobody: g is off, or without a receiver that is on.'],
    [
      'two of them',
      { groups: ['/groups/g', '/groups/x'] },
      groups(off, { ...off, id: '/groups/x' }),
      'no',
      'one tells nobody: g, x is off, or without a receiver that is on.',
    ],
    [
      'a receiver that may be told',
      {},
      groups(group({ receivers: 0, unsure: 1 })),
      'unsure',
      'Azure does not say of a receiver of one whether it is told.',
    ],
    [
      'the same beside a group without any',
      { groups: ['/groups/g', '/groups/x'] },
      groups(group({ receivers: 0 }), group({ id: '/groups/x', receivers: 0, unsure: 1 })),
      ...(['unsure', 'Azure does not say of a receiver of one whether it is told.'] as const),
    ],
    [
      'groups that are nowhere',
      { groups: ['/groups/g', '/groups/x', '/groups/y'] },
      groups(off),
      ...(['unsure', 'one tells x, y, which is in none of SUBSCRIPTION_IDS.'] as const),
    ],
    ['a group that is nowhere, of half a list', {}, { groups: { complete: false, list: [] } }, 'yes'],
  ];
  for (const [what, more, moreFacts, sure, said] of situations) {
    const { findings, doubts } = judge(more, moreFacts);
    assert.equal(isReceived(rule(more), facts(moreFacts)), sure, what);
    assert.equal(findings[0]?.says ?? doubts[0]?.detail, said, what);
  }
});

test('a processing rule that takes the action groups away is told, and one that nobody understands is a doubt', () => {
  const unclear = { ...NIGHT, conditions: [{ field: 'Description', operator: 'Equals', values: ['x'] }] };
  const elsewhere = { ...NIGHT, scopes: ['/subscriptions/other'] };
  const { findings, doubts } = judge(
    {},
    { processing: { complete: true, list: [elsewhere, NIGHT, { ...unclear, id: '/actionRules/u', name: 'u' }] } },
  );
  assert.deepEqual(findings, [
    {
      ...{ reason: 'actions-removed', resource: '/actionRules/night' },
      says: 'The alert processing rule night takes the action groups of one away.',
      evidence: { resource: '/actionRules/night', call: 'actionRules 2021-08-08', shows: { scopes: [WORKSPACE] } },
      remedy: {
        todo: 'Leave the rule out by a condition of the processing rule, or remove that.',
        link: 'https://portal.azure.com/#@/resource/actionRules/night',
      },
    },
  ]);
  assert.deepEqual(doubts, [
    {
      ...{ reason: 'unreadable', resource: '/actionRules/u' },
      detail: 'Whether the alert processing rule u takes the action groups of one away is not understood.',
    },
  ]);
});

test('what the rule finds and did not tell is told by its caller, its server and its time', () => {
  const { server: _, ...everywhere } = hit({ caller: 'Sam' });
  const list = [alert({ suppressed: true })];
  const { findings, doubts, hits } = judge({ hits: [hit(), everywhere], alerts: { complete: true, list } });
  const when = inHours(-5);
  assert.deepEqual(
    findings.map(({ reason, resource, says, evidence }) => [reason, resource, says, evidence]),
    [
      [
        'hit-without-alert',
        `/rules/one/hits/Sam ${when}`,
        `one finds Sam ${when} in the log, and raised no alert for it.`,
        EVIDENCE,
      ],
      [
        ...['alert-suppressed', `/rules/one/hits/Alex files ${when}`],
        `The alert of one for Alex files ${when} was raised, and its action groups were taken away. It is a.`,
        EVIDENCE,
      ],
    ],
  );
  assert.deepEqual([doubts, hits?.untold.length, hits?.suppressed.length], [[], 1, 1]);
});

test('what was found before the rule was changed is a doubt; what was found since is not', () => {
  const hits = [hit({ caller: 'Old', due: inHours(-9) }), hit({ caller: 'New', due: inHours(-4) })];
  const situations: readonly (readonly [
    string,
    Partial<AlertRule>,
    findings: readonly string[],
    doubts: readonly string[],
  ])[] = [
    ['never changed', { hits }, ['Old', 'New'], []],
    ['changed between', { hits, changedAt: inHours(-6) }, ['New'], ['no-data']],
    ['changed just when the second was due', { hits, changedAt: inHours(-4) }, ['New'], ['no-data']],
    ['changed since', { hits, changedAt: inHours(-1) }, [], ['no-data']],
    ['changed before', { hits, changedAt: inHours(-20) }, ['Old', 'New'], []],
    ['of half the alerts', { hits, alerts: { complete: false, list: [] } }, [], []],
    [
      'with an alert of nobody',
      { hits, alerts: { complete: true, list: [{ id: 'x', startedAt: inHours(-4) }] } },
      [],
      ['unreadable'],
    ],
  ];
  for (const [what, more, findings, doubts] of situations) {
    const judged = judge(more);
    const callers = judged.findings.map(({ resource }) => resource.split('/').at(-1)?.split(' ')[0]);
    assert.deepEqual([callers, judged.doubts.map(({ reason }) => reason)], [findings, doubts], what);
  }
  const [changed] = judge({ hits, changedAt: inHours(-6) }).doubts;
  assert.match(changed?.detail ?? '', new RegExp(`^one was changed at ${inHours(-6)}; `));
});

test('of a rule that nobody could ask nothing is said of what it finds', () => {
  const { hits: _, ...unasked } = rule();
  assert.deepEqual(judgeAlertRule(unasked, 'repeated-403', facts(), AT), { rule: unasked, findings: [], doubts: [] });
});
