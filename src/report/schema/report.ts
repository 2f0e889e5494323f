import * as z from 'zod';
import { CASE_MODES, REVISION_CAUSES, TRIGGERS } from '../../cases/case.ts';
import { DecisionSchema } from '../../cases/decisions/decision.ts';
import { FINDING_STATUSES, SEVERITIES } from '../../cases/finding.ts';
import { ComparisonSchema } from '../../cases/following/compare-revisions.ts';
import { ReadAgainSchema } from '../../cases/following/read-again.ts';
import { CaseIdSchema, FindingIdSchema } from '../../cases/ids.ts';
import { OUTCOMES } from '../../cases/outcome.ts';
import { RestoreSchema, UndoneSchema } from '../../cases/remedies/restore.ts';
import { STEP_RUNS, StepFailureSchema } from '../../cases/step-result.ts';
import { LeaverSchema } from '../../people/leaver.ts';
import { count, instant, sha256, text } from '../../shapes/primitives.ts';
import { recordOf } from '../../shapes/record-of.ts';
import { NO_FACTS } from '../../steps/define-step.ts';
import { STEPS, VERDICT } from '../../steps/registry.ts';
import { CoverageSchema, ReportFindingSchema, stepName } from './finding.ts';
import { ReportedActionSchema } from './remedy.ts';

/** Version of the report's shape: the major part changes when a reader of the old shape would misread the new one. */
export const REPORT_SCHEMA_VERSION = '1.0';

const outcome = z.enum(OUTCOMES).meta({ id: 'Outcome', description: 'From best to worst; computed, never asserted.' });
const trigger = z.enum(TRIGGERS);

const request = { trigger, requestedBy: text, requestedAt: instant, reason: text };

const ReportCase = z
  .strictObject({
    caseId: CaseIdSchema,
    mode: z.enum(CASE_MODES),
    ...request,
    openedAt: instant,
    startedAt: instant,
    /** Which report of the case this is, from 2: it rests on what was read for it, and on nothing of before. */
    revision: z.exactOptional(count),
    /** Why there is a further one. */
    because: z.exactOptional(z.enum(REVISION_CAUSES)),
    /** The report before it. */
    previous: z.exactOptional(z.strictObject({ filedAt: instant, outcome: text, report: text })),
    /** A vendor was away: when the case is read again by itself, or why it is not. */
    ...ReadAgainSchema.shape,
    /** What people decided about the remedies that waited for one, oldest first. */
    decisions: z.exactOptional(
      z.array(
        z.strictObject({
          ...DecisionSchema.pick({ n: true, revision: true, by: true, at: true, reason: true, emergency: true }).shape,
          approved: z.array(FindingIdSchema),
          rejected: z.array(FindingIdSchema),
        }),
      ),
    ),
    /** What people had undone of the case, oldest first, and what came of it. */
    restores: z.exactOptional(
      z.array(
        z.strictObject({
          ...RestoreSchema.pick({ n: true, revision: true, by: true, at: true, reason: true, whole: true }).shape,
          undone: z.array(UndoneSchema),
        }),
      ),
    ),
    /** Further requests for the same person that this case answers as well. */
    merged: z.array(z.strictObject(request)),
  })
  .meta({ id: 'Case', description: 'The case as it was asked for.' });

/** Where to go, and what to copy. */
const HOW_TO = { link: z.exactOptional(text), command: z.exactOptional(text) };

const SummaryLine = z
  .strictObject({
    /** One sentence. */
    text,
    step: stepName,
    severity: z.enum(SEVERITIES),
    /** What the sentence speaks of; empty where it is about a source or a step. */
    findings: z.array(FindingIdSchema),
    /** The machine, repository, identity or account that it is about. */
    about: z.exactOptional(text),
    ...HOW_TO,
    /** Who knows more. */
    ask: z.exactOptional(text),
    /** What there is to do about it, where that is several things. */
    parts: z.exactOptional(z.array(z.strictObject({ text, findings: z.array(FindingIdSchema), ...HOW_TO }))),
  })
  .meta({ id: 'SummaryLine' });

/** The first screen: what was cut, what was not and why, what to do next. Computed from the steps. */
const Summary = z.strictObject({
  /** Why the outcome is what it is, in a sentence or two. */
  headline: text,
  cut: z.array(SummaryLine),
  notCut: z.array(SummaryLine),
  next: z.array(SummaryLine),
  /** Number of findings by status, zeros included. */
  counts: z.strictObject(recordOf(FINDING_STATUSES, () => count)),
  /** Number of sources; one that is asked in several places counts once for each. */
  sources: z.strictObject({
    readable: count,
    complete: count,
    exempt: count,
    notExamined: count,
    standingLimits: count,
    acknowledged: count,
  }),
});

function stepReport({ name, facts }: { readonly name: string; readonly facts: z.ZodType }) {
  return z.strictObject({
    step: z.literal(name),
    outcome,
    run: z.enum(STEP_RUNS),
    findings: z.array(ReportFindingSchema),
    actions: z.array(ReportedActionSchema),
    coverage: z.array(CoverageSchema),
    failures: z.array(StepFailureSchema),
    ...(facts === NO_FACTS ? {} : { facts: z.exactOptional(facts) }),
  });
}

const [first, ...others] = STEPS;

const ManifestFile = z
  .strictObject({
    /** Blob name in the container `evidence`. */
    name: text,
    sha256,
    bytes: count,
  })
  .meta({ id: 'File', description: 'A file of the evidence, with the digest of its bytes.' });

/** `report.json`, the contract that everything else reads. */
export const ReportSchema = z.strictObject({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  /** When the report was filed. */
  generatedAt: instant,
  case: ReportCase,
  leaver: LeaverSchema,
  outcome,
  /**
   * Whether something acted as the leaver, or as an identity that trusted them, after the departure. No outcome hides
   * it, and it hides no outcome.
   */
  incident: z.boolean(),
  verdict: VERDICT,
  summary: Summary,
  /** Every step, always, in this order. */
  steps: z.tuple([stepReport(first), ...others.map(stepReport)]),
  /** Access that is not over yet and ends by itself, soonest first. */
  residual: z.array(
    z.strictObject({ findingId: FindingIdSchema, step: stepName, title: text, until: instant, why: text }),
  ),
  /** What became of the findings of the report before; absent in the first. */
  comparison: z.exactOptional(ComparisonSchema),
  /** The plan that was carried out, or would be; absent where the case ended before it was made. */
  plan: z.exactOptional(z.strictObject({ hash: sha256, remedies: count })),
  /** Where the manifest lies, and the files that the report rests on. It lists the report's own files too. */
  manifest: z.strictObject({ name: text, files: z.array(ManifestFile) }),
  /** Formats of tokens that texts were searched for, as docs/tokens.md describes them; of others nothing is known. */
  tokenFormats: z.array(text),
});
