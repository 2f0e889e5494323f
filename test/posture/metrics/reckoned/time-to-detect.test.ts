import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeToDetect } from '../../../../src/posture/metrics/time-to-detect.ts';
import type { Alert, AlertFacts, AlertRule, Hit } from '../../../../src/posture/readings/calls/alerts.ts';
import { AT, alert, facts, group, hit, inHours, rule } from '../../alerts/alerts-world.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

const TOOLS = ['get_file_info', 'directory_tree', 'search_files', 'list_directory', 'list_directory_with_sizes'];
const READS = ['read_file', 'read_text_file', 'read_media_file', 'read_multiple_files'];
const VALUES = {
  ...{ lookback: 10_800_000, maximumCalls: 100, maximumDirectories: 20, maximumCallsOverCallers: 500 },
  ...{ maximumDirectoriesOverCallers: 100, servers: ['filesystem'], tools: [...TOOLS, ...READS] },
};
const { server: _, ...bare } = hit();
const crossing = (caller: string, more: Partial<Hit> = {}): Hit => ({
  ...bare,
  caller,
  crossedAt: inHours(-5),
  ...more,
});
/** Told so many minutes after. */
const told = (caller: string, minutes: number, more: Partial<Alert> = {}): Alert => ({
  ...alert({ id: `/alerts/${caller}-${minutes}`, startedAt: inHours(minutes / 60 - 5) }),
  ...{ dimensions: { caller, hour: hit().when }, ...more },
});
const volume = (hits: readonly Hit[], list: readonly Alert[] = [], more: Partial<AlertRule> = {}): AlertRule =>
  rule({
    detection: 'file-system-volume',
    values: VALUES,
    hits: [...hits],
    alerts: { complete: true, list: [...list] },
    ...more,
  });
const reckoned = (list: readonly AlertRule[], more: Partial<AlertFacts> = {}) =>
  timeToDetect.reckon(
    { alerts: facts({ rules: { complete: true, list: [...list] }, ...more }) },
    { at: AT, settings: NO_SETTINGS },
  );

test('the median of what was told, the worst and the mean, in minutes', () => {
  const hits = ['a', 'b', 'c'].map((caller) => crossing(caller));
  assert.deepEqual(reckoned([volume(hits, [told('a', 5), told('b', 10), told('c', 30)])]), {
    value: 10,
    arithmetic: 'median 10 minutes, worst 30 minutes, mean of the detected 15 minutes, 0 undetected',
    terms: {
      ...{ crossings: 3, detected: 3, undetected: 0 },
      ...{ median_minutes: 10, worst_minutes: 30, mean_of_detected_minutes: 15 },
    },
    doubts: [],
  });
  assert.equal(reckoned([volume([crossing('a')], [told('a', -3)])]).value, 0, 'told before it was counted');
});

test('where half was not told, it took at least as long as that is ago', () => {
  const hits = [crossing('a'), crossing('b', { crossedAt: inHours(-5.5) })];
  assert.deepEqual(reckoned([volume(hits, [told('a', 5)])]), {
    ...{ value: 5, arithmetic: 'median 5 minutes, worst never (∞), mean of the detected 5 minutes, 1 undetected' },
    terms: { crossings: 2, detected: 1, undetected: 1, median_minutes: 5, mean_of_detected_minutes: 5 },
    doubts: [],
  });
  assert.deepEqual(reckoned([volume(hits)]), {
    ...{ value: 300, atLeast: true },
    arithmetic: 'median never (∞), worst never (∞), mean of the detected none, 2 undetected',
    terms: { crossings: 2, detected: 0, undetected: 2 },
    doubts: [],
  });
});

test('nobody who passed a limit is no number, and what the app itself tries counts for nobody', () => {
  const nobody = {
    value: undefined,
    arithmetic: 'nobody passed a limit',
    terms: { crossings: 0, detected: 0, undetected: 0 },
  };
  assert.deepEqual(reckoned([volume([])]), { ...nobody, doubts: [] });
  assert.deepEqual(reckoned([volume([crossing('a', { canary: true })])]), { ...nobody, doubts: [] });
  const without = (what: string) => ({ ...nobody, doubts: [{ reason: 'no-data', detail: what }] });
  const unknown = without(
    'No rule that is on has the released text over the audit log: nobody knows who passed a limit.',
  );
  assert.deepEqual(reckoned([]), unknown);
  const { hits: __, ...unasked } = volume([]);
  assert.deepEqual(reckoned([unasked]), unknown);
  assert.deepEqual(reckoned([rule({ hits: [crossing('a')] })]), unknown, 'a rule of another detection');
  const weak = volume([], [], { values: { ...VALUES, maximumCalls: 101 } });
  const weaker = without(
    'The limits of every such rule let more pass than the released ones: who passed those, nobody knows.',
  );
  assert.deepEqual(reckoned([weak]), weaker);
  assert.deepEqual(reckoned([weak, volume([])]).doubts, []);
});

test('a caller and an hour are one crossing, of which the strictest rule says when, and the fastest told', () => {
  const strict = volume([crossing('A', { crossedAt: inHours(-5.5) })], [told('a', 30)]);
  const fast = volume([crossing('a')], [told('a', 12), told('a', 6)]);
  const { value, terms } = reckoned([fast, strict]);
  assert.deepEqual([value, terms.crossings], [36, 1]);
  const other = crossing('a', { when: inHours(-8), first: inHours(-8), due: inHours(-7) });
  assert.equal(reckoned([volume([crossing('a'), other])]).terms.crossings, 2, 'another hour');
});

test('of what the log or the alerts do not say nobody knows', () => {
  const { crossedAt: __, ...timeless } = crossing('a');
  const doubt = (detail: string) => [{ reason: 'unreadable', detail }];
  const untimed = reckoned([volume([timeless, crossing('b')], [told('a', 5), told('b', 5)])]);
  assert.deepEqual(untimed.doubts, doubt('Of 1 crossings the log does not say when they were.'));
  assert.deepEqual(reckoned([volume([timeless])]).value, 0);
  const { suppressed: ___, ...silent } = told('a', 5);
  const alerts = 'Of 1 crossings the alerts of that time do not say whether they are about them.';
  assert.deepEqual(reckoned([volume([crossing('a'), crossing('b')], [silent])]).doubts, doubt(alerts));
  const mixed = reckoned([volume([crossing('a')], [silent]), volume([crossing('a')])]);
  assert.deepEqual(mixed.doubts, doubt(alerts), 'one rule may have told, and another has not');
  const once = reckoned([volume([crossing('a')], [silent]), volume([crossing('a')], [told('a', 9)])]);
  assert.deepEqual([once.value, once.doubts], [9, []], 'another rule told for certain');
});

test('an alert that nobody receives told nobody, and of one that somebody may receive nobody knows', () => {
  const [raised] = [volume([crossing('a')], [told('a', 5)])];
  const kept = (more: Partial<AlertFacts>, list = [raised]) => {
    const { terms, doubts = [] } = reckoned(list, more);
    return [terms.detected, doubts.length];
  };
  assert.deepEqual(kept({}), [1, 0]);
  assert.deepEqual(kept({ groups: { complete: true, list: [group({ enabled: false })] } }), [0, 0]);
  assert.deepEqual(kept({ groups: { complete: true, list: [group({ receivers: 0, unsure: 1 })] } }), [0, 1]);
  const suppressed = volume([crossing('a')], [told('a', 5, { suppressed: true })]);
  assert.deepEqual(
    kept({ groups: { complete: true, list: [group({ receivers: 0, unsure: 1 })] } }, [suppressed]),
    [0, 0],
  );
});
