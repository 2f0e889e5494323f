import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeredHits, judgeHits } from '../../../src/posture/alerts/alert-hits.ts';
import { ALERT_REASONS, evidenceOf, isReceived, judgeAlertRule } from '../../../src/posture/alerts/judge-alert-rule.ts';
import { judgeDetection, type WantedAlert } from '../../../src/posture/alerts/judge-detection.ts';
import { weakerThanReleased } from '../../../src/posture/alerts/rule-limits.ts';
import type {
  ActionGroup,
  Alert,
  AlertFacts,
  AlertRule,
  Hit,
  ProcessingRule,
} from '../../../src/posture/readings/calls/alerts.ts';
import { AT, alert, facts, group, hit, inHours, RELEASED, rule, WORKSPACE } from './alerts-world.ts';

test('what a rule finds was told where an alert of the same caller, server and time told somebody', () => {
  const { dimensions: _, ...nameless } = alert();
  const { suppressed: __, ...silent } = alert();
  const situations: readonly (readonly [string, readonly Alert[], kind: string])[] = [
    ['an alert of it', [alert()], 'told'],
    ['none', [], 'untold'],
    [
      'one of another caller',
      [alert({ dimensions: { caller: 'sam', server: 'files', since: inHours(-5) } })],
      'untold',
    ],
    ['one of another server', [alert({ dimensions: { caller: 'alex', server: 'x', since: inHours(-5) } })], 'untold'],
    ['one of another time', [alert({ dimensions: { caller: 'alex', server: 'files', since: inHours(-6) } })], 'untold'],
    ['one that was kept from everybody', [alert({ suppressed: true })], 'suppressed'],
    ['one that was, and one that was not', [alert({ suppressed: true }), alert()], 'told'],
    ['one of which nobody knows', [silent], 'unsure'],
    ['one that does not say of whom it is', [nameless], 'unsure'],
    ['such a one from before', [{ ...nameless, startedAt: inHours(-6) }], 'untold'],
  ];
  for (const [what, alerts, kind] of situations)
    assert.deepEqual(
      answeredHits([hit()], alerts, AT).map((each) => each.kind),
      [kind],
      what,
    );
});

test('a rule is not asked for what is too new for its alert, nor for what Azure keeps no more', () => {
  const of = (more: Partial<Hit>) => judgeHits([hit(more)], [], AT);
  assert.equal(of({ due: inHours(-1) }).untold.length, 1);
  assert.equal(of({ due: inHours(-0.9) }).passedOver, 1);
  assert.equal(of({ first: inHours(-30 * 24 + 1), due: inHours(-4) }).untold.length, 1);
  assert.equal(of({ first: inHours(-30 * 24), due: inHours(-4) }).passedOver, 1);
  const { told, untold, suppressed, unsure } = judgeHits([hit(), hit({ caller: 'sam' })], [alert()], AT);
  assert.deepEqual([told.length, untold.map(({ caller }) => caller), suppressed, unsure], [1, ['sam'], [], []]);
});

