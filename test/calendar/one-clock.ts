import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deleteUser } from '../../local/telling/follow-case.ts';
import { INCIDENT } from '../../local/tenant/logs/seed-runner.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Report } from '../../src/report/report.ts';
import { AuditFactsSchema } from '../../src/steps/activity-audit/rules/audit-facts.ts';
import { filedReport, startFastStack } from '../scenarios/support/fast-stack.ts';
import { gapsIn } from '../scenarios/support/fault-stack.ts';
import { forgetPeople } from '../scenarios/support/forget-people.ts';
import { rewinder } from '../scenarios/support/rewind.ts';
import { thinOut } from '../support/thin-out.ts';

const stack = await startFastStack({ wholeLog: true });
after(() => stack.stop());
const rewind = rewinder(stack);

const MINUTES_MS = 10 * 60_000;

function assertNow(what: string, at: string | null | undefined): void {
  const away = Math.abs(Date.parse(at ?? '') - Date.now());
  assert.ok(away < MINUTES_MS, `${what} says ${at}, and this test ${new Date().toISOString()}`);
}

let report: Report;
const { oid } = WORLD.leaver;
before(async () => {
  await deleteUser(stack, oid);
  report = await filedReport(stack, `${oid}-1`);
});

test('the app, the tenant, storage and this test live at the same time', async () => {
  for (const [what, url] of [
    ['the app', stack.url()],
    ['the tenant', stack.tenant.origin('graph')],
    ['storage', stack.storage.blob],
  ] as const) {
    assertNow(what, (await fetch(url)).headers.get('date'));
  }
  assertNow('the report', report.case.startedAt);
  const line = stack.logs.findLast((each) => each.startsWith('{'));
  assertNow("the app's log", (JSON.parse(line ?? '{}') as { readonly time?: string }).time);
});

test('the audit reads every day, and tells the story that the demo tells', () => {
  assert.deepEqual(gapsIn(report), []);
  const audit = report.steps.find(({ step }) => step === 'activity-audit');
  const { verdict, afterDeparture, coverage } = AuditFactsSchema.parse(audit?.facts);
  assert.deepEqual([verdict, coverage.gapDays], ['after-departure', []]);
  const { distinctResources, distinctDirectories } = afterDeparture;
  assert.deepEqual([distinctResources, distinctDirectories], [INCIDENT.files, INCIDENT.directories]);
});

test('what is left of the log when tests thin it out still has every day', async () => {
  rewind();
  await forgetPeople(stack);
  thinOut(stack.states.logs, (caller) => caller === oid);
  await stack.administrator.restoreUser(oid);
  await stack.tenant.core.events.idle();
  await deleteUser(stack, oid);
  const thin = await filedReport(stack, `${oid}-2`);
  assert.deepEqual(gapsIn(thin), []);
  assert.deepEqual([thin.outcome, report.outcome], ['attention', 'attention']);
});
