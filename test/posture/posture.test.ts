import assert from 'node:assert/strict';
import { test } from 'node:test';
import { removedBy } from '../../src/posture/alerts/processing-rules.ts';
import { assignmentNotRequired } from '../../src/posture/assignment-not-required.ts';
import { exceptionFor, idleIn, tooLongIn } from '../../src/posture/exceptions.ts';
import { ipRange, isWithin, overlap } from '../../src/posture/network/ip-range.ts';
import type { AlertRule, ProcessingRule } from '../../src/posture/readings/calls/alerts.ts';
import type { GatewayApp, Right } from '../../src/posture/readings/gateway/gateway-apps.ts';
import { isForPeople, rightOf, rightResource } from '../../src/posture/rights.ts';
import { FiledStepsSchema, STEPS_TO_COMPLETE } from '../../src/posture/runs/filed-steps.ts';
import { whyUnreadable } from '../../src/posture/runs/latest-run.ts';
import { quantile, spreadOf } from '../../src/posture/runs/quantiles.ts';
import { instanceOf, pageName, RUN_ID, runIdOf, runName } from '../../src/posture/runs/run-id.ts';
import { startsServer } from '../../src/posture/server-commands.ts';

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

test('a run is named by its instant, one of the timer by its day', () => {
  const at = new Date('2026-11-29T10:41:12.000Z');
  assert.equal(runIdOf(at, 'asked'), '2026-11-29T10-41-12-000Z-asked');
  assert.equal(runIdOf(at, 'timer'), '2026-11-29-timer');
  for (const id of [runIdOf(at, 'asked'), runIdOf(at, 'timer'), runIdOf(at, 'deployment')]) assert.match(id, RUN_ID);
  for (const id of ['x2026-11-29-timer', '2026-11-29-timers', '../2026-11-29-timer', '2026-11-29-case'])
    assert.doesNotMatch(id, RUN_ID);
  assert.deepEqual([instanceOf('r'), runName('r'), pageName('r')], ['posture:r', 'posture/r.json', 'posture/r.html']);
});

test('times are told by the nearest rank, in any order', () => {
  assert.equal(quantile([], 0.5), undefined);
  assert.deepEqual(spreadOf([10, 2, 9]), { median: 9, p90: 10, worst: 10 });
  assert.equal(spreadOf([]), undefined);
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2);
  assert.equal(quantile([5, 1], 0), 1);
});

test('a range of addresses is read, and what is none is not', () => {
  const range = (text: string) => ipRange(text) ?? assert.fail(text);
  const whole = range('10.40.0.0/16');
  assert.ok(isWithin(range('10.40.255.255'), whole) && isWithin(range('10.40.1.0/24'), whole));
  assert.ok(
    !isWithin(range('10.41.0.0'), whole) &&
      !isWithin(range('10.39.255.255'), whole) &&
      !isWithin(whole, range('10.40.1.0/24')),
  );
  assert.ok(overlap(range('10.40.1.0/24'), whole) && overlap(whole, range('10.0.0.0/8')));
  assert.ok(!overlap(range('10.41.0.0/16'), whole) && !overlap(whole, range('10.39.0.0/16')));
  assert.deepEqual(range('10.40.1.7/24'), range('10.40.1.0/24'));
  assert.deepEqual(range('fd00::1'), range(' fd00:0:0:0:0:0:0:1 '));
  assert.ok(isWithin(range('fd00::ffff'), range('fd00::/64')) && !isWithin(range('fd01::1'), range('fd00::/16')));
  assert.ok(!isWithin(range('0.0.0.1'), range('::/0')) && !overlap(range('0.0.0.1'), range('::1')));
  for (const text of ['AzureCloud', '10.40.0.0/33', '10.40.0', '::ffff:10.0.0.1', '', '*'])
    assert.equal(ipRange(text), undefined, text);
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

test('an error says why a run cannot be understood, and any other is none of its business', () => {
  assert.equal(whyUnreadable(new SyntaxError('Unexpected SECRET')), 'It is not JSON.');
  assert.equal(whyUnreadable(new Error('x')), undefined);
  const { error } = FiledStepsSchema.safeParse({ steps: [{}] });
  assert.match(whyUnreadable(error) ?? '', /step/);
  assert.ok(STEPS_TO_COMPLETE.includes('consent'));
});

const RULE = {
  id: '/subscriptions/s/resourceGroups/r/rules/one',
  name: 'one',
  displayName: 'One',
  severity: 2,
} as unknown as AlertRule;
const WORKSPACE = '/subscriptions/s/resourceGroups/logs/workspaces/w';
const processing = (more: Partial<ProcessingRule> = {}): ProcessingRule =>
  ({ scopes: ['/subscriptions/s/resourcegroups/logs'], conditions: [], ...more }) as ProcessingRule;
const when = (field: string, operator: string, ...values: readonly string[]) => ({
  conditions: [{ field, operator, values: [...values] }],
});
const REMOVES: readonly (readonly [what: string, rule: Partial<ProcessingRule>, sure: string])[] = [
  ['everything of the group', {}, 'yes'],
  ['everything of another group', { scopes: ['/subscriptions/s/resourcegroups/log'] }, 'no'],
  ['the place of the rule alone', { scopes: ['/subscriptions/s/resourcegroups/r/'] }, 'unsure'],
  ['until long ago', { until: '2026-11-20T00:00:00' }, 'no'],
  ['until yesterday, in a zone of its own', { until: '2026-11-22T11:00:00' }, 'yes'],
  ['that severity', when('Severity', 'Equals', 'sev2'), 'yes'],
  ['another severity', when('severity', 'Equals', 'Sev0'), 'no'],
  ['all but that severity', when('severity', 'NotEquals', 'Sev2'), 'no'],
  ['all but another severity', when('severity', 'NotEquals', 'Sev0'), 'yes'],
  ['a part of the target', when('TargetResource', 'Contains', 'workspaces'), 'yes'],
  ['nothing with a part of the target', when('TargetResource', 'DoesNotContain', 'workspaces'), 'no'],
  ['one of its two names, which differ', when('AlertRuleName', 'Contains', 'x'), 'no'],
  ['the group of the target', when('targetresourcegroup', 'Equals', 'LOGS'), 'yes'],
  ['logs', when('SignalType', 'Equals', 'log'), 'yes'],
  ['by its id', when('AlertRuleId', 'Equals', RULE.id), 'yes'],
  ['what is not known', when('Description', 'Equals', 'x'), 'unsure'],
  ['by a comparison of another release', when('severity', 'Matches', 'Sev2'), 'unsure'],
];
for (const [what, rule, sure] of REMOVES) {
  test(`a processing rule for ${what} takes the alerts away: ${sure}`, () =>
    assert.equal(removedBy(processing(rule), RULE, WORKSPACE, AT), sure));
}
