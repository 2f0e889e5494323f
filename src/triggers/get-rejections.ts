import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { authorise } from '../api/authorise.ts';
import { answerJson } from '../api/case-view.ts';
import { faultsOf } from '../api/faults.ts';
import { problem } from '../api/problem.ts';
import type { Config } from '../config.ts';
import { listRejected } from '../connectors/storage/rejections.ts';

const Query = z.strictObject({ day: z.iso.date().optional() });

/** `GET /api/rejections?day=`: events and messages that were refused at the door, by default today's (UTC). */
export async function getRejections(config: Config, request: HttpRequest, now: Date): Promise<HttpResponseInit> {
  const authorised = await authorise(config, request, 'read');
  if ('answer' in authorised) return authorised.answer;
  const query = Query.safeParse(Object.fromEntries(request.query));
  if (!query.success) {
    const errors = faultsOf(query.error).map(({ pointer, detail }) => ({ parameter: pointer.slice(1), detail }));
    return problem('invalid-request', { detail: `The query has ${errors.length} faults.`, errors });
  }
  const day = query.data.day ?? now.toISOString().slice(0, 10);
  const listed = await listRejected(config, day);
  return answerJson({ day, ...listed }, { ifNoneMatch: request.headers.get('if-none-match') });
}
