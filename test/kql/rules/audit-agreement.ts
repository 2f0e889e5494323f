import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../../local/tenant/kql/values/values.ts';
import type { ToolCall } from '../../../local/tenant/logs/state.ts';
import { activityAuditHead } from '../../../src/connectors/audit-log/question.ts';
import { queryText } from '../../../src/kql.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { fc } from '../../support/properties.ts';
import { defaultAudit } from '../support/deployed-audit.ts';
import { ANA, many, resultOf } from '../support/run-rule.ts';

const { saved, schema } = await defaultAudit();
const now = new Date('2026-11-02T12:00:00Z');
const oid = parseOid(ANA);
assert.ok(oid);
const head = activityAuditHead({ oid, relatedOids: [], window: auditWindow({}, now, 'Europe/Paris', 90) });

/** A tool's calls of ten minutes, or all of an hour. */
interface Found {
  readonly at: string;
  readonly calls: number;
}

/** What the case's audit says of a detection. */
const audited = (rows: readonly Row[], detection: string): readonly Found[] =>
  resultOf(head + queryText('activity-audit.kql'), schema, rows, now)
    .filter((row) => row.detection === detection)
    .map(({ at, calls }) => ({ at: at instanceof Date ? at.toISOString().slice(0, 16) : '', calls: Number(calls) }))
    .sort((a, b) => a.at.localeCompare(b.at) || a.calls - b.calls);

/** What the detection itself says. */
const reported = (rows: readonly Row[], name: string): readonly Found[] =>
  resultOf(saved.get(name) ?? '', schema, rows, now)
    .map((row) => ({ at: String(row.hour ?? row.since).replace(' ', 'T'), calls: Number(row.calls) }))
    .sort((a, b) => a.at.localeCompare(b.at) || a.calls - b.calls);

/** Bursts around the limits, by day and by night, over the weekend on which clocks go back. */
const burst = fc.record({
  minute: fc.integer({ min: 0, max: 3 * 24 * 60 }),
  count: fc.constantFrom(5, 6, 20, 21, 100, 101),
  server: fc.constantFrom('filesystem', 'FileSystem', 'jira'),
  tool: fc.constantFrom(
    'read_file',
    'list_directory',
    'search_files',
    'Read_File',
    'get_file_info',
    'create_issue',
    'creates',
  ),
  toolClass: fc.constantFrom(undefined, undefined, '', 'admin'),
  list: fc.constantFrom('', '', ', /e/f', ', /e/f... [3 in all]', '; uri=[private key]', '; paths=/g; [30 more]'),
  directories: fc.constantFrom(1, 20, 21, 200),
  status: fc.constantFrom(200, 403, 500),
});
const bursts = fc.array(burst, { minLength: 1, maxLength: 6 }).map((all) =>
  all.flatMap(({ minute, count, directories, toolClass, list, ...call }) =>
    many(
      count,
      new Date(Date.parse('2026-10-24T00:00:00Z') + minute * 60_000).toISOString(),
      (index): Partial<ToolCall> => ({
        ...call,
        ...(toolClass === undefined ? {} : { toolClass }),
        resource: `${toolClass === '' ? '' : list === '' ? 'path=' : 'paths='}/d/${index % directories}/${index}${list}`,
      }),
    ),
  ),
);

// What the audit finds too much is among what the alert does, which knows more tools by their names.
for (const name of ['file-system-volume', 'repeated-403'] as const) {
  test(`what the audit of a leaver finds, ${name} reports of the same rows`, () => {
    fc.assert(
      fc.property(bursts, (rows) => {
        const alerts = reported(rows, name);
        for (const found of audited(rows, name)) {
          assert.ok(
            alerts.some(({ at, calls }) => at === found.at && calls >= found.calls),
            JSON.stringify({ found, alerts }),
          );
        }
      }),
      { numRuns: 30 },
    );
  });
}

test('the audit of a leaver counts as many out-of-hours writes as out-of-hours-writes does', () => {
  const sum = (found: readonly Found[]): number => found.reduce((total, { calls }) => total + calls, 0);
  fc.assert(
    fc.property(bursts, (rows) => {
      assert.equal(sum(audited(rows, 'out-of-hours-write')), sum(reported(rows, 'out-of-hours-writes')));
    }),
    { numRuns: 30 },
  );
});
