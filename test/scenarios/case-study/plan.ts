import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import { filedReport } from '../support/fast-stack.ts';
import { pictureOf } from '../support/picture.ts';
import { assertValidReport } from '../support/report-schema.ts';
import { CASE, casesOfLeaver, leaver, PLAN, stack, stories, tenant, told } from './world.ts';

test('a plan says what would be cut and changes nothing in the tenant', async () => {
  const before = pictureOf(stack);
  const calls = tenant.calls.length;
  const opened = await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid: leaver.oid, reason: 'A look before HR acts', mode: 'plan' }),
  });
  assert.equal(opened.status, 201);
  const report = await filedReport(stack, PLAN);
  stories.plan = report;

  assert.deepEqual(pictureOf(stack), before);
  const writes = tenant.calls.slice(calls).filter(({ method }) => !['GET', 'HEAD', 'POST'].includes(method));
  assert.deepEqual(writes, []);
  assertValidReport(report);
  assert.equal(report.outcome, 'attention');
  assert.deepEqual(
    report.steps.flatMap(({ actions }) => actions),
    [],
  );
  const containment = report.steps.find(({ step }) => step === 'containment');
  assert.deepEqual(
    containment?.findings.map(({ kind, status }) => `${kind} ${status}`),
    ['account-enabled manual-action', 'gateway-deny-list planned', 'sign-in-sessions planned'],
  );
  assert.match(report.summary.headline, /This is a plan: nothing was carried out/);
});

test('the deletion of the leaver becomes a case of its own, beside the plan', async () => {
  await told();
  assert.deepEqual(await casesOfLeaver(), [CASE, PLAN]);
});

test('what the plan says would be cut is exactly what the case cuts', async () => {
  const { findings } = await told();
  const planned = stories.plan?.steps.flatMap((step) => step.findings) ?? [];
  const titles = (all: readonly ReportFinding[], status: string): string[] =>
    all
      .filter((each) => each.remedy?.risk === 'safe' && each.status === status)
      .map(({ remedy }) => remedy?.what ?? '');
  assert.ok(titles(planned, 'planned').length > 20);
  assert.deepEqual(titles(planned, 'planned').sort(), titles(findings, 'done').sort());
});
