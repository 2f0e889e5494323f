import { failed, NO_TIME_NAMED, ok, retryAfterMs, type VendorResult } from './result.ts';

export interface Posting {
  /** As a failure calls it: `Teams webhook`. Its address may be a credential and stands in no message. */
  readonly to: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutSeconds: number;
}

/** Posts a message to a webhook. What was accepted is `sent`, whatever is said to it. */
export async function postMessage(posting: Posting): Promise<VendorResult<'sent'>> {
  const { to, url, headers, body, timeoutSeconds } = posting;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutSeconds * 1_000),
    });
    await response.body?.cancel();
    return resultOf(to, response);
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    const why = timedOut ? `gave no answer within ${timeoutSeconds} s` : 'could not be reached';
    return failed({ kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message: `The ${to} ${why}.` });
  }
}

function resultOf(to: string, { ok: accepted, status, headers }: Response): VendorResult<'sent'> {
  const message = `The ${to} answered with ${status}.`;
  if (accepted) return ok('sent', headers.get('x-ms-workflow-run-id') ?? undefined);
  if (status === 401 || status === 403) return failed({ kind: 'denied', status, message });
  if (status === 404 || status === 410) return failed({ kind: 'not-found', status, message });
  const wait = retryAfterMs(headers.get('retry-after'), Date.now()) ?? NO_TIME_NAMED;
  if (status === 429) return failed({ kind: 'throttled', status, tryAgainAfterMs: wait, message });
  if (status >= 500) return failed({ kind: 'unavailable', status, tryAgainAfterMs: wait, message });
  return failed({ kind: 'refused', status, message });
}
