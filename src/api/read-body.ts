import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type * as z from 'zod';
import { counted } from '../cases/wording.ts';
import { faultsOf } from './faults.ts';
import { problem } from './problem.ts';

const MAX_BODY_LENGTH = 65_536;

export type Body<T> = { readonly value: T } | { readonly answer: HttpResponseInit };

/** The JSON body in the shape it must have, or the answer that names everything that is wrong with it. */
export async function readBody<T>(request: HttpRequest, shape: z.ZodType<T>): Promise<Body<T>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return { answer: problem('unsupported-media-type', { detail: `It came as ${type ?? 'nothing that is named'}.` }) };
  }
  const text = await request.text();
  if (text.length > MAX_BODY_LENGTH) {
    return { answer: problem('too-large', { detail: `It may have ${MAX_BODY_LENGTH} characters.` }) };
  }
  const json = parse(text);
  if (json === undefined) {
    const detail =
      text === '' ? 'No body came; the platform drops one without a Content-Length.' : 'It does not parse as JSON.';
    return { answer: problem('not-json', { detail }) };
  }
  const parsed = shape.safeParse(json.value);
  if (parsed.success) return { value: parsed.data };
  const errors = faultsOf(parsed.error);
  return { answer: problem('invalid-request', { detail: `The body has ${counted(errors.length, 'fault')}.`, errors }) };
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
