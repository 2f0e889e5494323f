import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGap, sourceIdOf } from '../../../src/cases/coverage/coverage.ts';
import type { AuditFacts } from '../../../src/steps/activity-audit/rules/audit-facts.ts';
import { CATALOGUE } from '../../../src/steps/catalogue.ts';
import { assertValidReport } from '../support/report-schema.ts';
import { github, leaver, SCALE, told } from './world.ts';

test('the report is what its schema promises, and its outcome is the worst of what it says', async () => {
  const { report, findings } = await told();
  assertValidReport(report);
  assert.equal(report.outcome, 'attention');
  const open = findings.filter(({ status }) => !['done', 'nothing-to-do'].includes(status));
  assert.match(
    report.summary.headline,
    new RegExp(
      `^An incident: .* ${open.length} findings need a person.*; \\d+ access paths were cut and read back as gone\\.$`,
    ),
  );
  assert.deepEqual(
    report.steps.map(({ step, outcome, run }) => `${step} ${outcome} ${run}`),
    [
      'containment clear ran',
      'consent attention ran',
      'federated-credentials attention ran',
      'runner-credentials attention ran',
      'activity-audit attention ran',
      'verification clear ran',
    ],
  );
  assert.deepEqual(
    [report.case.trigger, report.case.mode, report.leaver.displayName],
    ['entra-event', 'apply', leaver.displayName],
  );
  assert.equal(report.leaver.userPrincipalName, leaver.userPrincipalName);
});

test('without faults every source was read completely, or the firm decided about it', async () => {
  const { report } = await told();
  const lines = report.steps.flatMap(({ coverage }) => coverage);
  assert.deepEqual(lines.filter(isGap), []);
  const declared = new Set(Object.values(CATALOGUE).flatMap((sources) => sources.map(({ id }) => id)));
  assert.deepEqual(
    lines.map(sourceIdOf).filter((id) => !declared.has(id)),
    [],
  );
  const { standingLimits, acknowledged } = report.summary.sources;
  assert.ok(standingLimits > 0);
  assert.equal(acknowledged, standingLimits);
  const looked = new Map(lines.map(({ source, looked: { count } }) => [source, count]));
  assert.equal(looked.get(`github/repositories:${github.organisation}`), SCALE.repositories);
  assert.equal(looked.get(`github/repository-variables:${github.organisation}`), SCALE.repositories);
  for (const vendor of [
    'azure',
    'azure-devops',
    'entra',
    'gateway',
    'github',
    'identity',
    'log-analytics',
    'verification',
  ]) {
    assert.ok(
      lines.some(({ source }) => source.startsWith(`${vendor}/`)),
      vendor,
    );
  }
});

test('the audit finds the reads at two in the morning: 847 files in 34 directories after the departure', async () => {
  const { report } = await told();
  const audit = report.steps.find(({ step }) => step === 'activity-audit');
  const facts = audit?.facts as AuditFacts;
  assert.equal(facts.verdict, 'after-departure');
  assert.equal(facts.afterDeparture.distinctResources, 847);
  assert.equal(facts.afterDeparture.distinctDirectories, 34);
  assert.equal(facts.days.length, 90);
  assert.deepEqual(facts.coverage.gapDays, []);
  const nights = facts.hourOfWeek.after.flatMap((day) => day.flatMap((calls, hour) => (calls > 0 ? [hour] : [])));
  assert.ok(
    nights.every((hour) => hour === 2),
    `hours ${nights.join(', ')}`,
  );
  assert.deepEqual(
    audit?.findings.map(({ kind, severity }) => `${kind} ${severity}`),
    // The pipelines that trusted him went on as ever, which their owners have to confirm.
    ['after-departure critical', ...Array.from({ length: 3 }, () => 'related-after-departure medium')],
  );
});
