import * as z from 'zod';
import { attemptOf, revisionOf } from '../../src/cases/attempts.ts';
import { type CaseRow, CaseRowSchema } from '../../src/cases/case.ts';
import { ComparedSchema, countsOf } from '../../src/cases/compare-revisions.ts';
import { standingAt } from '../../src/cases/exception.ts';
import { FINDING_STATUSES } from '../../src/cases/finding.ts';
import { manifestName, reportFolderOf } from '../../src/cases/folders.ts';
import { type CaseId, CaseIdSchema } from '../../src/cases/ids.ts';
import { OUTCOMES } from '../../src/cases/outcome.ts';
import { type PassedCall, PassedCallSchema } from '../../src/cases/passed-call.ts';
import { type ReadAgain, ReadAgainSchema, readAgainAfter, wasAway } from '../../src/cases/read-again.ts';
import { BlobRefSchema } from '../../src/cases/remedy.ts';
import { StepCrashSchema, StepPartRefSchema, StoppedSchema } from '../../src/cases/step-result.ts';
import type { Config } from '../../src/config.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { coverageDecisions } from '../../src/coverage-settings.ts';
import { withoutSecretsIn } from '../../src/credentials/without-secrets.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Shaped } from '../../src/durable/shapes.ts';
import { signRevision } from '../../src/duties/sign-revision.ts';
import { isErrorCode, OffboardingError, passes } from '../../src/errors.ts';
import { SIGNATURE_FILE } from '../../src/evidence/statement.ts';
import type { Log } from '../../src/log.ts';
import { LeaverSchema } from '../../src/people/leaver.ts';
import { buildReport } from '../../src/report/build/build-report.ts';
import { endOfCaseIn, findingsOf, saysNothingNew } from '../../src/report/end-of-case.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderMarkdown } from '../../src/report/markdown/markdown.ts';
import type { Manifest, ReportCase } from '../../src/report/report.ts';
import { REPORT_SCHEMA_VERSION } from '../../src/report/schema/report.ts';
import { count, instant } from '../../src/shapes/primitives.ts';
import { recordOf } from '../../src/shapes/record-of.ts';
import { passedCallFinding } from '../../src/steps/activity-audit/rules/passed-call-finding.ts';
import { CATALOGUE } from '../../src/steps/catalogue.ts';
import { collectEvidence, fileOf, prettyJson, withFiles } from './collect-evidence.ts';
import { readDecisions } from './read-decisions.ts';
import { reportLink } from './report-link.ts';
import { revisionBefore } from './revision-before.ts';
import { sealUndone } from './seal-undone.ts';

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
  /** What came of what somebody wanted back, as it was filed. */
  undone: z.exactOptional(z.array(BlobRefSchema)),
  /** Set where a remedy failed because a vendor was away. */
  away: z.exactOptional(z.literal(true)),
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
  // Reports of before there were decisions have no `rejected`, and of before there were exceptions no `accepted`.
  counts: z.strictObject({
    ...recordOf(FINDING_STATUSES, () => count),
    ...{ rejected: z.exactOptional(count), accepted: z.exactOptional(count) },
  }),
  /** How many things are left to do. */
  nextSteps: count,
  /** Set where a vendor was away: when the case is read again by itself, or why it is not. */
  readAgain: z.exactOptional(ReadAgainSchema),
  /** Set where another reading is to come, and this one says the same as the one before. */
  nothingNew: z.exactOptional(z.literal(true)),
  /** How it differs from the report before; absent in the first. */
  compared: z.exactOptional(ComparedSchema),
  /** When the call was made of which it says that it passed the gateway after the containment. */
  passed: z.exactOptional(instant),
});
const SignatureDueSchema = z.strictObject({ due: z.boolean() });

export type FiledReport = Shaped<typeof FiledReportSchema>;

/**
 * Seals a case: the raw results, the report in three forms and, last, the manifest with the digest of every file.
 * Nothing is ever overwritten, and the same input writes the same bytes, so a second run changes nothing.
 */
