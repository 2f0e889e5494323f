import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { authorise } from '../api/authorise.ts';
import { answerJson, caseView } from '../api/case-view.ts';
import { faultsOf } from '../api/faults.ts';
import { problem } from '../api/problem.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import { CASE_STATES } from '../cases/case.ts';
import type { Vendors } from '../connectors/vendors.ts';

const Query = z.strictObject({
  state: z.enum(CASE_STATES).optional(),
  /** Only those that wait for somebody. */
  onHold: z.literal('true').optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** Where the page begins: from `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{15}-[0-9a-f-]{38,44}$/)
    .optional(),
});

/** `GET /api/cases`: newest first, a page at a time. */
export async function getCases(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
): Promise<HttpResponseInit> {
  const authorised = await authorise(settings, request, 'read');
  if ('answer' in authorised) return authorised.answer;
  const query = Query.safeParse(Object.fromEntries(request.query));
  if (!query.success) {
    const errors = faultsOf(query.error).map(({ pointer, detail }) => ({ parameter: pointer.slice(1), detail }));
    return problem('invalid-request', { detail: `The query has ${errors.length} faults.`, errors });
  }
  const { state, limit, after } = query.data;
  const onHold = query.data.onHold !== undefined;
  const list = await vendors.storage.listCases({ limit, onHold, ...(state && { state }), ...(after && { after }) });
  const next =
    list.next &&
    `/api/cases?${new URLSearchParams({ limit: String(limit), ...(state && { state }), ...(onHold && { onHold: 'true' }), after: list.next })}`;
  const cases = list.cases.map(({ row }) => caseView(row));
  const { unreadable } = list;
  return answerJson(
    { cases, ...(unreadable && { unreadable }), ...(next && { next }) },
    { ifNoneMatch: request.headers.get('if-none-match') },
  );
}
