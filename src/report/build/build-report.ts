import type { CoverageDecisions } from '../../cases/coverage/coverage-decisions.ts';
import type { Decision } from '../../cases/decisions/decision.ts';
import { withPolicy } from '../../cases/decisions/decision-policy.ts';
import { type Exception, withExceptions } from '../../cases/decisions/exception.ts';
import { withImpact } from '../../cases/decisions/impact.ts';
import { withOwners } from '../../cases/decisions/owner-answers.ts';
import type { Finding, ReportFinding } from '../../cases/finding.ts';
import { compareRevisions } from '../../cases/following/compare-revisions.ts';
import type { ReadAgain } from '../../cases/following/read-again.ts';
import { isRemedyId } from '../../cases/ids.ts';
import { caseOutcome, latestActions, stepOutcome } from '../../cases/outcome.ts';
import type { Plan } from '../../cases/remedies/plan.ts';
import type { ReadBack } from '../../cases/remedies/read-back.ts';
import { type Action, wasCut } from '../../cases/remedies/remedy.ts';
import type { WantedAndUndone } from '../../cases/remedies/restore.ts';
import type { StepCrash, StepFailure, StepResult, Stopped } from '../../cases/step-result.ts';
import { TOKEN_TYPES } from '../../credentials/detector/token-hit.ts';
import type { Leaver } from '../../people/leaver.ts';
import type { SourceDefinition } from '../../steps/define-source.ts';
import { caseVerdict, isByImpact, STEP_NAMES, STEPS, type StepReport, stopsIn } from '../../steps/registry.ts';
import type { ManifestRef, Report, ReportCase } from '../report.ts';
import { REPORT_SCHEMA_VERSION } from '../schema/report.ts';
import { headlineOf } from '../summary/headline.ts';
import { incidentOf } from '../summary/incident.ts';
import { summarise } from '../summary/summary.ts';
import { toldRestores, whyGivenBack } from './given-back.ts';
import { joinCatalogue } from './join-catalogue.ts';
import { residualOf } from './lives.ts';
import { mergeCoverage } from './merge-coverage.ts';
import { mergeFindings } from './merge-findings.ts';
import { toldDecisions, withRulings } from './rulings.ts';

export interface ReportInput {
  readonly case: ReportCase;
  readonly leaver: Leaver;
  /** ISO instant. */
  readonly generatedAt: string;
  /** In the order in which they were filed: of containment, the last attempt counts. */
  readonly parts: readonly StepResult[];
  readonly crashed: readonly StepCrash[];
  readonly plan?: Plan;
  readonly actions: readonly Action[];
  /** Why the case stopped acting before its plan was carried out. */
  readonly stopped?: Stopped;
  /** Set where a vendor was away: when the case is read again by itself, or why it is not. */
  readonly readAgain?: ReadAgain;
  /** Every source that has to stand in the report, by step. */
  readonly catalogue: Readonly<Record<string, readonly SourceDefinition[]>>;
  /** What the configuration said of sources that are not read, when the case was first filed. */
  readonly decisions: CoverageDecisions;
  /** What people decided about the plans of the case, oldest first. */
  readonly decided?: readonly Decision[];
  /** What people had undone of the case, oldest first. */
  readonly undone?: readonly WantedAndUndone[];
  /** Findings of the person that people accept for a while, also what is over. */
  readonly exceptions?: readonly Exception[];
  /** What is known beside what the steps filed: a call that passed the gateway after the containment. */
  readonly known?: readonly Finding[];
  /** The findings of the report before; absent for the first. */
  readonly before?: Parameters<typeof compareRevisions>[0];
  readonly manifest: ManifestRef;
}

const VERIFYING = new Set<string>(STEPS.filter(({ phase }) => phase === 'verify').map(({ name }) => name));

