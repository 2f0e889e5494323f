import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { Vendors } from '../connectors/vendors.ts';
import { redactSecrets } from '../credentials/redact-secrets.ts';
import type { Oid } from '../people/oid.ts';
import type { Right } from './caller.ts';
import { authoriseDecision } from './may-decide.ts';
import { readBody } from './read-body.ts';
import type { ApiSettings } from './verify-token.ts';

/** The body of a decision of which nothing but the reason has to be said. */
export const Decision = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** Who decides, why, and what else the body says; or the answer to whoever may not, or says nothing. */
export async function decisionIn<T extends z.output<typeof Decision>>(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
  right: Exclude<Right, 'read'>,
  shape: z.ZodType<T>,
): Promise<
  { readonly caller: Oid; readonly reason: string; readonly said: T } | { readonly answer: HttpResponseInit }
> {
  const authorised = await authoriseDecision(vendors, settings, request, right);
  if ('answer' in authorised) return authorised;
  const body = await readBody(request, shape);
  if ('answer' in body) return body;
  return { caller: authorised.caller.oid, reason: redactSecrets(body.value.reason), said: body.value };
}
