import { redactSecrets } from '../credentials/redact-secrets.ts';
import { problem } from './problems/problem.ts';

/** Characters of a body. */
const MOST = 65_536;

/** The JSON that a request carries, or the answer to one that carries none. */
export async function readJson(
  request: Request,
  most = MOST,
): Promise<{ readonly value: unknown } | { readonly answer: Response }> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    const named = type === undefined ? 'nothing that is named' : redactSecrets(type);
    return { answer: problem('unsupported-media-type', { detail: `It came as ${named}.` }) };
  }
  const tooLarge = () => ({ answer: problem('too-large', { detail: `It may have ${most} characters.` }) });
  // No character takes more than four bytes: what is announced as longer is not read at all.
  if (Number(request.headers.get('content-length')) > 4 * most) return tooLarge();
  const text = await request.text();
  if (text.length > most) return tooLarge();
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    const detail =
      text === '' ? 'No body came; the platform drops one without a Content-Length.' : 'It does not parse as JSON.';
    return { answer: problem('not-json', { detail }) };
  }
}
