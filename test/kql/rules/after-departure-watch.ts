import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToolCall } from '../../../local/tenant/logs/state.ts';
import { DEPARTED, defaultAudit, tunedAudit } from '../support/deployed-audit.ts';
import { ANA, rule, uploaded } from '../support/run-rule.ts';

const run = rule(await tunedAudit(), 'after-departure-watch');
const unlisted = rule(await defaultAudit(), 'after-departure-watch');
const leaver = (at: Date, call: Partial<ToolCall> = {}) => uploaded({ at, oid: DEPARTED.person, ...call });
const at = new Date('2026-11-02T23:30:00Z');
const NOW = new Date('2026-11-03T08:00:00Z');

test('any call by somebody who has left is reported, let through or refused, by person or service principal', () => {
  const rows = [
    leaver(at, { status: 403 }),
    leaver(new Date(at.getTime() + 60_000), { status: 200, tool: 'list_directory' }),
    uploaded({ at, oid: DEPARTED.workload, upn: '', status: 500 }),
  ];
  assert.deepEqual(run([...rows, ...rows], NOW), [
    {
      caller: DEPARTED.person,
      upn: 'ana@northwind-capital.example',
      // In Kolkata it is the next morning.
      day: '2026-11-03',
      calls: 2,
      allowed: 1,
      firstCall: at,
      lastCall: new Date(at.getTime() + 60_000),
      tools: '["filesystem/read_file","filesystem/list_directory"]',
    },
    {
      caller: DEPARTED.workload,
      upn: '',
      day: '2026-11-03',
      calls: 1,
      allowed: 0,
      firstCall: at,
      lastCall: at,
      tools: '["filesystem/read_file"]',
    },
  ]);
});

test('what a server did with the call counts as let through, whatever the success is called; an id in capitals or in braces is the same caller', () => {
  const statuses = [200, 201, 202, 204, 304, 400, 403, 429, 500];
  const rows = statuses.map((status, index) =>
    leaver(new Date(at.getTime() + index * 1_000), {
      status,
      oid: [DEPARTED.person, DEPARTED.person.toUpperCase(), `{${DEPARTED.person}}`][index % 3] ?? '',
    }),
  );
  assert.deepEqual(
    run(rows, NOW).map(({ caller, calls, allowed }) => ({ caller, calls, allowed })),
    [{ caller: DEPARTED.person, calls: 9, allowed: 5 }],
  );
});

test('whomever the gateway’s deny list refuses is reported without being listed', () => {
  const refused = uploaded({ at, status: 403, scope: 'deny-list' });
  assert.deepEqual(
    unlisted([refused, uploaded({ at, status: 403, scope: 'mcp.tools.admin' })], NOW).map(
      ({ caller, calls, allowed }) => ({
        caller,
        calls,
        allowed,
      }),
    ),
    [{ caller: ANA, calls: 1, allowed: 0 }],
  );
});

test('everybody else may call, whoever has the leaver’s old name', () => {
  const rows = [uploaded({ at, oid: 'c0c0c0c0-0000-4000-8000-000000000001' }), uploaded({ at, oid: '' })];
  assert.deepEqual(run(rows, NOW), []);
});

test('a call that was found in the log three days late is reported when it is found', () => {
  const late = leaver(at, { ingestedAt: new Date('2026-11-05T23:45:00Z') });
  assert.deepEqual(run([late], new Date('2026-11-05T23:40:00Z')), []);
  assert.equal(run([late], new Date('2026-11-05T23:50:00Z')).length, 1);
});

test('a call is reported for a day', () => {
  assert.equal(run([leaver(at)], new Date('2026-11-03T23:30:30Z')).length, 1);
  assert.deepEqual(run([leaver(at)], new Date('2026-11-03T23:30:31Z')), []);
});

test('with nobody on either list, nothing is reported', () => {
  assert.deepEqual(unlisted([leaver(at), leaver(at, { status: 403 })], NOW), []);
});
