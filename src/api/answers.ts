import { createHash } from 'node:crypto';

/** For a filed page: it holds what vendors call their things, and none of it may become a script of ours. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'";

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
  const all = { 'cache-control': 'private, no-cache', ...headers, etag, 'x-content-type-options': 'nosniff' };
  if (status === 200 && isKnown(etag, ifNoneMatch)) return new Response(null, { status: 304, headers: all });
  return new Response(body, { status, headers: { ...all, 'content-type': type } });
}

/** Whether `If-None-Match` names it: also where something on the way made it a weak one, by compressing (RFC 9110, 13.1.2). */
export function isKnown(etag: string, ifNoneMatch: string | null): boolean {
  const known = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return known.includes(etag) || known.includes('*');
}

/** A digest of a text, or of a file, that fits into an ETag. */
export function digestOf(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
