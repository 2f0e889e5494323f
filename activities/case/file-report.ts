import * as z from 'zod';
import { CaseRowSchema } from '../../src/cases/case.ts';
import type { CoverageDecisions } from '../../src/cases/coverage-decisions.ts';
import { FINDING_STATUSES } from '../../src/cases/finding.ts';
import { CaseIdSchema } from '../../src/cases/ids.ts';
import { OUTCOMES } from '../../src/cases/outcome.ts';
import type { Plan } from '../../src/cases/plan.ts';
import { type Action, type BlobRef, BlobRefSchema } from '../../src/cases/remedy.ts';
import { StepCrashSchema, StepPartRefSchema, type StepResult, StoppedSchema } from '../../src/cases/step-result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { coverageDecisions } from '../../src/coverage-settings.ts';
import { withoutSecretsIn } from '../../src/credentials/without-secrets.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Shaped } from '../../src/durable/shapes.ts';
import { LeaverSchema } from '../../src/people/leaver.ts';
import { buildReport } from '../../src/report/build/build-report.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderMarkdown } from '../../src/report/markdown/markdown.ts';
import type { Manifest, ManifestFile, ReportCase } from '../../src/report/report.ts';
import { REPORT_SCHEMA_VERSION } from '../../src/report/schema/report.ts';
import { count, instant } from '../../src/shapes/primitives.ts';
import { recordOf } from '../../src/shapes/record-of.ts';
import { CATALOGUE } from '../../src/steps/catalogue.ts';
import { manifestName } from './is-sealed.ts';

const FileReportInputSchema = z.strictObject({
  caseId: CaseIdSchema,
  row: CaseRowSchema,
  leaver: LeaverSchema,
  /** Instants of the orchestration's own clock: a second run must write the same bytes. */
  startedAt: instant,
  generatedAt: instant,
  /** Everything that was filed, containment and verification included, in the order in which it was filed. */
  parts: z.array(StepPartRefSchema),
  crashed: z.array(StepCrashSchema),
  plan: z.exactOptional(BlobRefSchema),
  /** One blob per remedy that was tried; each holds an `Action`. */
  actions: z.array(BlobRefSchema),
  /** Why the case stopped acting before its plan was carried out. */
  stopped: z.exactOptional(StoppedSchema),
});
export type FileReportInput = Shaped<typeof FileReportInputSchema>;

/** What the orchestration keeps of a report. */
export const FiledReportSchema = z.strictObject({
  outcome: z.enum(OUTCOMES),
  incident: z.boolean(),
  report: BlobRefSchema,
  html: BlobRefSchema,
  markdown: BlobRefSchema,
  manifest: BlobRefSchema,
  counts: z.strictObject(recordOf(FINDING_STATUSES, () => count)),
  /** How many things are left to do. */
  nextSteps: count,
});
export type FiledReport = Shaped<typeof FiledReportSchema>;

/**
 * Seals a case: the raw results, the report in three forms and, last, the manifest with the digest of every file.
 * Nothing is ever overwritten, and the same input writes the same bytes, so a second run changes nothing.
 */
export const fileReport = defineActivity(
  'fileReport',
  { input: FileReportInputSchema, output: FiledReportSchema },
  async (input, { vendors, settings, log }) => {
    const folder = `cases/${input.caseId}`;
    const evidence = await collect(vendors, folder, input, coverageDecisions(settings));
    const manifest = manifestName(input.caseId);
    const built = buildReport({
      case: caseOf(input),
      leaver: input.leaver,
      generatedAt: input.generatedAt,
      parts: evidence.parts,
      crashed: input.crashed,
      ...(evidence.plan === undefined ? {} : { plan: evidence.plan }),
      actions: evidence.actions,
      ...(input.stopped === undefined ? {} : { stopped: input.stopped }),
      catalogue: CATALOGUE,
      decisions: evidence.decisions,
      manifest: { name: manifest, files: evidence.files },
    });
    // Page, Markdown, issue and card are made of what is filed, and show no more than it does.
    const report = withoutSecretsIn(built);
    const [page, text] = [await renderHtml(report), await renderMarkdown(report)];
    const [json, html, markdown] = await Promise.all([
      vendors.storage.putOnce('evidence', `${folder}/report.json`, prettyJson(report)),
      vendors.storage.putOnce('evidence', `${folder}/report.html`, page, contentType('text/html')),
      vendors.storage.putOnce('evidence', `${folder}/report.md`, text, contentType('text/markdown')),
    ]);
    const sealed: Manifest = {
      schemaVersion: REPORT_SCHEMA_VERSION,
      caseId: input.caseId,
      generatedAt: input.generatedAt,
      outcome: report.outcome,
      files: [...evidence.files, ...[html, json, markdown].map(fileOf)],
    };
    const seal = await vendors.storage.putOnce('evidence', manifest, prettyJson(sealed));
    log.info('report filed', { caseId: input.caseId, outcome: report.outcome, manifest: seal.sha256 });
    return {
      outcome: report.outcome,
      incident: report.incident,
      report: json,
      html,
      markdown,
      manifest: seal,
      counts: report.summary.counts,
      nextSteps: report.outcome === 'clear' ? 0 : report.summary.next.length,
    };
  },
);

