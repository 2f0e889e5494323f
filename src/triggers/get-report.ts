import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { authorise } from '../api/authorise.ts';
import { answerText } from '../api/case-view.ts';
import { problem } from '../api/problem.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import type { Vendors } from '../connectors/vendors.ts';
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

/** `GET /api/cases/{id}/report[.json|.html|.md]`: the filed report, as it was sealed. */
export async function getReport(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
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
  const text = await vendors.storage.getText('evidence', name);
  if (text === undefined) return problem('not-found', { detail: `The case has no ${document.file}.` });
  const headers = { 'content-security-policy': POLICY };
  return answerText(text, document.type, { headers, ifNoneMatch: request.headers.get('if-none-match') });
}
