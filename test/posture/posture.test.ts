import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { assignmentNotRequired } from '../../src/posture/assignment-not-required.ts';
import { type CheckDefinition, defineCheck, gapsOf } from '../../src/posture/check.ts';
import { exceptionFor, idleIn, tooLongIn } from '../../src/posture/exceptions.ts';
import {
  defineMetric,
  MeasuredSchema,
  type MetricDefinition,
  measure,
  type Reckoned,
} from '../../src/posture/metric.ts';
import { defineReading, type Gap, GapSchema, readShape, UNKNOWN_REASONS, unread } from '../../src/posture/reading.ts';
import type { GatewayApp, Right } from '../../src/posture/readings/gateway/gateway-apps.ts';
import { READINGS, readingsOn } from '../../src/posture/readings-needed.ts';
import { isForPeople, rightOf, rightResource } from '../../src/posture/rights.ts';
import { startsServer } from '../../src/posture/server-commands.ts';
import { uncomparedApis } from '../../src/posture/uncompared-apis.ts';
import { api, flow } from './support/made-gateway.ts';
import { NO_SETTINGS } from './support/no-settings.ts';

test('a value stands for a right, whoever it is for, and another for none', () => {
  assert.deepEqual(['mcp.tools.read', ' MCP.Tools.Write ', 'mcp.tools.admin.app', 'mcp.tools.secrets'].map(rightOf), [
    'read',
    'write',
    'admin',
    'secrets',
  ]);
  for (const value of ['mcp.tools.reader', 'xmcp.tools.read', 'mcp-tools-read', ''])
    assert.equal(rightOf(value), undefined, value);
});

test('a scope is for people, a role unless it is for applications and nothing else', () => {
  const right = (kind: string, members: readonly string[]) => isForPeople({ kind, for: members } as unknown as Right);
  assert.ok(right('scope', []));
  assert.ok(!right('role', ['application']));
  assert.ok(right('role', ['user']));
  assert.ok(right('role', ['application', 'user']));
  const named = (kind: string, value: string) =>
    rightResource({ appId: 'a' }, { kind, value, id: 'i' } as unknown as Right);
  assert.deepEqual(
    [named('scope', 'v'), named('role', 'v'), named('role', '')],
    ['applications/a/scopes/v', 'applications/a/appRoles/v', 'applications/a/appRoles/i'],
  );
});

test('a command line starts a server by the names of its packages', () => {
  for (const text of [
    'npx @modelcontextprotocol/server-files',
    'mcp_server',
    'server-mcp',
    'FastMCP run',
    'uvx mcp-files',
    'node files-mcp.js',
    'x-mcp',
  ])
    assert.ok(startsServer(text), text);
  for (const text of ['mcp', 'amcp-files', 'mcp-1', 'npm test', 'x-mcpx', '']) assert.ok(!startsServer(text), text);
});

const failure = (id: string, reason: string, severity: 'high' | 'low') => ({ id, reason, severity });
const AT = '2026-11-23T10:00:00.000Z';
const exception = (more: object = {}) => ({ finding: 'F', reason: 'known', by: 'us', until: '2026-12-01', ...more });

test('a failure is accepted until the last day of its exception, for half a year at most', () => {
  const one = failure('F', 'open', 'high');
  const accepted = (more: object, of = one, all = [one]) =>
    exceptionFor(of, [exception(more)], { at: AT, all }) !== undefined;
  assert.ok(accepted({}));
  assert.ok(accepted({ until: '2026-11-23' }) && !accepted({ until: '2026-11-22' }));
  assert.ok(accepted({ until: '2027-05-22' }) && !accepted({ until: '2027-05-23' }));
  assert.ok(!accepted({ finding: 'G' }));
  assert.ok(accepted({ covers: 'open' }) && !accepted({ covers: 'other' }));
  assert.deepEqual(
    tooLongIn([exception({ until: '2027-05-22' }), exception({ finding: 'G', until: '2027-05-23' })], AT),
    ['G'],
  );
  const mild = failure('F', 'mild', 'low');
  assert.ok(!accepted({}, one, [one, mild]), 'of two things under one id the least grave is meant');
  assert.ok(accepted({}, mild, [one, mild]));
  assert.ok(accepted({}, one, [one, failure('G', 'x', 'low')]));
});

test('an exception of what does not fail may go', () => {
  const checks = [{ failures: [failure('F', 'open', 'high')] }] as never;
  assert.deepEqual(
    idleIn(
      [exception(), exception({ covers: 'open' }), exception({ covers: 'x' }), exception({ finding: 'G' })],
      checks,
    ),
    ['F', 'G'],
  );
});

test('an application that gives tokens to everybody is told, and one that is not there is not', () => {
  const app = (principal: object | undefined) =>
    ({ appId: 'a', name: 'The gateway', principal }) as unknown as GatewayApp;
  assert.deepEqual(assignmentNotRequired(app(undefined)), []);
  assert.deepEqual(assignmentNotRequired(app({ objectId: 'o', assignmentRequired: true })), []);
  const [found] = assignmentNotRequired(app({ objectId: 'o', assignmentRequired: false }));
  assert.equal(found?.resource, 'servicePrincipals/o');
});

