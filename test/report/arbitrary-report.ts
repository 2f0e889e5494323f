import { TRIGGERS } from '../../src/cases/case.ts';
import { COVERAGE_STATES } from '../../src/cases/coverage/coverage.ts';
import { FINDING_STATUSES, type Finding } from '../../src/cases/finding.ts';
import { findingId, remedyIdOf } from '../../src/cases/stable-id.ts';
import type { ReportInput } from '../../src/report/build/build-report.ts';
import { STEP_NAMES } from '../../src/steps/registry.ts';
import { fc } from '../support/properties.ts';
import { auditFacts } from './sample/audit-facts.ts';
import { AT, action, emptyCase, finding, part, readBack, verification, withRemedy } from './sample-case.ts';

/** What vendors may call a thing: markup, mentions, direction overrides, lengths. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</style><script>alert(2)</script>',
  'javascript:alert(1)',
  '@everyone and @octocat #1 GH-2 https://evil.example',
  '| a | b |\n| - | - |\n# heading\n- [x] done',
  '![x](https://evil.example/x.png) [y](https://evil.example)',
  '\u202egpj.exe\u2066\u200b',
  '``` ` $x$ ~~a~~ *b* _c_ <!-- mcp-offboarding:case:other -->',
  'é'.repeat(5_000),
  `x${'\u0000\u0007\u001b[31m'}y`,
] as const;

const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string(), fc.string({ unit: 'binary', maxLength: 40 }));
const instant = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const step = fc.constantFrom(...STEP_NAMES);

const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    step,
    kind: text,
    id: text,
    title: text,
    reason: text,
    severity: fc.constantFrom('critical' as const, 'high' as const, 'medium' as const, 'low' as const, 'info' as const),
    status: fc.constantFrom(...FINDING_STATUSES),
    name: fc.option(text, { nil: undefined }),
    url: fc.option(fc.oneof(text, fc.webUrl()), { nil: undefined }),
    evidence: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text)), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    until: fc.option(instant, { nil: undefined }),
    hasRemedy: fc.boolean(),
  })
  .map(({ id, name, url, until, hasRemedy, evidence, ...rest }) => {
    const resource = {
      system: 'github' as const,
      type: rest.kind,
      id,
      ...(name === undefined ? {} : { name }),
      ...(url === undefined ? {} : { url }),
    };
    const base = finding(rest.step, rest.kind, id, {
      ...rest,
      id: findingId(rest.step, rest.kind, id),
      resource,
      evidence: { ...evidence },
      ...(until === undefined ? {} : { residual: { until, why: rest.reason } }),
    });
    return hasRemedy ? withRemedy(base, { id: remedyIdOf(base.id), what: rest.title, undo: rest.reason }) : base;
  });

/** Any case: any findings, with any luck, over any sources. */
export const anyCase: fc.Arbitrary<ReportInput> = fc
  .record({
    findings: fc.array(anyFinding, { maxLength: 8 }),
    luck: fc.array(
      fc.record({
        result: fc.constantFrom('done' as const, 'queued' as const, 'nothing-to-do' as const, 'failed' as const),
        read: fc.constantFrom('gone' as const, 'present' as const, 'could-not-check' as const),
        error: fc.option(text, { nil: undefined }),
      }),
      { maxLength: 8 },
    ),
    coverage: fc.array(
      fc.record({
        step,
        source: text,
        state: fc.constantFrom(...COVERAGE_STATES),
        looked: fc.record({ count: fc.nat(), unit: text }, { noNullPrototype: true }),
        detail: text,
        missingPermission: text,
      }),
      { maxLength: 6 },
    ),
    crashed: fc.array(
      fc.record({ step, failure: fc.record({ code: text, message: text }, { noNullPrototype: true }) }),
      { maxLength: 2 },
    ),
    missing: fc.subarray([...STEP_NAMES], { maxLength: 2 }),
    displayName: fc.option(text, { nil: undefined }),
    reason: text,
    trigger: fc.constantFrom(...TRIGGERS),
    mode: fc.constantFrom('plan' as const, 'apply' as const),
    audited: fc.boolean(),
  })
  .map(({ findings, luck, coverage, crashed, missing, displayName, reason, trigger, mode, audited }) => {
    const remedied = findings.flatMap((each) => (each.remedy === undefined ? [] : [{ ...each, remedy: each.remedy }]));
    const tried = remedied.flatMap((each, index) => {
      const chance = luck[index];
      return chance === undefined ? [] : [{ each, chance }];
    });
    const base = emptyCase();
    const parts = [
      ...STEP_NAMES.filter((name) => name !== 'verification').map((name) =>
        part(name, {
          findings: findings.filter((each) => each.step === name),
          coverage: coverage.filter((line) => line.step === name).map(({ step: _, ...line }) => line),
          ...(name === 'activity-audit' && audited ? { facts: { ...auditFacts() } } : {}),
        }),
      ),
      {
        ...verification(tried.map(({ each, chance }) => readBack(each, chance.read))),
        findings: findings.filter((each) => each.step === 'verification'),
      },
    ];
    return {
      ...base,
      case: { ...base.case, reason, trigger, mode },
      leaver: { ...base.leaver, ...(displayName === undefined ? {} : { displayName }) },
      generatedAt: AT,
      parts: parts.filter((each) => !missing.some((name) => name === each.step)),
      crashed,
      actions: tried.map(({ each, chance }) =>
        action(each, { result: chance.result, ...(chance.error === undefined ? {} : { error: chance.error }) }),
      ),
    };
  });
