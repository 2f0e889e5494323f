import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type * as z from 'zod';
import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { buildReport } from '../../src/report/build/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import type { CoverageSchema } from '../../src/report/schema/finding.ts';
import { reportJsonSchema } from '../../src/report/schema/json-schema.ts';
import type { ReportedRemedySchema } from '../../src/report/schema/remedy.ts';
import type { AuditFacts } from '../../src/steps/activity-audit/rules/audit-facts.ts';
import type { AuditVerdict } from '../../src/steps/activity-audit/rules/verdict/verdicts.ts';
import type { RemedyCall, StepReport } from '../../src/steps/registry.ts';
import { fc } from '../support/properties.ts';
import { anyCase } from './arbitrary-report.ts';
import { caseStudy } from './sample/case-study.ts';

type DeepReadonly<T> = T extends (infer Item)[] | readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;
type Same<A, B> = [DeepReadonly<A>] extends [DeepReadonly<B>]
  ? [DeepReadonly<B>] extends [DeepReadonly<A>]
    ? true
    : false
  : false;
type Keys<T> = { readonly [Key in keyof T]-?: true };

// The compiler keeps schema and types equal: each line fails to compile where they differ.
true satisfies Same<z.output<typeof ReportedRemedySchema>['call'], RemedyCall>;
true satisfies Same<z.output<typeof CoverageSchema>, Coverage>;
true satisfies Same<Keys<z.output<typeof CoverageSchema>>, Keys<Coverage>>;
// One union on the step: its name says which facts there are.
true satisfies Same<Extract<StepReport, { step: 'activity-audit' }>['facts'], AuditFacts | undefined>;
true satisfies Same<Extract<StepReport, { step: 'consent' }>['facts'], undefined>;
true satisfies Same<Report['verdict'], AuditVerdict>;

const published = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: true, strictTuples: true, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(published);

function valid(report: unknown): boolean {
  return validate(JSON.parse(JSON.stringify(report)));
}

test('the published schema is the one that the types make (else: node scripts/pages/write-report-schema.ts)', () => {
  assert.deepEqual(published, JSON.parse(JSON.stringify(reportJsonSchema())));
});

test('the report of the case study is valid', () => {
  assert.ok(valid(buildReport(caseStudy())), ajv.errorsText(validate.errors));
});

test('the report of any case is valid, and JSON keeps it whole', () => {
  fc.assert(
    fc.property(anyCase, (input) => {
      const report = buildReport(input);
      assert.ok(valid(report), ajv.errorsText(validate.errors));
      assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
    }),
    { numRuns: 60 },
  );
});

test('a report with a field that the schema does not know is refused', () => {
  const report = buildReport(caseStudy());
  assert.equal(valid({ ...report, surprise: 1 }), false);
  assert.equal(valid({ ...report, leaver: { ...report.leaver, password: 'x' } }), false);
});

test('a report that lacks a field, a step, or the order of the steps is refused', () => {
  const report = buildReport(caseStudy());
  for (const key of Object.keys(report).filter((name) => name !== 'plan')) {
    const { [key as keyof Report]: _, ...rest } = report;
    assert.equal(valid(rest), false, key);
  }
  assert.equal(valid({ ...report, steps: report.steps.slice(1) }), false);
  assert.equal(valid({ ...report, steps: report.steps.slice(0, 5) }), false);
  assert.equal(valid({ ...report, steps: [...report.steps].reverse() }), false);
  assert.equal(valid({ ...report, schemaVersion: '2.0' }), false);
});