const listed = defineReading({
  ...{ id: 'test/list', holds: 'a list', permissions: [], nothing: { list: [] } },
  shape: z.strictObject({ list: z.array(z.string()) }),
});
const gap: Gap = { reason: 'throttled', source: 'test/list', detail: '429' };
const read = (list: readonly string[], gaps: readonly Gap[] = []) => ({
  source: 'test/list',
  at: AT,
  gaps,
  facts: { list },
});

test('a reading that broke is a gap of its own, with nothing read', () => {
  assert.deepEqual(unread(listed, AT, 'It broke.'), {
    ...{ source: 'test/list', at: AT, facts: { list: [] } },
    gaps: [{ reason: 'error', source: 'test/list', detail: 'It broke.' }],
  });
  assert.deepEqual(gapsOf([read(['a']), read([], [gap]), unread(listed, AT, 'x')]).length, 2);
});

test('a reading is filed in its shape, and its gaps say why by a reason that is known', () => {
  const shape = readShape(listed);
  assert.deepEqual(shape.parse(read(['a'], [gap])), read(['a'], [gap]));
  for (const broken of [
    { facts: { list: [1] } },
    { facts: { list: [], token: 'x' } },
    { gaps: [{ ...gap, reason: 'tired' }] },
  ])
    assert.ok(!shape.safeParse({ ...read([]), ...broken }).success, JSON.stringify(broken));
  for (const reason of UNKNOWN_REASONS) assert.ok(GapSchema.safeParse({ ...gap, reason }).success, reason);
});

test('a check says how it judges what its own readings hold', () => {
  const check = defineCheck({
    ...{ id: 'short', point: 1, title: 'It is short', severity: 'low', version: 1, modules: [], reads: { it: listed } },
    reasons: { long: 'It is long.' },
    judge: ({ it }) => ({ findings: [], doubts: [], subjects: it.list.length, evidence: [], shows: {} }),
  });
  const context = { at: AT, settings: NO_SETTINGS };
  assert.equal((check as CheckDefinition).judge({ it: { list: ['a', 'b'] } }, context).subjects, 2);
});

const counts = (withGaps: 'at-least' | 'unknown', more: Partial<Reckoned> = {}): MetricDefinition =>
  defineMetric({
    ...{ id: 'count', title: 'How many', unit: 'servers', reads: { it: listed }, withGaps },
    reckon: ({ it }) => ({ value: it.list.length, arithmetic: 'sum', terms: {}, ...more }),
  }) as MetricDefinition;
const measured = (metric: MetricDefinition, list: readonly string[], gaps: readonly Gap[] = []) => {
  const told = measure(metric, { it: read(list, gaps) }, { at: AT, settings: NO_SETTINGS });
  assert.ok(MeasuredSchema.safeParse(told).success);
  return [told.state, told.value, told.gaps.length];
};

test('a number is exact where all was read, the least where it counts what was found, and else unknown', () => {
  const doubts: Reckoned['doubts'] = [{ reason: 'no-data', detail: 'x' }];
  assert.deepEqual(measured(counts('at-least'), ['a']), ['exact', 1, 0]);
  assert.deepEqual(measured(counts('at-least'), []), ['exact', 0, 0]);
  assert.deepEqual(measured(counts('at-least'), ['a'], [gap]), ['at-least', 1, 1]);
  assert.deepEqual(measured(counts('at-least'), [], [gap]), ['unknown', undefined, 1], 'at least nothing says nothing');
  assert.deepEqual(measured(counts('unknown'), ['a'], [gap]), ['unknown', undefined, 1]);
  assert.deepEqual(measured(counts('unknown', { atLeast: true }), ['a']), ['at-least', 1, 0]);
  assert.deepEqual(measured(counts('at-least', { doubts }), ['a']), ['at-least', 1, 1]);
});

test('where there is nothing to measure a number does not apply, unless something was not read', () => {
  assert.deepEqual(measured(counts('unknown', { value: undefined }), []), ['not-applicable', undefined, 0]);
  assert.deepEqual(measured(counts('unknown', { value: undefined }), [], [gap]), ['unknown', undefined, 1]);
});

test('calls of a server’s API are compared with the log by its name, and of those that are not it is said', () => {
  const detail = (more: Parameters<typeof api>[0]): string => uncomparedApis([api(more)])[0]?.detail ?? 'compared';
  assert.equal(detail({}), 'compared');
  assert.equal(detail({ name: 'MCP-files' }), 'compared');
  assert.match(detail({ name: 'files-mcp' }), /does not begin with “mcp-”/);
  assert.match(detail({ type: 'mcp' }), /is of the type mcp/);
  assert.equal(detail({ name: 'files-mcp', flows: [flow({ forwards: false })] }), 'compared', 'it leads to no server');
});

test('what is costly is read on Monday by UTC alone, and each reading once', () => {
  const costly = (at: string): boolean => readingsOn(new Date(at)).includes('github/pinned-subjects');
  assert.deepEqual(
    ['2026-11-22T23:59:59Z', '2026-11-23T00:00:00Z', '2026-11-23T23:59:59Z', '2026-11-24T00:00:00Z'].map(costly),
    [false, true, true, false],
  );
  const every = readingsOn(new Date('2026-11-24T04:10:00Z'));
  for (const id of ['azure/servers', 'gateway/apis', 'logs/calls-logged', 'store/leavers'])
    assert.ok(every.includes(id), id);
  assert.equal(new Set(READINGS.map(({ id }) => id)).size, READINGS.length);
});
