import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { authorise } from '../api/authorise.ts';
import { answerJson } from '../api/case-view.ts';
import { faultsOf } from '../api/faults.ts';
import { problem } from '../api/problem.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import type { Vendors } from '../connectors/vendors.ts';

const Query = z.strictObject({ day: z.iso.date().optional() });

/** Blobs of dead letters that one answer names. */
const MOST_BLOBS = 100;

/**
 * `GET /api/rejections?day=`: what was rejected on a day, by default today (UTC): events and messages that could not
 * become a case, and the names of the dead letters of the audit pipeline.
 */
export async function getRejections(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
  now: Date,
): Promise<HttpResponseInit> {
  const authorised = await authorise(settings, request, 'read');
  if ('answer' in authorised) return authorised.answer;
  const query = Query.safeParse(Object.fromEntries(request.query));
  if (!query.success) {
    const errors = faultsOf(query.error).map(({ pointer, detail }) => ({ parameter: pointer.slice(1), detail }));
    return problem('invalid-request', { detail: `The query has ${errors.length} faults.`, errors });
  }
  const day = query.data.day ?? now.toISOString().slice(0, 10);
  const [listed, rejected, notUploaded] = await Promise.all([
    vendors.storage.listRejected(day),
    vendors.storage.listDeadLetters('rejected', MOST_BLOBS, day),
    vendors.storage.listDeadLetters('not-uploaded', MOST_BLOBS, day),
  ]);
  return answerJson(
    { day, ...listed, toolCalls: { rejected, notUploaded } },
    { ifNoneMatch: request.headers.get('if-none-match') },
  );
}
