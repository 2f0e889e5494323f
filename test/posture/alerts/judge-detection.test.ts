import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeDetection, type WantedAlert } from '../../../src/posture/alerts/judge-detection.ts';
import type { AlertFacts, AlertRule } from '../../../src/posture/readings/calls/alerts.ts';
import { AT, alert, facts, hit, inHours, rule, WORKSPACE } from './alerts-world.ts';

const WANTED: WantedAlert = { detection: 'repeated-403' };
const judge = (list: readonly AlertRule[], wanted: readonly WantedAlert[] = [WANTED], more: Partial<AlertFacts> = {}) =>
  judgeDetection(wanted, facts({ rules: { complete: true, list: [...list] }, ...more }), AT);
const { hits: _, ...unasked } = rule({ id: '/rules/unasked', name: 'unasked' });
const { detection: __, ...other } = rule({ id: '/rules/other', name: 'other', otherText: true });

test('of several rules the one counts with which least is wrong', () => {
  const broken = rule({ id: '/rules/broken', name: 'broken', muted: true });
  const doubtful = rule({ id: '/rules/doubtful', name: 'doubtful', groups: ['/groups/nowhere'] });
  const worse = rule({ id: '/rules/worse', name: 'worse', muted: true, enabled: false });
  const situations: readonly (readonly [readonly AlertRule[], best: string])[] = [
    [[broken, doubtful], 'doubtful'],
    [[doubtful, unasked], 'unasked'],
    [[unasked, rule()], 'one'],
    [[worse, broken], 'broken'],
    [[doubtful, rule()], 'one'],
  ];
  for (const [list, best] of situations) {
    assert.deepEqual(judge(list).shows.rules, [best]);
    assert.deepEqual(judge(list.toReversed()).shows.rules, [best]);
  }
});

test('what the rules found and told is shown, and of a rule that nobody could ask nothing', () => {
  const list = Array.from({ length: 22 }, (_, at) =>
    alert({ id: `/alerts/${at}`, dimensions: { caller: `c${at}`, server: 'files', since: hit().when } }),
  );
  const hits = [...list.map((_, at) => hit({ caller: `c${at}` })), hit({ due: inHours(0) })];
  const { evidence, ...judged } = judge([rule({ hits, alerts: { complete: true, list } })]);
  assert.deepEqual(judged, {
    ...{ findings: [], doubts: [], subjects: 1 },
    shows: {
      ...{ rules: ['one'], rule_hash: ['h'], expected_callers: 1, hits: 23, not_yet_due: 1 },
      alerts: list.slice(0, 20).map(({ id }) => id),
    },
  });
  assert.deepEqual(evidence, [{ resource: '/rules/one', call: 'scheduledQueryRules 2023-12-01', hash: 'h' }]);
  const { expected: ___, ...values } = rule().values;
  assert.deepEqual(judge([{ ...unasked, values }]).shows, {
    ...{ rules: ['unasked'], rule_hash: ['h'], expected_callers: 0, hits: 0, not_yet_due: 0, alerts: [] },
    tried: 'not tried: see canary',
  });
  assert.equal('tried' in judge([]).shows, false);
});

test('a rule that is missing is told by what it should detect, and a text that nobody released by its name', () => {
  const privileged: WantedAlert = { detection: 'repeated-403', category: 'privileged' };
  const missing = (what: string) => ({
    ...{ reason: 'rule-missing', resource: `${WORKSPACE}/detections/${what}` },
    says: `No alert rule over the audit log is the released ${what}.`,
    evidence: { resource: WORKSPACE, call: 'scheduledQueryRules 2023-12-01' },
    remedy: { todo: 'Apply infra/modules/audit, which makes the rule.' },
  });
  assert.deepEqual(judge([]).findings, [missing('repeated-403')]);
  const ordinary = rule({ values: { ...rule().values, categories: ['ordinary'] } });
  assert.deepEqual(judge([ordinary], [privileged]).findings, [missing('repeated-403 (privileged)')]);
  const word = rule({ values: { ...rule().values, categories: 'privileged' } });
  assert.deepEqual(judge([word], [privileged]).findings, [missing('repeated-403 (privileged)')]);
  const said = (more: string): object => ({
    ...{ reason: 'unreadable', resource: `${WORKSPACE}/repeated-403` },
    detail: `No rule has the released text of repeated-403; ${more} another text, which a person has to compare.`,
  });
  assert.deepEqual(judge([other]).doubts, [said('other has')]);
  assert.deepEqual(judge([other, { ...other, name: 'third' }]).doubts, [said('other, third have')]);
  const same = rule({ detection: 'file-system-volume' });
  assert.deepEqual(judge([same]).findings, [missing('repeated-403')], 'a released text is no other one');
});

test('what is wrong with two rules of a check is told of each, and once of one that both names mean', () => {
  const both = ['ordinary', 'privileged'].map((category): WantedAlert => ({ detection: 'repeated-403', category }));
  const of = (category: string, id: string): AlertRule =>
    rule({ id, enabled: false, muted: true, values: { ...rule().values, categories: [category] } });
  const reasons = (list: readonly AlertRule[]) => judge(list, both).findings.map(({ reason }) => reason);
  const twice = ['rule-disabled', 'rule-muted'];
  assert.deepEqual(reasons([of('ordinary', '/rules/a'), of('privileged', '/rules/b')]), [...twice, ...twice]);
  assert.deepEqual(reasons([of('ordinary', '/rules/a'), of('privileged', '/RULES/A')]), twice);
});