test('a limit is weaker where more passes it, and stricter ones are as good', () => {
  const weaker = (more: object): readonly string[] =>
    weakerThanReleased('repeated-403', { ...RELEASED, ...more }, 'UTC');
  assert.deepEqual(weaker({}), []);
  assert.deepEqual(weaker({ maximumRefusals: 1, privilegedWeight: 9, lookback: 7_200_000 }), []);
  assert.deepEqual(weaker({ maximumRefusals: 6 }), ['maximumRefusals is 6, above 5']);
  assert.deepEqual(weaker({ privilegedWeight: 1 }), ['privilegedWeight is 1, below 2']);
  assert.deepEqual(weaker({ privilegedScopes: ['MCP.Tools.Admin', 'x'] }), [
    'privilegedScopes lacks mcp.tools.secrets',
  ]);
  assert.equal(weaker({ maximumRefusals: undefined }).length, 1, 'a limit that is not there holds nobody');
  assert.equal(weaker({ maximumRefusals: '5' }).length, 1);
  const volume = {
    ...{ lookback: 3 * 3_600_000, maximumCalls: 100, maximumDirectories: 20 },
    ...{ maximumCallsOverCallers: 500, maximumDirectoriesOverCallers: 100, servers: ['FileSystem'] },
  };
  const tools = ['get_file_info', 'directory_tree', 'search_files', 'list_directory', 'list_directory_with_sizes'];
  const reads = ['read_file', 'read_text_file', 'read_media_file', 'read_multiple_files'];
  const ofVolume = (more: object): readonly string[] =>
    weakerThanReleased('file-system-volume', { ...volume, tools: [...tools, ...reads], ...more }, 'UTC');
  assert.deepEqual(ofVolume({}), []);
  assert.deepEqual(ofVolume({ lookback: 3 * 3_600_000 - 1 }), ['lookback is 10799999, below 10800000']);
  assert.deepEqual(ofVolume({ tools, servers: 'filesystem' }), [
    'servers lacks filesystem',
    `tools lacks ${reads.join(', ')}`,
  ]);
  const hours = { lookback: 24 * 3_600_000, opens: 7, closes: 20, zone: 'UTC' };
  const verbs = ['create', 'update', 'delete', 'write', 'edit', 'move', 'push', 'merge', 'add', 'fork'];
  const night = (zone: string): readonly string[] =>
    weakerThanReleased('out-of-hours-writes', { ...hours, writeVerbs: verbs }, zone);
  assert.deepEqual(night('UTC'), []);
  assert.deepEqual(
    weakerThanReleased('out-of-hours-writes', { ...hours, writeVerbs: verbs, lookback: 86_399_999 }, 'UTC'),
    ['lookback is 86399999, below 86400000'],
  );
  assert.match(night('Europe/Paris').join(), /zone is UTC, and the firm’s is Europe\/Paris/);
});

const processing: ProcessingRule = { id: '/actionRules/night', name: 'night', scopes: [WORKSPACE], conditions: [] };
const reasons = (more: Partial<AlertRule>, moreFacts: Partial<AlertFacts> = {}): readonly string[] => {
  const { findings, doubts } = judgeAlertRule(rule(more), 'repeated-403', facts(moreFacts), AT);
  return [...findings.map(({ reason }) => reason), ...doubts.map(({ reason }) => `doubt: ${reason}`)];
};
const groups = (...list: readonly ActionGroup[]) => ({ groups: { complete: true, list: [...list] } });

test('a rule passes only where it is on, asks the log, reports all that its text finds and tells somebody', () => {
  const situations: readonly (readonly [string, Partial<AlertRule>, Partial<AlertFacts>, readonly string[]])[] = [
    ['as it is released', {}, {}, []],
    ['off', { enabled: false }, {}, ['rule-disabled']],
    ['on something else', { onWorkspace: false }, {}, ['rule-elsewhere']],
    ['with a weaker limit', { values: { ...rule().values, maximumRefusals: 50 } }, {}, ['limits-weaker']],
    ['narrowed', { narrowed: ['it drops rows'] }, {}, ['rule-narrowed']],
    ['not split by the server', { splitsBy: ['caller', 'since'] }, {}, ['told-together']],
    ['muted', { muted: true }, {}, ['rule-muted']],
    ['without a group', { groups: [] }, {}, ['no-receiver']],
    ['to a group that is off', {}, groups(group({ enabled: false })), ['no-receiver']],
    ['to a group without a receiver', {}, groups(group({ receivers: 0 })), ['no-receiver']],
    ['to a receiver of which nobody knows', {}, groups(group({ receivers: 0, unsure: 1 })), ['doubt: unreadable']],
    ['to a group that is nowhere', {}, groups(), ['doubt: unreadable']],
    ['the same, of half a list', {}, { groups: { complete: false, list: [] } }, []],
    ['to two groups of which one works', { groups: ['/groups/g', '/groups/x'] }, {}, []],
    ['under a rule of the night', {}, { processing: { complete: true, list: [processing] } }, ['actions-removed']],
    ['a hit without an alert', { hits: [hit()] }, {}, ['hit-without-alert']],
    ['a hit that was told', { hits: [hit()], alerts: { complete: true, list: [alert()] } }, {}, []],
    [
      'a hit that was kept back',
      { hits: [hit()], alerts: { complete: true, list: [alert({ suppressed: true })] } },
      {},
      ['alert-suppressed'],
    ],
    ['a hit, of half the alerts', { hits: [hit()], alerts: { complete: false, list: [] } }, {}, []],
    ['a hit from before the rule was changed', { hits: [hit()], changedAt: inHours(-1) }, {}, ['doubt: no-data']],
  ];
  for (const [what, more, moreFacts, expected] of situations)
    assert.deepEqual(reasons(more, moreFacts), expected, what);
});

