import * as z from 'zod';
import { redactedStart } from '../../../credentials/redact-secrets.ts';

const Body = z.object({ message: z.string() });

/** GitHub's message, read for what kind of refusal it is; undefined where the body is another's, a proxy's for example. */
export function wordsOf(data: unknown): string | undefined {
  return Body.safeParse(data).data?.message;
}

const LONGEST = 200;

/** What GitHub said, for people: on one line, short, and without anything that looks like a credential. */
export function quoted(words: string): string {
  const line = redactedStart(words, LONGEST).replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ');
  return `“${line.trim()}${words.length > LONGEST ? ' …' : ''}”`;
}
