import { createHash } from 'node:crypto';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { authorise } from '../api/authorise.ts';
import { answerText } from '../api/case-view.ts';
import { problem } from '../api/problem.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { ERRORS } from '../errors.ts';
import type { Log } from '../log.ts';
import { caseOf } from './get-case.ts';

const HTML = 'text/html; charset=utf-8';
const DOCUMENTS: ReadonlyMap<string, { readonly file: string; readonly type: string }> = new Map([
  ['report', { file: 'report.json', type: 'application/json' }],
  ['report.json', { file: 'report.json', type: 'application/json' }],
  ['report.html', { file: 'report.html', type: HTML }],
  ['report.md', { file: 'report.md', type: 'text/markdown; charset=utf-8' }],
]);

/** The report holds what vendors call their things; none of it may become a script of ours. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'";

/** What of a case's seal is needed to know a file again. */
const Seal = z.object({ files: z.array(z.object({ name: z.string(), sha256: z.string() })) });

/** `GET /api/cases/{id}/report[.json|.html|.md]`: the filed report, as it was sealed, or nothing of it. */
export async function getReport(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
  log: Log,
): Promise<HttpResponseInit> {
  const authorised = await authorise(settings, request, 'read');
  if ('answer' in authorised) return authorised.answer;
  const document = DOCUMENTS.get(request.params.document ?? '');
  if (document === undefined) {
    return problem('not-found', { detail: `A case has these documents: ${[...DOCUMENTS.keys()].join(', ')}.` });
  }
  const found = await caseOf(vendors, request);
  if ('answer' in found) return found.answer;
  const { report, state } = found.stored.row;
  if (report === undefined) {
    return problem('not-found', { detail: `The case is ${state}; its report has not been filed.`, extra: { state } });
  }
  const name = report.replace(/[^/]+$/, document.file);
  const [text, seal] = await Promise.all([
    vendors.storage.getText('evidence', name),
    vendors.storage.getText('evidence', report.replace(/[^/]+$/, 'manifest.json')),
  ]);
  if (text === undefined) return problem('not-found', { detail: `The case has no ${document.file}.` });
  const altered = whatIsAltered(name, text, seal);
  if (altered !== undefined) {
    const { caseId } = found.stored.row;
    const { title, todo } = ERRORS['evidence-altered'];
    // An error alerts: whoever can change a filed report can change what an auditor believes.
    log.error(title, { code: 'evidence-altered', caseId, file: name, reason: altered, todo });
    return problem('evidence-altered', { detail: altered });
  }
  const headers = { 'content-security-policy': POLICY };
  return answerText(text, document.type, { headers, ifNoneMatch: request.headers.get('if-none-match') });
}

/** Why a file is not what the case was sealed with; undefined where it is. */
function whatIsAltered(name: string, text: string, seal: string | undefined): string | undefined {
  if (seal === undefined) return `No manifest seals ${name}, so that nobody can say whether it is what was filed.`;
  const read = Seal.safeParse(jsonOf(seal));
  if (!read.success) return `The manifest that seals ${name} is not one.`;
  const sealed = read.data.files.find((file) => file.name === name);
  if (sealed === undefined) return `The manifest does not name ${name}.`;
  const sha256 = createHash('sha256').update(text).digest('hex');
  return sealed.sha256 === sha256 ? undefined : `${name} has not the digest that its manifest names.`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