test('whether somebody is told is yes, no, or nobody can say', () => {
  assert.equal(isReceived(rule(), facts()), 'yes');
  assert.equal(isReceived(rule({ groups: [] }), facts()), 'no');
  assert.equal(isReceived(rule(), facts(groups())), 'unsure');
  assert.deepEqual(evidenceOf(rule()), { resource: '/rules/one', call: 'scheduledQueryRules 2023-12-01', hash: 'h' });
  for (const reason of Object.values(ALERT_REASONS)) assert.match(reason, /\.$/);
});

const detection = (
  list: readonly AlertRule[],
  more: object = {},
  wanted: readonly WantedAlert[] = [{ detection: 'repeated-403' }],
) => {
  const { findings, doubts, shows } = judgeDetection(
    wanted,
    facts({ rules: { complete: true, list: [...list], ...more } }),
    AT,
  );
  return {
    reasons: [...findings.map(({ reason }) => reason), ...doubts.map(({ reason }) => `doubt: ${reason}`)],
    shows,
  };
};
const { detection: _, ...unnamed } = rule({ id: '/rules/stranger', name: 'stranger', otherText: true });

test('of several rules one that tells is enough, and what is wrong with a copy is no failure', () => {
  const copy = rule({ id: '/rules/copy', enabled: false, muted: true });
  assert.deepEqual(detection([copy, rule()]).reasons, []);
  assert.deepEqual(detection([copy, rule({ enabled: false })]).reasons, ['rule-disabled'], 'the better one says why');
});

test('where no rule has the released text it is missing, unless another may be meant or the list is not whole', () => {
  assert.deepEqual(detection([]).reasons, ['rule-missing']);
  assert.deepEqual(detection([rule({ detection: 'file-system-volume' })]).reasons, ['rule-missing']);
  assert.deepEqual(detection([unnamed]).reasons, ['doubt: unreadable']);
  assert.deepEqual(detection([{ ...unnamed, enabled: false }]).reasons, ['rule-missing'], 'a stranger that is off');
  assert.deepEqual(detection([], { complete: false }).reasons, [], 'the gap of the list says so');
});

test('each category of refusals wants a rule that reports it', () => {
  const both = ['ordinary', 'privileged'].map((category): WantedAlert => ({ detection: 'repeated-403', category }));
  assert.deepEqual(detection([rule()], {}, both).reasons, []);
  const half = rule({ values: { ...rule().values, categories: ['ordinary'] } });
  assert.deepEqual(detection([half], {}, both).reasons, ['rule-missing']);
  const off = rule({ enabled: false });
  assert.deepEqual(detection([off], {}, both).reasons, ['rule-disabled'], 'one rule for both fails once');
});

test('a check says what the rules found and told, and where nothing was found that nobody tried them', () => {
  assert.deepEqual(detection([rule()]).shows.tried, 'not tried: see canary');
  const { shows } = detection([
    rule({ hits: [hit(), hit({ due: inHours(0) })], alerts: { complete: true, list: [alert()] } }),
  ]);
  assert.deepEqual([shows.hits, shows.not_yet_due, shows.alerts, shows.tried], [2, 1, ['/alerts/a'], undefined]);
});
