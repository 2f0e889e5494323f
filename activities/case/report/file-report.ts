import { standingAt } from '../../../src/cases/decisions/exception.ts';
import { manifestName, reportFolderOf } from '../../../src/cases/folders.ts';
import { attemptOf, revisionOf } from '../../../src/cases/following/attempts.ts';
import { countsOf } from '../../../src/cases/following/compare-revisions.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { coverageDecisions } from '../../../src/coverage-settings.ts';
import { withoutSecretsIn } from '../../../src/credentials/without-secrets.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { signRevision } from '../../../src/duties/evidence/sign-revision.ts';
import { OffboardingError } from '../../../src/errors.ts';
import { SIGNATURE_FILE } from '../../../src/evidence/statement.ts';
import type { Log } from '../../../src/log.ts';
import { buildReport } from '../../../src/report/build/build-report.ts';
import { endOfCaseIn, findingsOf, saysNothingNew } from '../../../src/report/end-of-case.ts';
import { renderHtml } from '../../../src/report/html/page.ts';
import { renderMarkdown } from '../../../src/report/markdown/markdown.ts';
import type { Manifest, ReportCase } from '../../../src/report/report.ts';
import { REPORT_SCHEMA_VERSION } from '../../../src/report/schema/report.ts';
import { passedCallFinding } from '../../../src/steps/activity-audit/rules/passed-call-finding.ts';
import { CATALOGUE } from '../../../src/steps/catalogue.ts';
import { readDecisions } from '../read-decisions.ts';
import { sealUndone } from '../undo/seal-undone.ts';
import { collectEvidence, fileOf, prettyJson, withFiles } from './collect-evidence.ts';
import { FiledReportSchema, type FileReportInput, FileReportInputSchema } from './filed-report.ts';
import { reportLink } from './report-link.ts';
import { revisionBefore } from './revision-before.ts';
import { passedOf, readAgainOf, signatureIsDue } from './said-first.ts';

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
