import type { ReportFinding } from '../../cases/finding.ts';
import { type Finding, STEPS, type StepName } from '../../cases/finding.ts';
import type { RemedyId } from '../../cases/ids.ts';
import { caseOutcome, latestActions, type Outcome, stepOutcome } from '../../cases/outcome.ts';
import type { Plan } from '../../cases/plan.ts';
import type { Action } from '../../cases/remedy.ts';
import {
  type ManifestRef,
  REPORT_SCHEMA_VERSION,
  type Report,
  type ReportCase,
  type ResidualAccess,
  type StepReport,
} from '../../cases/report.ts';
import { findingId } from '../../cases/stable-id.ts';
import type { Crash, StepPart } from '../../cases/step-part.ts';
import type { AuditVerdict } from '../../cases/verdict.ts';
import type { VerificationFacts } from '../../cases/verification.ts';
import type { Leaver } from '../../people/leaver.ts';
import type { AuditFacts } from '../../steps/activity-audit/rules/audit-facts.ts';
import { headlineOf } from '../summary/headline.ts';
import { summarise } from '../summary/summary.ts';
import { mergeCoverage } from './merge-coverage.ts';
import { mergeFindings } from './merge-findings.ts';

/** An unexpected failure; with the remedy's id where the unit of work was one remedy. */
export interface StepCrash extends Crash {
  readonly remedyId?: RemedyId;
}

export interface ReportInput {
  readonly case: ReportCase;
  readonly leaver: Leaver;
  /** ISO instant. */
  readonly generatedAt: string;
  /** In the order in which they were filed: of containment, the last attempt counts. */
  readonly parts: readonly StepPart[];
  readonly crashed: readonly StepCrash[];
  readonly plan?: Plan;
  readonly actions: readonly Action[];
  readonly manifest: ManifestRef;
}

/** The report of a case, from everything that its units of work filed. The same input gives the same report. */
export function buildReport(input: ReportInput): Report {
  const { generatedAt } = input;
  const facts = verificationFacts(input.parts);
  const actions = [...input.parts.flatMap((part) => part.actions), ...input.actions];
  const findings = mergeFindings(
    readBackAtGateway(
      input.parts.flatMap((part) => part.findings),
      input,
      facts,
    ),
    {
      mode: input.case.mode,
      at: generatedAt,
      actions,
      readBacks: facts?.readBacks ?? [],
      crashed: new Map(
        input.crashed.flatMap(({ remedyId, failure }) => (remedyId ? [[remedyId, failure.message]] : [])),
      ),
    },
  );
  const steps = STEPS.map((step) => stepReport(step, input, findings, actions));
  const outcome = caseOutcome(steps);
  const residual = residualOf(findings);
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    generatedAt,
    case: input.case,
    leaver: input.leaver,
    outcome,
    verdict: auditVerdict(steps),
    summary: {
      headline: headlineOf({ outcome, steps, residual, mode: input.case.mode }),
      ...summarise({ steps, residual, mode: input.case.mode }),
    },
    steps,
    residual,
    ...(input.plan === undefined ? {} : { plan: { hash: input.plan.hash, remedies: input.plan.remedies.length } }),
    manifest: input.manifest,
  };
}

/** The audit's own word; a case whose audit filed no facts has established nothing. */
function auditVerdict(steps: readonly StepReport[]): AuditVerdict {
  const facts = steps.find(({ step }) => step === 'activity-audit')?.facts as Partial<AuditFacts> | undefined;
  return facts?.verdict ?? 'not-established';
}

function stepReport(
  step: StepName,
  input: ReportInput,
  allFindings: readonly ReportFinding[],
  allActions: readonly Action[],
): StepReport {
  const parts = input.parts.filter((part) => part.step === step);
  const findings = allFindings.filter((finding) => finding.step === step);
  const failures = input.crashed
    .filter((crash) => stepOfCrash(crash, allFindings) === step)
    .map(({ failure, remedyId }) => ({ ...failure, ...(remedyId === undefined ? {} : { remedyId }) }));
  const actions = latestActions(allActions.filter((action) => stepOfAction(action, allFindings) === step));
  const judged = {
    step,
    run: failures.length > 0 ? ('stopped' as const) : parts.length === 0 ? ('never-ran' as const) : ('ran' as const),
    findings,
    actions,
    coverage: mergeCoverage(
      step,
      parts.flatMap((part) => part.coverage),
    ),
    failures,
  };
  const facts = parts.map((part) => part.facts).findLast((each) => each !== undefined);
  const outcome: Outcome = stepOutcome(judged);
  return { ...judged, outcome, ...(facts === undefined ? {} : { facts }) };
}

/** A remedy's act belongs to the step that found what it closes. */
function stepOfAction({ remedyId }: Action, findings: readonly ReportFinding[]): StepName {
  if (remedyId === 'containment') return 'containment';
  return findings.find(({ remedy }) => remedy?.id === remedyId)?.step ?? 'verification';
}

function stepOfCrash({ step, remedyId }: StepCrash, findings: readonly ReportFinding[]): StepName {
  return findings.find(({ remedy }) => remedy !== undefined && remedy.id === remedyId)?.step ?? step;
}

function verificationFacts(parts: readonly StepPart[]): VerificationFacts | undefined {
  const facts = parts.findLast((part) => part.step === 'verification')?.facts;
  return facts as VerificationFacts | undefined;
}

/** Containment said that it wrote the deny list; where the gateway does not hold it, that is worse than anything else. */
function readBackAtGateway(
  findings: readonly Finding[],
  { leaver, case: { mode } }: ReportInput,
  facts: VerificationFacts | undefined,
): readonly Finding[] {
  if (mode === 'plan' || facts?.deniedAtGateway !== 'no') return findings;
  const known = findings.find(({ kind }) => kind === 'gateway-deny-list');
  const refuted: Finding = {
    id: known?.id ?? findingId('containment', 'gateway-deny-list', leaver.oid),
    step: 'containment',
    kind: 'gateway-deny-list',
    title: 'The gateway does not refuse the leaver',
    resource: known?.resource ?? { system: 'gateway', type: 'namedValue', id: 'deny-list' },
    severity: 'critical',
    status: 'failed',
    reason: `The deny list was read back without ${leaver.oid}. Put it there by hand, now: tokens that were issued before still work.`,
    evidence: known?.evidence ?? { oid: leaver.oid },
  };
  return [...findings.filter(({ kind }) => kind !== 'gateway-deny-list'), refuted];
}

function residualOf(findings: readonly ReportFinding[]): ResidualAccess[] {
  return findings
    .flatMap(({ id, step, title, residual }) =>
      residual === undefined ? [] : [{ findingId: id, step, title, until: residual.until, why: residual.why }],
    )
    .sort((a, b) => Date.parse(a.until) - Date.parse(b.until) || (a.findingId < b.findingId ? -1 : 1));
}