export const fileReport = defineActivity(
  'fileReport',
  { input: FileReportInputSchema, output: FiledReportSchema },
  async (input, { vendors, settings, log }) => {
    const stored = await vendors.storage.getCase(input.caseId);
    if (stored !== undefined && attemptOf(stored.row) !== attemptOf(input.row)) {
      throw new OffboardingError('unexpected', `Another attempt of ${input.caseId} had begun, so nothing was filed.`);
    }
    const folder = reportFolderOf(input.row);
    // What is said later than this is not in it: a second run must write the same report.
    const exceptions = standingAt(await vendors.storage.listExceptions(input.leaver.oid), input.generatedAt);
    const evidence = await collectEvidence(vendors, folder, { ...input, exceptions }, coverageDecisions(settings));
    const manifest = `${folder}/manifest.json`;
    const before = await revisionBefore(vendors, input.row);
    const { undone, files: sealedFiles } = await sealUndone(vendors, input.row, {
      tried: input.undone ?? [],
      at: input.generatedAt,
    });
    const files = withFiles(evidence.files, sealedFiles);
    const decided = await readDecisions(vendors, input.row.decisions ?? []);
    const readAgain = await readAgainOf(vendors, settings, folder, input);
    const passed = await passedOf(vendors, folder, stored?.row ?? input.row);
    const built = buildReport({
      case: caseOf(input),
      leaver: input.leaver,
      generatedAt: input.generatedAt,
      parts: evidence.parts,
      crashed: input.crashed,
      ...(evidence.plan === undefined ? {} : { plan: evidence.plan }),
      actions: evidence.actions,
      ...(input.stopped === undefined ? {} : { stopped: input.stopped }),
      ...(readAgain === undefined ? {} : { readAgain }),
      catalogue: CATALOGUE,
      decisions: evidence.decisions,
      ...(decided.length === 0 ? {} : { decided }),
      ...(passed && { known: [passedCallFinding(passed, input.row)] }),
      ...(before && { before: findingsOf(before.end) }),
      ...(undone.length === 0 ? {} : { undone }),
      ...(exceptions.length === 0 ? {} : { exceptions }),
      manifest: { name: manifest, files },
    });
    // Page, Markdown, issue and card are made of what is filed, and show no more than it does.
    const report = withoutSecretsIn(built);
    const link = await reportLink(vendors, settings, folder, input.caseId);
    const [page, text] = [await renderHtml(report, link), await renderMarkdown(report, link)];
    const [json, html, markdown] = await Promise.all([
      vendors.storage.putOnce('evidence', `${folder}/report.json`, prettyJson(report)),
      vendors.storage.putOnce('evidence', `${folder}/report.html`, page, contentType('text/html')),
      vendors.storage.putOnce('evidence', `${folder}/report.md`, text, contentType('text/markdown')),
    ]);
    const isSigned = await signatureIsDue(vendors, settings, folder, input.caseId);
    const sealed: Manifest = {
      schemaVersion: REPORT_SCHEMA_VERSION,
      caseId: input.caseId,
      generatedAt: input.generatedAt,
      outcome: report.outcome,
      ...(before === undefined ? {} : { revision: revisionOf(input.row), previous: before.manifest }),
      ...(isSigned && { signature: SIGNATURE_FILE }),
      files: [...files, ...[html, json, markdown].map(fileOf)],
    };
    const about = { caseId: input.caseId, revision: revisionOf(input.row) };
    // Before it is sealed: whatever dies in between, it is signed.
    if (isSigned) await vendors.storage.enterUnsigned({ ...about, since: input.generatedAt });
    const seal = await vendors.storage.putOnce('evidence', manifest, prettyJson(sealed));
    // Whoever asks whether a case is sealed need not know in which attempt.
    const whole = manifestName(input.row);
    if (whole !== manifest) await vendors.storage.putOnce('evidence', whole, prettyJson(sealed));
    log.info('report filed', { caseId: input.caseId, outcome: report.outcome, manifest: seal.sha256 });
    if (isSigned) await sign(vendors, about, log);
    const { readAgainAt, notReadAgain } = report.case;
    return {
      outcome: report.outcome,
      incident: report.incident,
      report: json,
      html,
      markdown,
      manifest: seal,
      counts: report.summary.counts,
      nextSteps: report.outcome === 'clear' ? 0 : report.summary.next.length,
      ...(readAgainAt === undefined && notReadAgain === undefined
        ? {}
        : { readAgain: { ...(readAgainAt && { readAgainAt }), ...(notReadAgain && { notReadAgain }) } }),
      ...(saysNothingNew(endOfCaseIn(JSON.stringify(report)), before?.end) && { nothingNew: true as const }),
      ...(report.comparison && { compared: countsOf(report.comparison) }),
      ...(passed && { passed: passed.at }),
    };
  },
);

