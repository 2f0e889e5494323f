import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, instant, sha256, text } from '../../shapes/primitives.ts';
import { ExpectedStateSchema } from '../decisions/expected-state.ts';
import { FindingIdSchema, RemedyIdSchema } from '../ids.ts';

/**
 * What would be called, by kind. Plain data: a plan is hashed over it. Each remedy declares its own fields
 * (`defineRemedy`); `expected` is the state of the target on which it was planned.
 */
export const CallSchema = z.looseObject({ kind: z.string(), expected: ExpectedStateSchema });
export type RemedyCall = Immutable<z.output<typeof CallSchema>>;

/** `safe` proceeds by itself; `disruptive` waits for a person: it may stop production, or is one of several ways. */
export const RISKS = ['safe', 'disruptive'] as const;
export type Risk = (typeof RISKS)[number];

/** Something that stops when a remedy is carried out. */
const ImpactSchema = z.strictObject({
  /** What it is, by the vendor's own name. */
  what: text,
  link: z.exactOptional(text),
  /** The finding that tells of it, where there is one. */
  finding: z.exactOptional(FindingIdSchema),
  /** Set where it may go on: by another way, or because nobody can tell what it uses. */
  perhaps: z.exactOptional(z.literal(true)),
});
export type Impact = Immutable<z.output<typeof ImpactSchema>>;

/** What would close a finding. */
export const RemedySchema = z.strictObject({
  id: RemedyIdSchema,
  risk: z.enum(RISKS),
  /** One sentence: what is done. */
  what: text,
  /** One sentence: what undoes it. */
  undo: text,
  /** Remedies of one key run one after the other (a managed identity refuses concurrent writes with 409). */
  serialKey: z.exactOptional(text),
  /** What would stop, as far as the case has read; absent where nothing is known to. */
  impact: z.exactOptional(z.array(ImpactSchema)),
  call: CallSchema,
});
export type Remedy = Immutable<z.output<typeof RemedySchema>>;

/** A document in blob storage. `sha256` is hex over the stored bytes. */
export const BlobRefSchema = z.strictObject({
  container: z.enum(['work', 'evidence', 'inventory']),
  name: text,
  sha256,
  bytes: count,
});
export type BlobRef = Immutable<z.output<typeof BlobRefSchema>>;

/**
 * `done`: the vendor confirmed. `queued`: accepted, not yet effective. `nothing-to-do`: it was gone already.
 * `changed`: it was no longer what the remedy was planned on, so that nothing was done.
 */
export const ACTION_RESULTS = ['done', 'queued', 'nothing-to-do', 'changed', 'failed'] as const;
type ActionResult = (typeof ACTION_RESULTS)[number];

/** Whether the target was cut, now or before: only then is there something to read back. */
export function wasCut({ result }: { readonly result: ActionResult }): boolean {
  return result !== 'changed' && result !== 'failed';
}

/** A remedy that was carried out. */
export const ActionSchema = z.strictObject({
  /** The remedy; or the name of the step that did it by itself, without a plan (`isRemedyId` tells). */
  remedyId: z.string(),
  result: z.enum(ACTION_RESULTS),
  what: text,
  at: instant,
  requestId: z.exactOptional(text),
  /** Blob that holds the object as it was before. */
  beforeImage: z.exactOptional(BlobRefSchema),
  /** For `failed`: what the vendor said, redacted, and what to do. For `changed`: what differs. */
  error: z.exactOptional(text),
});
export type Action = Immutable<z.output<typeof ActionSchema>>;
