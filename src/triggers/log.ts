import type { InvocationContext } from '@azure/functions';
import { redactSecrets } from '../credentials/redact-secrets.ts';

/** One line of a trigger's log: what happened, and fields to search by. Never what came in. */
export function logLine(message: string, fields: Readonly<Record<string, unknown>>): string {
  return redactSecrets(`${message} ${JSON.stringify(fields)}`);
}

/** What the triggers use of an invocation, so that a test needs no host to call them. */
export type TriggerLog = Pick<InvocationContext, 'info' | 'warn' | 'error'>;
