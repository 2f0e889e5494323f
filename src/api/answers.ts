import { createHash } from 'node:crypto';

interface AnswerOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request's `If-None-Match`. */
  readonly ifNoneMatch: string | null;
  /** What changes when the answer does, without quotes; the digest of the body where the route knows nothing better. */
  readonly etag?: string | undefined;
}

/** A text with the ETag of what it shows; 304 to whoever has that already. */
export function answerText(body: string, type: string, options: AnswerOptions): Response {
  const { status = 200, headers = {}, ifNoneMatch } = options;
  const etag = `"${options.etag ?? digestOf(body)}"`;
  const all = { ...headers, etag, 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' };
  const known = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  if (status === 200 && (known.includes(etag) || known.includes('*')))
    return new Response(null, { status: 304, headers: all });
  return new Response(body, { status, headers: { ...all, 'content-type': type } });
}

/** A digest of a text that fits into an ETag. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
