import type { InvocationContext } from '@azure/functions';
import { redactSecrets } from './credentials/redact-secrets.ts';
import { ERRORS, isErrorCode } from './errors.ts';

/** Structured, redacted logging: what happened, and fields to search by. Never a payload, never what came in. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** The log of one invocation. */
export function logOf(context: Pick<InvocationContext, 'info' | 'warn' | 'error'>): Log {
  const line = (message: string, fields?: Readonly<Record<string, unknown>>): string =>
    redactSecrets(fields === undefined ? message : `${message} ${JSON.stringify(fields)}`);
  return {
    info: (message, fields) => context.info(line(message, fields)),
    warn: (message, fields) => context.warn(line(message, fields)),
    error: (message, fields) => context.error(line(message, withTodo(fields))),
  };
}

/** Whoever reads an error with a code is told at the same place what to do, as docs/errors.md has it. */
function withTodo(fields?: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const code = fields?.code;
  return typeof code === 'string' && isErrorCode(code) ? { ...fields, todo: ERRORS[code].todo } : fields;
}
