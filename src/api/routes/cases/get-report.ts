import { createHash } from 'node:crypto';
import * as z from 'zod';
import { manifestBeside } from '../../../cases/folders.ts';
import type { Seal } from '../../../connectors/storage/evidence/seals.ts';
import { ERRORS } from '../../../errors.ts';
import { answerText, PAGE_POLICY } from '../../answers.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute, type Route, type Tools } from '../../route.ts';
import { CasePath, theCase } from './the-case.ts';

const JSON_TYPE = 'application/json';
const HTML = 'text/html; charset=utf-8';

/** The filed report, as it was sealed, or nothing of it. */
function reportRoute(id: string, suffix: string, file: string, type: string, summary: string): Route {
  const isJson = type === JSON_TYPE;
  return defineRoute({
    ...{ id, method: 'GET', path: `/api/cases/{id}/report${suffix}`, summary, tag: 'Cases' },
    access: { kind: 'read', right: 'read' },
    params: CasePath,
    answers: {},
    documents: { [type.split(';')[0] ?? type]: isJson ? z.looseObject({}) : z.string() },
    problems: ['not-found', 'evidence-altered'],
    handle: ({ params, request }, tools) => sealed(params, request, tools, file, type),
  });
}

export const REPORT_ROUTES: readonly Route[] = [
  reportRoute('getReport', '', 'report.json', JSON_TYPE, 'The filed report'),
  reportRoute('getReportJson', '.json', 'report.json', JSON_TYPE, 'The filed report as JSON'),
  reportRoute('getReportHtml', '.html', 'report.html', HTML, 'The filed report as a page'),
  reportRoute('getReportMarkdown', '.md', 'report.md', 'text/markdown; charset=utf-8', 'The filed report as Markdown'),
];

async function sealed(
  params: z.output<typeof CasePath>,
  request: Request,
  { vendors, log }: Pick<Tools, 'vendors' | 'log'>,
  file: string,
  type: string,
): Promise<Response> {
  const found = await theCase(vendors, params);
  if ('answer' in found) return found.answer;
  const { caseId, report, state } = found.stored.row;
  if (report === undefined) {
    return problem('not-found', { detail: `The case is ${state}; its report has not been filed.`, extra: { state } });
  }
  const name = report.replace(/[^/]+$/, file);
  const [text, seal] = await Promise.all([
    vendors.storage.getText('evidence', name),
    vendors.storage.readSeal(manifestBeside(report)),
  ]);
  if (text === undefined) return problem('not-found', { detail: `The case has no ${file}.` });
  const altered = whatIsAltered(name, text, seal);
  if (altered !== undefined) {
    const { title, todo } = ERRORS['evidence-altered'];
    // An error alerts: whoever can change a filed report can change what an auditor believes.
    log.error(title, { code: 'evidence-altered', caseId, file: name, reason: altered, todo });
    return problem('evidence-altered', { detail: altered });
  }
  const headers = { 'content-security-policy': PAGE_POLICY };
  return answerText(text, type, { headers, ifNoneMatch: request.headers.get('if-none-match') });
}

/** Why a file is not what the case was sealed with; undefined where it is. */
function whatIsAltered(name: string, text: string, seal: Seal | undefined): string | undefined {
  if (seal === undefined) return `No manifest seals ${name}, so that nobody can say whether it is what was filed.`;
  const sealed = seal.files.find((file) => file.name === name);
  if (sealed === undefined) return `The manifest does not name ${name}.`;
  const sha256 = createHash('sha256').update(text).digest('hex');
  return sealed.sha256 === sha256 ? undefined : `${name} has not the digest that its manifest names.`;
}
