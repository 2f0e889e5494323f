import * as z from 'zod';
import { count, instant } from '../../shapes/primitives.ts';

/** Whom the pilot asks. */
export const PILOT_VENDORS = ['entra', 'github', 'azure-devops', 'azure'] as const;

/** A word of ours: nothing that a vendor or a person wrote has this shape by chance and is put into a record. */
const word = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/);
/** The name of a field as an API documents it. */
const FieldName = z.string().regex(/^[@A-Za-z_][A-Za-z_.@$-]{0,59}$/);

/** Why a question was not answered: what kind of failure it was, with which status, and what permission we asked by. */
const CouldNotAsk = z.strictObject({
  kind: z.enum([
    'denied',
    'not-found',
    'throttled',
    'conflict',
    'refused',
    'incomplete',
    'unavailable',
    'late',
    'unexpected',
  ]),
  status: z.exactOptional(z.int().min(100).max(599)),
  permission: z.exactOptional(z.string().regex(/^[\w.=,/ -]{1,160}$/)),
});
export type CouldNotAsk = Readonly<z.output<typeof CouldNotAsk>>;

/** What came of one probe at one place. */
export const PilotAnswerSchema = z.strictObject({
  probe: word,
  /** `entra`, `azure`, `github-1`, `azure-devops-2`: by its place in the settings, because names are not filed. */
  place: z.string().regex(/^(entra|azure|(github|azure-devops)-[1-9]\d{0,3})$/),
  /** One of the probe's own words, or `could-not-ask`. */
  answer: word,
  counts: z.exactOptional(z.record(z.string().regex(/^[a-zA-Z]{1,40}$/), count)),
  /** Which fields rows had, and of which type, where the question is about that. */
  fields: z.exactOptional(z.record(FieldName, z.enum(['text', 'number', 'boolean', 'list', 'object', 'null']))),
  couldNotAsk: z.exactOptional(CouldNotAsk),
});
export type PilotAnswer = Readonly<z.output<typeof PilotAnswerSchema>>;

/**
 * What vendors answered, by fact. Nothing in it names anybody or anything of the firm: words of ours, counts, names of
 * fields and status codes.
 */
export const PilotRecordSchema = z
  .strictObject({
    format: z.literal('mcp-offboarding-pilot'),
    version: z.literal(1),
    pilotId: z.string().regex(/^pilot-\d{8}-\d{4}$/),
    at: instant,
    answers: z.array(PilotAnswerSchema),
  })
  .meta({ id: 'PilotRecord' });
export type PilotRecord = Readonly<z.output<typeof PilotRecordSchema>>;

/** Where the record of a run is filed, in the evidence container. */
export function recordName(pilotId: string): string {
  return `${PILOTS}/${pilotId}.json`;
}

export const PILOTS = 'pilot';

/** A run's name, by the minute in which it was asked for: who asks twice at once gets one run. */
export function pilotIdOf(at: Date): string {
  const [day = '', time = ''] = at.toISOString().split('T');
  return `pilot-${day.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}`;
}
