// With `activity-audit/detections.ts` in one process: each would load the parser for itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../local/tenant/kql/evaluate.ts';
import type { Row } from '../../local/tenant/kql/values/values.ts';
import { AUDIT_SCHEMA, auditRow } from '../../local/tenant/logs/state.ts';
import { activityAuditHead, rowsByHourHead } from '../../src/connectors/audit-log/question.ts';
import { queryText } from '../../src/kql.ts';
import { parseOid } from '../../src/people/oid.ts';
import { at, detected, LEAVER, many, now, PIPELINE, run, section, UPN, window } from './activity-audit/world.ts';
import './activity-audit/detections.ts';

const OTHER = 'a1b2c3d4-0001-4000-8000-000000000001';

test('a batch that was delivered twice counts once', () => {
  const oid = parseOid(LEAVER);
  assert.ok(oid);
  const batch = many(60, () => ({})).map((call) =>
    auditRow({ oid: LEAVER, upn: UPN, server: 'filesystem', tool: 'read_file', resource: '/d/f', ...call }),
  );
  const again = batch.map((row) => ({ ...row, TimeGenerated: at('2026-10-15T11:00:00Z') }));
  const query =
    activityAuditHead({ oid, userPrincipalName: UPN, relatedOids: [], window }) + queryText('activity-audit.kql');
  const result = evaluate(query, AUDIT_SCHEMA, { MCPAuditLog_CL: [...batch, ...again] }, now);
  assert.ok(result.ok);
  assert.deepEqual(detected(result.rows), []);
  assert.equal(section(result.rows, 'total').find(({ period }) => period === 'all')?.calls, 60);
});

test('somebody else’s calls are nobody’s here, whatever their number', () => {
  assert.deepEqual(run(many(200, () => ({ oid: OTHER, upn: 'ana@x.example' }))), []);
});

test('a row without an object id counts by its UPN; a row with another id does not, although the UPN is the same', () => {
  const calls = (rows: readonly Row[]) => section(rows, 'total').find(({ period }) => period === 'all')?.calls;
  assert.equal(calls(run([{ at: at('2026-10-15T09:00:00Z'), oid: '', upn: UPN.toUpperCase() }])), 1);
  assert.equal(calls(run([{ at: at('2026-10-15T09:00:00Z'), oid: OTHER, upn: UPN }])), undefined);
  assert.equal(calls(run([{ at: at('2026-10-15T09:00:00Z'), oid: '', upn: '' }], '')), undefined);
});

test('pipeline identities are summed apart from the leaver', () => {
  const rows = run([
    { at: at('2026-10-15T09:00:00Z') },
    { at: at('2026-11-10T09:00:00Z'), oid: PIPELINE, upn: '' },
    { at: at('2026-11-10T22:59:00Z'), oid: PIPELINE, upn: '' },
    { at: at('2026-11-10T23:00:00Z'), oid: PIPELINE, upn: '' },
  ]);
  const totals = section(rows, 'total').map(({ caller, period, calls }) => ({ caller, period, calls }));
  assert.deepEqual(totals, [
    { caller: 'leaver', period: 'baseline', calls: 1 },
    { caller: PIPELINE, period: 'after', calls: 3 },
    { caller: 'leaver', period: 'all', calls: 1 },
    { caller: PIPELINE, period: 'all', calls: 3 },
  ]);
  assert.deepEqual(
    section(rows, 'related-hour').map(({ at: hour, calls }) => ({ hour, calls })),
    [
      { hour: at('2026-11-10T10:00:00Z'), calls: 1 },
      { hour: at('2026-11-10T23:00:00Z'), calls: 1 },
      { hour: at('2026-11-11T00:00:00Z'), calls: 1 },
    ],
  );
});

test('periods change with the business’s midnight: the last second of the last day is not after it', () => {
  const hours = section(
    run([
      { at: at('2026-10-19T21:59:59Z') },
      { at: at('2026-10-19T22:00:00Z') },
      { at: at('2026-11-02T23:00:00Z') },
      { at: at('2026-11-02T23:00:01Z') },
    ]),
    'hour',
  );
  assert.deepEqual(
    hours.map(({ at: hour, period }) => [hour, period]),
    [
      [at('2026-10-19T23:00:00Z'), 'baseline'],
      [at('2026-10-20T00:00:00Z'), 'final'],
      [at('2026-11-03T00:00:00Z'), 'final'],
      [at('2026-11-03T00:00:00Z'), 'after'],
    ],
  );
});

test('a row that was ingested days late counts at the time of its call', () => {
  const rows = run([{ at: at('2026-11-02T15:00:00Z'), ingestedAt: at('2026-11-20T08:00:00Z') }]);
  assert.deepEqual(
    section(rows, 'hour').map(({ at: hour, period }) => [hour, period]),
    [[at('2026-11-02T16:00:00Z'), 'final']],
  );
});

test('calls before the window do not count', () => {
  assert.deepEqual(run([{ at: new Date(window.from.getTime() - 1) }]), []);
  assert.notDeepEqual(run([{ at: window.from }]), []);
});

