import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import type { Schema } from '../../../local/tenant/kql/schema.ts';
import { bind } from '../../../local/tenant/kql/syntax/bind.ts';
import { INGESTION_TIME, type Row } from '../../../local/tenant/kql/values/values.ts';
import { CASES_SCHEMA } from '../../../local/tenant/logs/state.ts';
import { only, read, text } from './world.ts';

test('the first message that waits in a queue of HR raises an alert', () => {
  const [criterion] = z
    .array(z.object({ metric_name: z.string(), operator: z.string(), threshold: z.number() }))
    .parse(only('azurerm_monitor_metric_alert', 'this', 'hr-queue').criteria);
  assert.deepEqual(criterion, { metric_name: 'QueueMessageCount', operator: 'GreaterThan', threshold: 0 });
});

/** The columns of Application Insights' table that the app's own alert reads. */
const REQUESTS: Schema = {
  AppRequests: [
    { name: 'TimeGenerated', type: 'datetime' },
    { name: 'AppRoleName', type: 'string' },
    { name: 'Name', type: 'string' },
    { name: 'Success', type: 'bool' },
  ],
};

test('an app whose sweep did not succeed for three hours raises an alert', () => {
  const [criterion] = z
    .array(z.object({ query: z.string() }))
    .parse(only('azurerm_monitor_scheduled_query_rules_alert_v2', 'log', 'silence').criteria);
  const query = criterion?.query ?? '';
  assert.equal(bind(query, REQUESTS).ok, true);
  const AppRoleName = text(only('azapi_resource', 'app').name);
  const alertsAfter = (minutes: number, success = true, name = 'sweepTimer'): number => {
    const TimeGenerated = new Date('2026-11-23T12:00:00Z');
    const AppRequests = [{ TimeGenerated, AppRoleName, Name: name, Success: success }];
    const result = evaluate(query, REQUESTS, { AppRequests }, new Date(TimeGenerated.getTime() + minutes * 60_000));
    assert.ok(result.ok);
    return result.rows.length;
  };
  assert.equal(alertsAfter(179), 0);
  assert.equal(alertsAfter(181), 1);
  assert.equal(alertsAfter(1, false), 1);
  assert.equal(alertsAfter(1, true, 'hrLeavers'), 1);
});

test('incidents, failed containments and broken cases raise an alert each, once however often they were uploaded', () => {
  const [criterion] = z
    .array(z.object({ query: z.string() }))
    .parse(only('azurerm_monitor_scheduled_query_rules_alert_v2', 'log', 'incidents').criteria);
  const query = criterion?.query ?? '';
  const at = new Date('2026-11-23T12:00:00Z');
  const row = (MessageId: string, Moment: string, Incident = false): Row => ({
    ...{ TimeGenerated: at, MessageId, CaseId: `case of ${MessageId}`, Moment, Incident, Mode: 'apply' },
    ...{ Trigger: 'hr-queue', State: 'filed', Outcome: 'clear', Link: '', [INGESTION_TIME]: at },
  });
  const MCPOffboardingCases_CL = [
    ...[row('1', 'started'), row('2', 'ended'), row('3', 'refused'), row('4', 'decision-awaited')],
    ...[row('5', 'incident', true), row('5', 'incident', true), row('6', 'containment-failed'), row('7', 'failed')],
    row('8', 'ended', true),
  ];
  assert.equal(bind(query, CASES_SCHEMA).ok, true);
  const result = evaluate(query, CASES_SCHEMA, { MCPOffboardingCases_CL }, new Date(at.getTime() + 60_000));
  assert.ok(result.ok);
  assert.deepEqual(
    result.rows.map(({ caseId }) => caseId).sort(),
    ['5', '6', '7', '8'].map((id) => `case of ${id}`),
  );
});

const TRACES: Schema = {
  AppTraces: [
    { name: 'TimeGenerated', type: 'datetime' },
    { name: 'AppRoleName', type: 'string' },
    { name: 'Message', type: 'string' },
    { name: 'SeverityLevel', type: 'int' },
  ],
};

/** How many rows an alert on due work finds, so many minutes after the app logged a line as `logOf` writes it. */
function foundInLog(rule: string, minutes: number, message: string, fields: object, level = 1): number {
  const alert = 'azurerm_monitor_scheduled_query_rules_alert_v2';
  const [criterion] = z.array(z.object({ query: z.string() })).parse(only(alert, 'log', rule).criteria);
  const query = criterion?.query ?? '';
  assert.equal(bind(query, TRACES).ok, true);
  const TimeGenerated = new Date('2026-11-23T12:00:00Z');
  const Message = `${message} ${JSON.stringify(fields)}`;
  const AppTraces = [
    { TimeGenerated, AppRoleName: text(only('azapi_resource', 'app').name), Message, SeverityLevel: level },
  ];
  const result = evaluate(query, TRACES, { AppTraces }, new Date(TimeGenerated.getTime() + minutes * 60_000));
  assert.ok(result.ok);
  return result.rows.length;
}

/** The words of the log that the alerts look for stand in the code, wherever that is. */
test('a timer that looks for nothing any more, and the first case or duty that fails, raise an alert', () => {
  const round = 'due work was looked for';
  assert.equal(foundInLog('due-work-silence', 9, round, { failed: [] }), 0);
  assert.equal(foundInLog('due-work-silence', 11, round, { failed: [] }), 1);
  assert.equal(foundInLog('due-work-silence', 1, 'something else', {}), 1);
  for (const message of ['a case failed', 'due work failed and comes again']) {
    assert.equal(foundInLog('failed-work', 5, message, { why: 'lost' }, 3), 1);
    assert.equal(foundInLog('failed-work', 16, message, { why: 'lost' }, 3), 0);
  }
  assert.equal(foundInLog('failed-work', 5, 'a case broke and is begun again', {}, 2), 0);
  const logged = ['activities/case/close-case.ts', 'src/duties/cases/watch-cases.ts', 'src/duties/run-duties.ts'].map(
    read,
  );
  for (const words of ["error('a case failed'", "error('due work failed", "info('due work was looked for'"]) {
    assert.ok(
      logged.some((source) => source.includes(words)),
      words,
    );
  }
});

test('a night without a run of the checklist raises an alert; one that somebody asked for is none of the night’s', () => {
  const words = 'posture was assessed';
  const nightly = { runId: '2026-11-23-timer', pass: 15 };
  assert.equal(foundInLog('posture-silence', 25 * 60, words, nightly), 0);
  assert.equal(foundInLog('posture-silence', 26 * 60 + 1, words, nightly), 1);
  assert.equal(foundInLog('posture-silence', 1, words, { runId: '2026-11-23T12-00-00-000Z-asked' }), 1);
  assert.equal(foundInLog('posture-silence', 1, 'the checklist is assessed', nightly), 1);
  assert.ok(read('activities/posture/file-posture.ts').includes(`info('${words}', { runId`));
});
