import { createHash } from 'node:crypto';

/** What a policy definition decides by; names, descriptions and stamps of who wrote it are none of it. */
export interface PolicyRule {
  readonly mode?: string | null | undefined;
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | null | undefined;
  readonly policyRule?: unknown;
}

/**
 * SHA-256 of a policy’s rule with its parameters, whoever wrote it and in whatever order Azure gives its keys back. The
 * words around parameters (`metadata`) are left out, and what Azure compares without regard to case is lower-cased. That
 * Azure gives back the rest as it was written is not verified: what it changed would be another rule, and unknown.
 */
export function ruleHash({ mode, parameters, policyRule }: PolicyRule): string {
  const declared = Object.entries(parameters ?? {}).map(([name, { metadata: _, type, ...rest }]) => [
    name.toLowerCase(),
    { ...rest, type: String(type).toLowerCase() },
  ]);
  const rule = { mode: (mode ?? '').toLowerCase(), parameters: Object.fromEntries(declared), policyRule };
  return createHash('sha256').update(canonical(rule)).digest('hex');
}

/** JSON with its keys in order, so that equal things are equal texts. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const sorted = entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}