/** The report of a case, from everything that its units of work filed. The same input gives the same report. */
export function buildReport(input: ReportInput): Report {
  const { generatedAt, leaver, parts } = input;
  const filedBy = (step: string): unknown => factsOf(parts, step);
  // What was made after the cut was not there when it was decided what would stop.
  const found = withOwners(
    parts.filter(({ step }) => !VERIFYING.has(step)).flatMap(({ findings }) => findings),
    leaver.answers,
  );
  const after = parts.filter(({ step }) => VERIFYING.has(step)).flatMap(({ findings }) => findings);
  const read = { findings: found, uses: parts.flatMap(({ uses = [] }) => uses) };
  const actions = [...parts.flatMap((part) => part.actions), ...input.actions];
  const cut = new Set(actions.filter(wasCut).flatMap(({ remedyId }) => (isRemedyId(remedyId) ? [remedyId] : [])));
  const filed = STEPS.reduce<readonly Finding[]>(
    (gathered, step) => step.gathered(gathered),
    withPolicy(
      [...withImpact(found, stopsIn(read), isByImpact), ...after, ...(input.known ?? [])],
      input.plan?.policy ?? [],
      cut,
    ),
  );
  const { decided = [], undone = [] } = input;
  const merged = mergeFindings(
    // A plan carried out nothing that could be refuted.
    input.case.mode === 'plan'
      ? filed
      : STEPS.reduce((found, step) => step.refuted(filedBy(step.name), found, leaver), filed),
    {
      mode: input.case.mode,
      at: generatedAt,
      actions,
      ...(input.stopped === undefined ? {} : { stopped: input.stopped }),
      restored: whyGivenBack(filed, undone),
      readBacks: STEPS.flatMap((step) => step.readBacksOf(filedBy(step.name))),
      crashed: new Map(
        input.crashed.flatMap(({ remedyId, failure }) => (remedyId ? [[remedyId, failure.message]] : [])),
      ),
    },
  );
  const findings = withExceptions(withRulings(merged, decided), input.exceptions ?? [], generatedAt);
  const steps = STEPS.map((step) => stepReport(step, input, findings, actions));
  const outcome = caseOutcome(steps, STEP_NAMES);
  const residual = residualOf(steps);
  // Whatever was away, a case that lacks nothing is over.
  const lacks = outcome === 'incomplete' || outcome === 'failed';
  const readAgain = lacks ? input.readAgain : undefined;
  const told = toldRestores(undone);
  const acted = { mode: input.case.mode, leaver, stopped: input.stopped, ...told, ...(readAgain && { readAgain }) };
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    generatedAt,
    case: { ...input.case, ...readAgain, ...toldDecisions(decided), ...told },
    leaver,
    outcome,
    incident: incidentOf(steps) !== undefined,
    verdict: caseVerdict(filedBy),
    summary: {
      headline: headlineOf({ outcome, steps, residual, ...acted }),
      ...summarise({ steps, residual, ...acted }),
    },
    steps,
    residual,
    ...(input.before && { comparison: compareRevisions(input.before, findings) }),
    ...(input.plan === undefined ? {} : { plan: { hash: input.plan.hash, remedies: input.plan.remedies.length } }),
    manifest: input.manifest,
    tokenFormats: TOKEN_TYPES,
  };
}

function stepReport(
  step: (typeof STEPS)[number],
  input: ReportInput,
  allFindings: readonly ReportFinding[],
  allActions: readonly Action[],
): StepReport {
  const { name, filings } = step;
  const parts = input.parts.filter((part) => part.step === name);
  const facts = factsOf(parts, name);
  const failures = [
    ...input.crashed
      .filter((crash) => stepOfCrash(crash, allFindings) === name)
      .map(({ failure, remedyId }) => ({ ...failure, ...(remedyId === undefined ? {} : { remedyId }) })),
    ...(step.understands(facts) ? [] : [NOT_UNDERSTOOD]),
  ];
  const judged = {
    step: name,
    run: failures.length > 0 ? ('stopped' as const) : parts.length === 0 ? ('never-ran' as const) : ('ran' as const),
    findings: allFindings.filter((finding) => finding.step === name),
    actions: latestActions(allActions.filter((action) => stepOfAction(action, allFindings) === name)),
    coverage: joinCatalogue(
      mergeCoverage(
        parts.flatMap((part) => part.coverage),
        filings,
      ),
      input.catalogue[name] ?? [],
      input.decisions,
      input.generatedAt,
    ),
    failures,
  };
  const readBacks = step.readBacksOf(facts);
  // What the case cut and nobody read again is as unknown to whoever reads back as what did not answer.
  const unread = VERIFYING.has(name) ? withoutReadBack(allActions, readBacks) : [];
  const seen = [...readBacks, ...unread].map(({ remedyId, state }) => ({
    state,
    finding: allFindings.find(({ remedy }) => remedy?.id === remedyId),
  }));
  // A plan did nothing that could hold.
  const confirmations = input.case.mode === 'plan' ? [] : step.confirmationsOf(facts);
  return step.reportOf({ ...judged, outcome: stepOutcome({ ...judged, seen, confirmations }) }, facts);
}

function withoutReadBack(
  actions: readonly Action[],
  readBacks: readonly ReadBack[],
): Pick<ReadBack, 'remedyId' | 'state'>[] {
  const read = new Set(readBacks.map(({ remedyId }) => remedyId));
  return latestActions(actions).flatMap((action) => {
    const { remedyId } = action;
    return isRemedyId(remedyId) && wasCut(action) && !read.has(remedyId)
      ? [{ remedyId, state: 'could-not-check' as const }]
      : [];
  });
}

/** What another version of the app filed is left where it was filed; a step without its facts cannot be clear. */
const NOT_UNDERSTOOD: StepFailure = {
  code: 'unexpected',
  message: 'What was filed as its facts has not the shape that this version of the app knows.',
};

/** The last facts that were filed for a step. */
function factsOf(parts: readonly StepResult[], step: string): StepResult['facts'] {
  return parts.findLast((part) => part.step === step && part.facts !== undefined)?.facts;
}

/** A remedy's act belongs to the step that found what it closes. */
function stepOfAction({ remedyId }: Action, findings: readonly ReportFinding[]): string | undefined {
  if (!isRemedyId(remedyId)) return remedyId;
  const found = findings.find(({ remedy }) => remedy?.id === remedyId)?.step;
  return found ?? STEPS.find(({ phase }) => phase === 'verify')?.name;
}

function stepOfCrash({ step, remedyId }: StepCrash, findings: readonly ReportFinding[]): string {
  return findings.find(({ remedy }) => remedy !== undefined && remedy.id === remedyId)?.step ?? step;
}