/**
 * Whether this report is to be signed, so that its manifest says so. What was said first stands: a second run must write
 * the same manifest, whatever the settings say by then.
 */
async function signatureIsDue(
  vendors: Pick<Vendors, 'storage'>,
  { EVIDENCE_KEY_ID: key }: Pick<Config, 'EVIDENCE_KEY_ID'>,
  folder: string,
  caseId: CaseId,
): Promise<boolean> {
  const name = `${caseId}/signed/${folder.replaceAll('/', '-')}.json`;
  const said = await vendors.storage.putFirst('work', name, JSON.stringify({ due: key !== undefined }));
  return SignatureDueSchema.parse(JSON.parse(said.text)).due;
}

/** The report is filed whether or not it can be signed now: a duty signs what waits for it. */
async function sign(
  vendors: Pick<Vendors, 'evidenceKey' | 'storage'>,
  about: { readonly caseId: CaseId; readonly revision: number },
  log: Log,
): Promise<void> {
  try {
    const signing = await signRevision(vendors, about);
    if (signing.kind === 'failed') log.warn('a report is not signed yet', { ...about, why: signing.failure.message });
  } catch (error) {
    log.warn('a report is not signed yet', { ...about, why: error instanceof Error ? error.message : 'unknown' });
  }
}

/**
 * What becomes of the case where a vendor was away, as this report says it. What was said first stands: a second run
 * must write the same report, whatever the settings say by then.
 */
async function readAgainOf(
  vendors: Pick<Vendors, 'storage'>,
  { READ_AGAIN_DAYS: days }: Pick<Config, 'READ_AGAIN_DAYS'>,
  folder: string,
  { caseId, row, generatedAt, ...read }: FileReportInput,
): Promise<ReadAgain | undefined> {
  if (!wasAway(read, (code) => isErrorCode(code) && passes(code))) return undefined;
  const name = `${caseId}/read-again/${folder.replaceAll('/', '-')}.json`;
  const said = await vendors.storage.putFirst('work', name, JSON.stringify(readAgainAfter(row, generatedAt, days)));
  return ReadAgainSchema.parse(JSON.parse(said.text));
}

/**
 * The call that passed the gateway after the containment, as this report tells of it. What was noted when it was made
 * first stands: a second run must write the same report. What is noted later is the next one's.
 */
async function passedOf(
  vendors: Pick<Vendors, 'storage'>,
  folder: string,
  { caseId, mode, passed }: CaseRow,
): Promise<PassedCall | undefined> {
  if (mode === 'plan') return undefined;
  const name = `${caseId}/passed/${folder.replaceAll('/', '-')}.json`;
  const { text } = await vendors.storage.putFirst('work', name, JSON.stringify(passed === undefined ? {} : { passed }));
  return z.object({ passed: z.exactOptional(PassedCallSchema) }).parse(JSON.parse(text)).passed;
}

function caseOf({ row, startedAt }: FileReportInput): ReportCase {
  const { caseId, mode, trigger, reason, requestedBy, requestedAt, openedAt, merged, revisions } = row;
  const before = revisions?.at(-1);
  const requests = merged.map(({ trigger, requestedBy, requestedAt, reason }) => ({
    trigger,
    requestedBy,
    requestedAt,
    reason,
  }));
  return {
    ...{ caseId, mode, trigger, reason, requestedBy, requestedAt, openedAt, startedAt, merged: requests },
    ...(before && {
      revision: revisionOf(row),
      ...(row.because && { because: row.because }),
      previous: { filedAt: before.filedAt, outcome: before.outcome, report: before.report },
    }),
  };
}

function contentType(type: string): { readonly blobContentType: string } {
  return { blobContentType: `${type}; charset=utf-8` };
}
