import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { instant, text } from '../shapes/primitives.ts';
import { SYSTEMS } from '../shapes/systems.ts';
import { FindingIdSchema } from './ids.ts';
import { SeenSchema } from './remedies/read-back.ts';
import { RemedySchema } from './remedies/remedy.ts';

export const FINDING_STATUSES = [
  'planned',
  'awaiting-decision',
  'rejected',
  'accepted',
  'done',
  'nothing-to-do',
  'needs-code-change',
  'manual-action',
  'could-not-check',
  'failed',
] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** From most to least severe. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Access that ends by itself at a known time. */
const ResidualSchema = z.strictObject({
  /** The access is over then. */
  until: instant,
  why: text,
});

/** `proved`: it is one of these; otherwise it may be one of them. */
const RestsOnSchema = z.strictObject({ credentials: z.array(FindingIdSchema), proved: z.boolean() });

/** What a finding is about, precise enough to find it in the vendor's own portal. */
const ResourceRefSchema = z.strictObject({
  system: z.enum(SYSTEMS),
  /** The vendor's word: `oauth2PermissionGrant`, `federatedIdentityCredential`, `runner`, … */
  type: text,
  id: text,
  name: z.exactOptional(text),
  url: z.exactOptional(text),
});
export type ResourceRef = Immutable<z.output<typeof ResourceRefSchema>>;

/** Redacted facts behind a finding. Never a token: its type, sha256 and last four at the most. */
const EvidenceSchema = z.record(text, z.union([text, z.number(), z.boolean(), z.null(), z.array(text)]));
export type Evidence = Immutable<z.output<typeof EvidenceSchema>>;

/** One thing that still gives, or may give, access. */
export const FindingSchema = z.strictObject({
  id: FindingIdSchema,
  /** Name of the step that found it. */
  step: z.string(),
  /** Kebab-case kind, e.g. `references-leaver`, `token-in-variable`, `after-departure`. */
  kind: text,
  /** One sentence an operator understands without the rest. */
  title: text,
  resource: ResourceRefSchema,
  severity: z.enum(SEVERITIES),
  status: z.enum(FINDING_STATUSES),
  /** Why it is a finding, and for `manual-action`/`needs-code-change` what to do, in a sentence or two. */
  reason: text,
  evidence: EvidenceSchema,
  /** It tells of something that acted as the leaver after the departure, whatever became of it since. */
  incident: z.exactOptional(z.literal(true)),
  remedy: z.exactOptional(RemedySchema),
  residual: z.exactOptional(ResidualSchema),
  /**
   * The finding that has to be closed for this one to be: access for which nothing can be taken from one person ends
   * only where the gateway refuses that person.
   */
  closedWith: z.exactOptional(FindingIdSchema),
  /** For a credential that stands somewhere: the findings of what the issuer lists, all of whose ends end it. */
  restsOn: z.exactOptional(RestsOnSchema),
});
export type Finding = Immutable<z.output<typeof FindingSchema>>;

/** That somebody accepts a finding for a while. */
const AcceptedSchema = z.strictObject({ exception: text, by: text, at: instant, until: instant, reason: text });

/** A finding as it stands after the remedies and the read-back. */
export const ReportFindingSchema = FindingSchema.extend({
  /** Present where the target of its remedy was read again. */
  readBack: z.exactOptional(SeenSchema),
  /** Of status `accepted`: whose word that is, and until when. */
  accepted: z.exactOptional(AcceptedSchema),
});
export type ReportFinding = Immutable<z.output<typeof ReportFindingSchema>>;

/** Whether nothing is left to do about it, as far as its own status tells. */
export function isClosed({ status }: Pick<Finding, 'status'>): boolean {
  return status === 'done' || status === 'nothing-to-do';
}
