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

test('of calls that are missing the first are named, and each day is told by itself', () => {
  const missing = Array.from({ length: 21 }, (_, at) => ({
    id: `r${at}`,
    at: '2026-11-21T08:00:00.000Z',
    api: 'mcp-files',
  }));
  const { findings } = ofCalls(log({ days: [day(100, 100), day(50, 29, '2026-11-21')], missing }), FACTS);
  const table = '/w/tables/MCPAuditLog_CL';
  const shows = { missing: missing.slice(0, 20).map(({ id, at, api }) => `${id} ${at} ${api}`) };
  assert.deepEqual(
    findings.map(({ remedy, ...rest }) => ({ ...rest, link: remedy.link })),
    [
      ['calls-missing', table, 'Of 150 tool calls, 21 have no row.'],
      ['day-incomplete', `${table}/days/2026-11-21`, 'Of 50 tool calls of 2026-11-21, 21 have no row.'],
    ].map(([reason, resource, says]) => ({
      ...{ reason, resource, says, link: 'https://portal.azure.com/#@/resource/w/logs' },
      evidence: { resource: table, call: 'kql/posture/calls-logged.kql', shows },
    })),
  );
});

test('rows that the gateway’s own log does not have, and APIs that tell nothing, are doubts', () => {
  const doubts = (more: Partial<Log>): readonly string[] => told(ofCalls(log(more), FACTS));
  assert.deepEqual(doubts({ unseen: 1 }), [], 'one of a thousand counts as nothing');
  assert.deepEqual(doubts({ unseen: 2 }), ['doubt: partial']);
  const silent = [1, 2].map((at) => ({ api: `mcp-${at}`, posts: 9, passed: 9, told: 0 }));
  const quiet = ofCalls(log({ apis: [...silent, { api: 'mcp-3', posts: 9, passed: 9, told: 1 }] }), FACTS).doubts;
  assert.deepEqual(
    quiet.map(({ resource, detail }) => [resource, detail.split(' let ')[0]]),
    [['/service/apim', 'mcp-1, mcp-2']],
  );
  const { gateway: _, ...unknown } = FACTS;
  assert.equal(ofCalls(log({ unseen: 2 }), unknown).doubts[0]?.resource, '/w');
  assert.deepEqual(doubts({ untold: 2 }), ['doubt: no-data']);
  assert.deepEqual(doubts({ apis: [{ api: 'mcp-x', posts: 9, passed: 9, told: 0 }] }), ['doubt: no-data']);
  assert.deepEqual(doubts({ apis: [{ api: 'mcp-x', posts: 9, passed: 0, told: 0 }] }), [], 'it let nothing pass');
});

test('a working day without a row fails from the first row on; before that there was no log', () => {
  const days = ['2026-11-02', '2026-11-10'];
  const of = (more?: Partial<Log>): Part => ofEmptyDays(days, more && log(more), FACTS);
  const began = { first: '2026-11-05T08:00:00.000Z', firstDay: '2026-11-05' };
  assert.deepEqual(told(of(began)), ['day-empty', 'doubt: no-data']);
  const ofDay = (days: readonly string[], first: string): Part =>
    ofEmptyDays(days, log({ first, firstDay: first.slice(0, 10) }), FACTS);
  assert.deepEqual(told(ofDay(['2026-11-05'], '2026-11-05T08:00:00.000Z')), ['day-empty', 'doubt: no-data']);
  assert.deepEqual(told(ofDay([], FACTS.from)), [], 'it begins with the days that are looked at');
  const [empty] = of(began).findings;
  assert.deepEqual(
    [empty?.resource, empty?.says],
    [...['/w/tables/MCPAuditLog_CL/days/2026-11-10', 'Nobody left a row on 2026-11-10, a working day.']],
  );
  assert.match(of(began).doubts[0]?.detail ?? '', /^The audit log begins at 2026-11-05T08:00:00.000Z: /);
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
  const one = { name: 'A', retentionDays: 30 };
  const { findings, doubts } = ofTables({ ...FACTS, tables: [one, { ...one, name: 'B', plan: 'Basic' }] });
  assert.deepEqual(
    findings.map(({ resource, says, evidence, remedy }) => [resource, says, evidence.shows, remedy.command]),
    ['A', 'B'].map((name) => [
      ...[`/w/tables/${name}`, `${name} keeps its rows for 30 days.`, { retention_days: 30 }],
      `az monitor log-analytics workspace table update --ids '/w/tables/${name}' --retention-time 90`,
    ]),
  );
  assert.deepEqual(
    doubts.map(({ resource, detail }) => [resource, detail.slice(0, 34)]),
    [
      ['/w/tables/A', 'Azure does not say which plan A ha'],
      ['/w/tables/B', 'B has the plan Basic, with which q'],
    ],
  );
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
  assert.deepEqual(of([ofApi]), ['doubt: not-configured', 'doubt: partial']);
  assert.deepEqual(of([{ ...diagnostic, id: '/SERVICE/apim/DIAGNOSTICS/x' }]), []);
  assert.deepEqual(of([{ id: diagnostic.id, percentage: 100 }]), [], 'of its verbosity nothing is said');
  const odd = [{ ...diagnostic, percentage: 99 }, { ...diagnostic, verbosity: 'error' }, { id: diagnostic.id }];
  assert.deepEqual(
    ofGatewayLog({ diagnostics: odd, workspaces: ['/w'] }, FACTS).doubts.map(({ detail }) =>
      detail.replace(/^.*azuremonitor /, ''),
    ),
    [
      'writes 99 % of the calls.',
      'writes errors alone, not what the policy tells.',
      'does not say how many calls it writes.',
    ],
  );
});

test('calls that lie in the dead letters are no rows, whyever', () => {
  const letters = (rejected: string[], notUploaded: string[]) => ofDeadLetters({ rejected, notUploaded });
  assert.deepEqual(told(letters([], [])), []);
  assert.deepEqual(
    letters(['a'], ['b', 'c']).findings.map(({ resource, says }) => `${resource}: ${says.slice(0, 7)}`),
    ['dead-letter/rejected: 1 file ', 'dead-letter/not-uploaded: 2 files'],
  );
  const names = Array.from({ length: 21 }, (_, at) => `f${at}`);
  assert.deepEqual(letters(names, []).findings[0]?.evidence.shows, { files: names.slice(0, 20) });
  for (const reason of Object.values(CALLS_REASONS)) assert.match(reason, /\.$/);
});
