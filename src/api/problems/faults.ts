import type * as z from 'zod';
import { redactSecrets } from '../../credentials/redact-secrets.ts';
import { pointerTo } from './json-pointer.ts';

/** Every fault of a document in one line, each with the JSON pointer to it. */
export function describeFaults(error: z.ZodError): string {
  return describeEach(error).join('; ');
}

/** The same, a line for each. */
export function describeEach(error: z.ZodError): string[] {
  return faultsOf(error).map(({ pointer, detail }) => `${pointer === '' ? 'the document' : pointer}: ${detail}`);
}

export interface Fault {
  /** RFC 6901; empty for the whole document. */
  readonly pointer: string;
  readonly detail: string;
}

/** Zod's issues one by one; members that are not known get a fault each. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerTo(issue.path), detail: inWords(issue) }];
    return issue.keys.map((key) => ({
      // The sender's own word, and it may be a credential in the wrong place: answers are logged on their way.
      pointer: redactSecrets(pointerTo([...issue.path, key])),
      detail: 'not a member of this document',
    }));
  });
}

/** How what has a format is written: whoever reads a fault of HR's message does not know zod's names of formats. */
const WRITTEN: Readonly<Record<string, string>> = {
  datetime: 'is no instant; one is written 2026-11-23T09:00:00Z',
  date: 'is no day; one is written 2026-11-23',
  time: 'is no time of day; one is written 17:30',
  guid: 'is no id of this kind; one is written 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35',
};

/** Zod calls what is missing an "undefined" that was received, which nobody sent. */
function inWords(issue: z.core.$ZodIssue): string {
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  if (isMissing) return `is missing; it has to be of type ${issue.expected}`;
  const isUnsaid = issue.code === 'invalid_format' && issue.message.startsWith('Invalid ');
  return (isUnsaid ? WRITTEN[issue.format] : undefined) ?? issue.message;
}