test('the twenty newest calls come along', () => {
  const calls = section(run(many(25, (index) => ({ resource: `/d/${index}` }))), 'call');
  assert.deepEqual(
    calls.map(({ resource }) => resource),
    Array.from({ length: 20 }, (_, index) => `/d/${24 - index}`),
  );
});

const NIL = '00000000-0000-0000-0000-000000000000';

/** How many of one call's rows name nobody, by the question about everybody's hours. */
function unattributed(call: { oid: string; upn: string; status?: number }): number {
  const row = auditRow({ server: 'github', tool: 'get_issue', resource: '1', at: at('2026-11-20T01:00:00Z'), ...call });
  const head = rowsByHourHead({ oid: LEAVER, userPrincipalName: UPN, window });
  const result = evaluate(head + queryText('rows-by-hour.kql'), AUDIT_SCHEMA, { MCPAuditLog_CL: [row] }, now);
  assert.ok(result.ok);
  return Number(result.rows[0]?.unattributed);
}
const NAMES: readonly (readonly [string, Parameters<typeof unattributed>[0], number])[] = [
  ['an object id', { oid: OTHER, upn: '' }, 0],
  ['an object id in braces', { oid: `{${OTHER}}`, upn: '' }, 0],
  ['the leaver’s name without an id', { oid: '', upn: UPN }, 0],
  ['the leaver’s name with the nil id', { oid: NIL, upn: UPN }, 0],
  ['nothing, refused for want of a token', { oid: '', upn: '', status: 401 }, 0],
  ['nothing', { oid: '', upn: '' }, 1],
  ['the nil id', { oid: NIL, upn: '' }, 1],
  ['the nil id in braces', { oid: `{${NIL}}`, upn: 'ana@x.example' }, 1],
  ['a pseudonym in place of the id', { oid: 'sha256:0a1b', upn: '' }, 1],
  ['a pseudonym that looks like an address', { oid: '', upn: 'user-7f3a91@x.example' }, 1],
];
for (const [what, call, expected] of NAMES) {
  test(`a row with ${what} ${expected === 0 ? 'says whose call it was' : 'may be anybody’s'}`, () => {
    assert.equal(unattributed(call), expected);
  });
}

test('a row with the nil id and the leaver’s name is the leaver’s', () => {
  const rows = run([{ at: at('2026-10-15T09:00:00Z'), oid: NIL, upn: UPN }]);
  assert.equal(section(rows, 'total').find(({ period }) => period === 'all')?.calls, 1);
});

test('an id in braces is the same id, to both questions', () => {
  const rows = run([
    { at: at('2026-11-20T01:00:00Z'), oid: `{${LEAVER.toUpperCase()}}`, upn: '' },
    { at: at('2026-11-20T01:00:00Z'), oid: `{${PIPELINE}}`, upn: '' },
  ]);
  const callers = section(rows, 'total').filter(({ period }) => period === 'all');
  assert.deepEqual(callers.map(({ caller, calls }) => [caller, calls]).sort(), [
    [PIPELINE, 1],
    ['leaver', 1],
  ]);
  const row = auditRow({
    server: 'github',
    tool: 'get_issue',
    resource: '1',
    at: at('2026-11-20T01:00:00Z'),
    oid: `{${LEAVER}}`,
    upn: '',
  });
  const head = rowsByHourHead({ oid: LEAVER, userPrincipalName: UPN, window });
  const result = evaluate(head + queryText('rows-by-hour.kql'), AUDIT_SCHEMA, { MCPAuditLog_CL: [row] }, now);
  assert.ok(result.ok);
  assert.deepEqual(
    result.rows.map(({ rows: all, byOthers }) => [all, byOthers]),
    [[1, 0]],
  );
});

for (const time of ['0001-01-01T00:00:00Z', '2019-01-01T00:00:00Z', '9998-01-01T00:00:00Z']) {
  test(`a call that says ${time} is found at the time it came in, by both questions`, () => {
    const call = { oid: LEAVER, upn: UPN, server: 'github', tool: 'get_issue', resource: '1' };
    const row = { ...auditRow({ ...call, at: at('2026-11-20T01:00:00Z') }), timestamp_t: at(time) };
    const oid = parseOid(LEAVER);
    assert.ok(oid);
    const ask = (text: string) => {
      const result = evaluate(text, AUDIT_SCHEMA, { MCPAuditLog_CL: [row] }, now);
      assert.ok(result.ok);
      return result.rows;
    };
    const calls = ask(
      activityAuditHead({ oid, userPrincipalName: UPN, relatedOids: [], window }) + queryText('activity-audit.kql'),
    );
    assert.deepEqual(
      section(calls, 'hour').map(({ at: hour, period }) => [hour, period]),
      [[at('2026-11-20T02:00:00Z'), 'after']],
    );
    const hours = ask(rowsByHourHead({ oid: LEAVER, userPrincipalName: UPN, window }) + queryText('rows-by-hour.kql'));
    assert.deepEqual(
      hours.map(({ hour }) => hour),
      [at('2026-11-20T02:00:00Z')],
    );
  });
}
