import * as z from 'zod';
import { redactedStart, redactSecrets } from '../credentials/redact-secrets.ts';

/** Longest text that is kept of a field; the table itself cuts at 64 KB without saying so. */
const MAX_CHARACTERS = 8_192;

const text = z.string().transform((value) => keptText(value, MAX_CHARACTERS));

/**
 * One tool call, as the gateway's policy reports it: exactly these eleven fields count, whatever else comes with them.
 * Only what a query relies on is checked. A call is evidence, so an odd one is kept rather than refused: nobody may
 * escape the audit by calling a tool with a strange name or a very long path.
 */
export const ToolCall = z.object({
  timestamp: z.iso.datetime({ offset: true }).transform(inUtc),
  /** Empty where the gateway refused the call before it knew who called. */
  caller_oid: z.union([z.guid().transform((oid) => oid.toLowerCase()), z.literal('')], 'not an object id'),
  caller_upn: text,
  mcp_server: text,
  tool_name: text,
  /** Read, write, admin or secrets. A gateway of an earlier version does not say, and its events count all the same. */
  tool_class: text.default(''),
  scope_used: text,
  resource_accessed: text,
  latency_ms: z.number().nonnegative(),
  response_status: z.number().int().min(0).max(999),
  apim_request_id: z
    .string()
    .min(1)
    .max(200)
    .transform((id) => keptText(id, MAX_CHARACTERS)),
});
export type ToolCall = Readonly<z.output<typeof ToolCall>>;

export type ToolCallField = keyof ToolCall;
export const TOOL_CALL_FIELDS = Object.keys(ToolCall.shape) as readonly ToolCallField[];

export type ToolCallReading =
  | { readonly kind: 'tool-call'; readonly call: ToolCall }
  /** `parsed` is the JSON object, where it is one; it may hold anything. */
  | {
      readonly kind: 'rejected';
      readonly reason: string;
      readonly parsed?: Readonly<Record<string, unknown>>;
    };

/** API Management cuts what it logs at 200 KB, in the middle of the JSON, and says so nowhere. */
const CUT_BYTES = 190_000;

/** Reads the bytes of one event. The reason names fields and what is wrong, never what stood there. */
export function readToolCall(body: Uint8Array): ToolCallReading {
  const json = jsonOf(body);
  if (json === undefined) {
    const cut = body.length >= CUT_BYTES ? '; API Management cuts events at 200 KB' : '';
    return { kind: 'rejected', reason: `not JSON in UTF-8${cut}` };
  }
  if (!isRecord(json.value)) return { kind: 'rejected', reason: 'not a JSON object' };
  const read = ToolCall.safeParse(json.value);
  if (read.success) return { kind: 'tool-call', call: read.data };
  const faults = read.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`);
  return { kind: 'rejected', reason: faults.join('; '), parsed: json.value };
}

/** The text without anything that looks like a credential, and cut where it is too long. */
export function keptText(value: string, most: number): string {
  const kept =
    value.length <= most ? redactSecrets(value) : `${redactedStart(value, most)}… [cut, ${value.length} characters]`;
  // A cut may go through a surrogate pair, and half of one is not text to every JSON parser.
  return kept.toWellFormed();
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function jsonOf(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(UTF8.decode(body)) as unknown };
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same instant in UTC, with all its digits: .NET writes seven, of which a Date would keep three. */
function inUtc(time: string): string {
  // Offsets are whole minutes, so that the fraction of the second is the same in UTC.
  const [fraction = ''] = /\.\d+/.exec(time) ?? [];
  return new Date(time).toISOString().replace(/\.\d{3}Z/, `${fraction}Z`);
}
