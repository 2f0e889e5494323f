import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { authorise } from '../api/authorise.ts';
import { answerJson, caseView, type Run } from '../api/case-view.ts';
import { problem } from '../api/problem.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import { parseCaseId } from '../cases/ids.ts';
import type { StoredCase } from '../connectors/storage/case-table.ts';
import type { Vendors } from '../connectors/vendors.ts';

/** Reads how an instance stands; undefined where there is none, or where the engine does not say. */
export type ReadRun = (instanceId: string) => Promise<Run | undefined>;

/** `GET /api/cases/{id}`: the case and how far it is. */
export async function getCaseById(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
  readRun: ReadRun,
): Promise<HttpResponseInit> {
  const authorised = await authorise(settings, request, 'read');
  if ('answer' in authorised) return authorised.answer;
  const found = await caseOf(vendors, request);
  if ('answer' in found) return found.answer;
  const { row } = found.stored;
  const run = row.state === 'refused' ? undefined : await readRun(row.instanceId);
  return answerJson(caseView(row, run), { ifNoneMatch: request.headers.get('if-none-match') });
}

/** The case that the path names, or the answer that there is none. */
export async function caseOf(
  vendors: Pick<Vendors, 'storage'>,
  request: HttpRequest,
): Promise<{ readonly stored: StoredCase } | { readonly answer: HttpResponseInit }> {
  const id = parseCaseId((request.params.id ?? '').toLowerCase());
  const stored = id === undefined ? undefined : await vendors.storage.getCase(id.caseId);
  if (stored !== undefined) return { stored };
  return { answer: problem('not-found', { detail: 'There is no case of this id; GET /api/cases lists the cases.' }) };
}
