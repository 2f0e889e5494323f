import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CALLS_REASONS,
  ofCalls,
  ofDeadLetters,
  ofEmptyDays,
  ofGatewayLog,
  ofTables,
  type Part,
  shareOf,
  sumOf,
} from '../../src/posture/judge-calls.ts';
import type { CallsLoggedFacts } from '../../src/posture/readings/calls/calls-logged.ts';

type Log = NonNullable<CallsLoggedFacts['log']>;
const FACTS: CallsLoggedFacts = {
  ...{ workspace: '/w', gateway: '/service/apim', from: '2026-10-24T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' },
  tables: [],
};
const log = (more: Partial<Log> = {}): Log => ({
  ...{ days: [{ day: '2026-11-20', calls: 1_000, logged: 1_000 }], missing: [], rows: 1_000, unseen: 0, untold: 0 },
  ...{ apis: [{ api: 'mcp-files', posts: 5, passed: 5, told: 5 }], ...more },
});
const day = (calls: number, logged: number, name = '2026-11-20') => ({ day: name, calls, logged });
const told = ({ findings, doubts }: Part): readonly string[] => [
  ...findings.map(({ reason }) => reason),
  ...doubts.map(({ reason }) => `doubt: ${reason}`),
];

test('the share of calls with a row is never rounded up', () => {
  const shares: readonly (readonly [calls: number, logged: number, share: number])[] = [
    [1, 1, 100],
    [100_000, 99_999, 99.999],
    [1_000_000, 999_999, 99.999],
    [3, 2, 66.666],
    [100, 29, 29],
    [7, 0, 0],
  ];
  for (const [calls, logged, share] of shares) assert.equal(shareOf({ calls, logged }), share, `${logged}/${calls}`);
  assert.deepEqual(sumOf([day(3, 2), day(5, 5)]), { calls: 8, logged: 7 });
});

test('of a thousand calls one may be missing, of a hundred of a day one, and no more', () => {
  const situations: readonly (readonly [string, Log['days'], readonly string[]])[] = [
    ['all are there', [day(1_000, 1_000)], []],
    ['one of a thousand is missing', [day(1_000, 999)], []],
    ['two of a thousand', [day(1_000, 998)], ['calls-missing']],
    ['one of five hundred', [day(500, 499)], ['calls-missing']],
    ['a bad day among good ones', [day(100_000, 100_000), day(10, 9, '2026-11-21')], ['day-incomplete']],
    ['a day of which one of a hundred is missing', [day(100_000, 100_000), day(100, 99, '2026-11-21')], []],
    ['nothing arrived', [day(50, 0)], ['calls-missing', 'day-incomplete']],
    ['no calls', [], ['doubt: no-data']],
  ];
  for (const [what, days, expected] of situations)
    assert.deepEqual(told(ofCalls(log({ days }), FACTS)), expected, what);
});

test('rows that the gateway’s own log does not have, and APIs that tell nothing, are doubts', () => {
  const doubts = (more: Partial<Log>): readonly string[] => told(ofCalls(log(more), FACTS));
  assert.deepEqual(doubts({ unseen: 1 }), [], 'one of a thousand counts as nothing');
  assert.deepEqual(doubts({ unseen: 2 }), ['doubt: partial']);
  assert.deepEqual(doubts({ untold: 2 }), ['doubt: no-data']);
  assert.deepEqual(doubts({ apis: [{ api: 'mcp-x', posts: 9, passed: 9, told: 0 }] }), ['doubt: no-data']);
  assert.deepEqual(doubts({ apis: [{ api: 'mcp-x', posts: 9, passed: 0, told: 0 }] }), [], 'it let nothing pass');
});

test('a working day without a row fails from the first row on; before that there was no log', () => {
  const days = ['2026-11-02', '2026-11-10'];
  const of = (more?: Partial<Log>): Part => ofEmptyDays(days, more && log(more), FACTS);
  const began = { first: '2026-11-05T08:00:00.000Z', firstDay: '2026-11-05' };
  assert.deepEqual(told(of(began)), ['day-empty', 'doubt: no-data']);
  assert.equal(of(began).findings[0]?.severity, 'medium');
  assert.deepEqual(told(of({ first: '2026-10-01T08:00:00.000Z', firstDay: '2026-10-01' })), ['day-empty', 'day-empty']);
  assert.deepEqual([told(of({})), told(of())], [[], []], 'nobody knows when it began');
});

test('a table keeps its rows for ninety days, and queries see all of them', () => {
  const table = (retentionDays: number, plan?: string) =>
    told(ofTables({ ...FACTS, tables: [{ name: 'MCPAuditLog_CL', retentionDays, ...(plan && { plan }) }] }));
  assert.deepEqual(table(90, 'Analytics'), []);
  assert.deepEqual(table(89, 'Analytics'), ['retention-short']);
  assert.deepEqual(table(90, 'Basic'), ['doubt: partial']);
  assert.deepEqual(table(30), ['retention-short', 'doubt: partial']);
});

test('with half of its calls in the gateway’s own log, half of what is missing would be', () => {
  const diagnostic = { id: '/service/apim/diagnostics/azuremonitor', percentage: 100, verbosity: 'information' };
  const of = (diagnostics: readonly object[], workspaces = ['/w']) =>
    told(ofGatewayLog({ diagnostics: diagnostics as { id: string }[], workspaces }, FACTS));
  assert.deepEqual(of([diagnostic]), []);
  assert.deepEqual(of([diagnostic], ['/other']), ['doubt: not-configured']);
  assert.deepEqual(of([]), ['doubt: not-configured']);
  assert.deepEqual(of([{ ...diagnostic, percentage: 50 }]), ['doubt: partial']);
  assert.deepEqual(of([{ id: diagnostic.id }]), ['doubt: partial'], 'it does not say how many');
  assert.deepEqual(of([{ ...diagnostic, verbosity: 'Error' }]), ['doubt: partial']);
  const ofApi = { ...diagnostic, id: '/service/apim/apis/a/diagnostics/azuremonitor', percentage: 0 };
  assert.deepEqual(of([diagnostic, ofApi]), ['doubt: partial']);
});

test('calls that lie in the dead letters are no rows, whyever', () => {
  const letters = (rejected: string[], notUploaded: string[]) => ofDeadLetters({ rejected, notUploaded });
  assert.deepEqual(told(letters([], [])), []);
  assert.deepEqual(
    letters(['a'], ['b', 'c']).findings.map(({ resource, says }) => `${resource}: ${says.slice(0, 7)}`),
    ['dead-letter/rejected: 1 file ', 'dead-letter/not-uploaded: 2 files'],
  );
  for (const reason of Object.values(CALLS_REASONS)) assert.match(reason, /\.$/);
});
