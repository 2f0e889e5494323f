import * as z from 'zod';
import { FindingSchema } from '../cases/finding.ts';
import { OidSchema } from '../people/oid.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { text } from '../shapes/primitives.ts';
import { PATH_KINDS } from './path.ts';

/** One place in which one person’s credential was seen. */
export const HoldingSchema = z.strictObject({
  owner: OidSchema,
  kind: z.enum(PATH_KINDS),
  /** What the credential is known by: whatever shares a mark is the same credential, seen twice. */
  marks: z.array(text).min(1),
  title: text,
  where: text,
  survives: z.boolean(),
  why: text,
  todo: text,
  link: z.exactOptional(text),
  command: z.exactOptional(text),
  /** What a case about this person would find of it: how it would be ended follows from these. */
  findings: z.array(FindingSchema),
});
export type Holding = Immutable<z.output<typeof HoldingSchema>>;