interface Collected {
  readonly parts: readonly StepResult[];
  readonly plan?: Plan;
  readonly actions: readonly Action[];
  readonly decisions: CoverageDecisions;
  /** Every file of the evidence so far, by name. */
  readonly files: readonly ManifestFile[];
}

/** Brings everything that the report rests on into the sealed container. */
async function collect(
  vendors: Pick<Vendors, 'storage'>,
  folder: string,
  input: FileReportInput,
  decisions: CoverageDecisions,
): Promise<Collected> {
  const numbers = new Map<string, number>();
  const [parts, actions, plan, decided] = await Promise.all([
    Promise.all(
      input.parts.map(({ step, ref }) => {
        const n = (numbers.get(step) ?? 0) + 1;
        numbers.set(step, n);
        return seal<StepResult>(vendors, ref, `${folder}/steps/${step}-${n}.json`);
      }),
    ),
    Promise.all(input.actions.map((ref) => sealAction(vendors, folder, ref))),
    input.plan === undefined ? undefined : seal<Plan>(vendors, input.plan, `${folder}/plan.json`),
    // The first that were filed stand: a second run must write the same report, whatever the settings say by then.
    vendors.storage.putFirst('evidence', `${folder}/coverage-decisions.json`, prettyJson(decisions)),
  ]);
  const values = parts.map(({ value }) => value);
  const images = [...actions, ...values.flatMap((part) => part.actions)].flatMap((action) => action.beforeImage ?? []);
  // What was written comes with its digest: were a file changed since, the manifest must not vouch for the change.
  const listed = await Promise.all(
    ['before', 'actions'].map((kind) =>
      vendors.storage.listRefs('evidence', `${folder}/${kind}/`, [...input.actions, ...images]),
    ),
  );
  return {
    parts: values,
    actions,
    ...(plan === undefined ? {} : { plan: plan.value }),
    decisions: JSON.parse(decided.text) as CoverageDecisions,
    files: [...parts.map(({ ref }) => ref), ...(plan === undefined ? [] : [plan.ref]), decided.ref, ...listed.flat()]
      .map(fileOf)
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

interface Sealed<T> {
  readonly value: T;
  readonly ref: BlobRef;
}

async function seal<T>(vendors: Pick<Vendors, 'storage'>, ref: BlobRef, name: string): Promise<Sealed<T>> {
  const text = await vendors.storage.getChecked(ref);
  return { value: JSON.parse(text) as T, ref: await vendors.storage.putOnce('evidence', name, text) };
}

/** A successful action was filed as evidence when it happened; a failed one becomes final only now. */
async function sealAction(vendors: Pick<Vendors, 'storage'>, folder: string, ref: BlobRef): Promise<Action> {
  const text = await vendors.storage.getChecked(ref);
  const action = JSON.parse(text) as Action;
  if (ref.container !== 'evidence')
    await vendors.storage.putOnce('evidence', `${folder}/actions/${action.remedyId}-${action.result}.json`, text);
  return action;
}

function caseOf({ row, startedAt }: FileReportInput): ReportCase {
  const { caseId, mode, trigger, reason, requestedBy, requestedAt, openedAt, merged } = row;
  const requests = merged.map(({ trigger, requestedBy, requestedAt, reason }) => ({
    trigger,
    requestedBy,
    requestedAt,
    reason,
  }));
  return { caseId, mode, trigger, reason, requestedBy, requestedAt, openedAt, startedAt, merged: requests };
}

function fileOf({ name, sha256, bytes }: BlobRef): ManifestFile {
  return { name, sha256, bytes };
}

function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function contentType(type: string): { readonly blobContentType: string } {
  return { blobContentType: `${type}; charset=utf-8` };
}
