import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { text } from '../../shapes/primitives.ts';

/**
 * Everything that can speak for or against an account being a person's: P proves, S is strong, W is weak, X contradicts,
 * Y makes a name worth less. What each code means stands in docs/people.md.
 */
// biome-ignore format: one family a line
export const EVIDENCE_CODES = [
  'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7',
  'S1', 'S2', 'S3', 'S4', 'S5', 'S6',
  'W1', 'W2', 'W3', 'W4', 'W5',
  'X1', 'X2', 'X3', 'X4', 'X5',
  'Y1', 'Y2', 'Y3', 'Y4',
] as const;
export type EvidenceCode = (typeof EVIDENCE_CODES)[number];

/** One fact about an account and a person. */
export const AccountEvidenceSchema = z.strictObject({
  code: z.enum(EVIDENCE_CODES),
  /** Where it was read: `github/saml-identity:case-study-org`, `identity/memory`. */
  source: text,
  /** The fact in one sentence. */
  what: text,
});
export type AccountEvidence = Immutable<z.output<typeof AccountEvidenceSchema>>;

/**
 * How far it can be trusted that an account is a person's, from best to worst. Only `proved` lets anything happen that
 * cannot be undone; `contradicted` lets nothing happen on the account.
 */
export const CONFIDENCES = ['proved', 'likely', 'weak', 'contradicted'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/**
 * What the evidence comes to; its order does not matter. A contradiction stands beside a proof: then there are two
 * truths, and people decide. Undefined where nothing points to the person at all: Y says only what a name is worth.
 */
export function confidenceOf(evidence: readonly Pick<AccountEvidence, 'code'>[]): Confidence | undefined {
  const codes = new Set(evidence.map(({ code }) => code));
  const has = (family: string): boolean => [...codes].some((code) => code.startsWith(family));
  if (has('X')) return 'contradicted';
  if (has('P')) return 'proved';
  const strong = [...codes].filter((code) => code.startsWith('S') && !(has('Y') && isName(code)));
  if (strong.length > 0) return 'likely';
  return has('S') || has('W') ? 'weak' : undefined;
}

/** Evidence that rests on a name: people change names, and others are given them. */
function isName(code: EvidenceCode): boolean {
  return code === 'S1' || code === 'S2';
}

/** Whether something more than a likeness points to the person: a name, an id, an answer, a memory. */
export function isMoreThanLikeness(evidence: readonly Pick<AccountEvidence, 'code'>[]): boolean {
  return evidence.some(({ code }) => /^[PS]/.test(code) || code === 'W1');
}

/** Whether anything points to the person at all, if only a likeness. */
export function pointsToPerson(evidence: readonly Pick<AccountEvidence, 'code'>[]): boolean {
  return evidence.some(({ code }) => /^[PSW]/.test(code));
}

/** Whether a proof or a contradiction decides, so that nobody has to be asked what a name is worth. */
export function isDecided(evidence: readonly Pick<AccountEvidence, 'code'>[]): boolean {
  return evidence.some(({ code }) => /^[PX]/.test(code));
}
