import * as z from 'zod';
import { GapSchema } from '../posture/reading.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { instant, text } from '../shapes/primitives.ts';
import { ExposurePathSchema } from './path.ts';
import { PublishedSchema } from './published.ts';

/** Where the container `inventory` keeps everybody's paths: one document, which each run overwrites. */
export const KEPT = 'exposure/latest.json';

/** `exact`: everything was read. `at-least`: there may be more, and `notRead` says where. */
export const EXPOSURE_STATES = ['exact', 'at-least'] as const;
export type ExposureState = (typeof EXPOSURE_STATES)[number];

/** What is kept of a run: object ids, and no name of a person. */
export const KeptExposureSchema = z.strictObject({
  schemaVersion: z.literal('1.0'),
  readAt: instant,
  notRead: z.array(GapSchema),
  /** By object id, in lower case: of everybody who was seen, also where they have nothing. Only where people see their own. */
  people: z.exactOptional(z.record(text, z.array(ExposurePathSchema))),
  /** Whose GitHub account is known, by object id: of others nothing that stands there counts. */
  linked: z.array(text),
  /** Only where figures of the firm are made. */
  published: z.exactOptional(PublishedSchema),
});
export type KeptExposure = Immutable<z.output<typeof KeptExposureSchema>>;

interface Files {
  readonly getText: (container: 'inventory', name: string) => Promise<string | undefined>;
}

/** What was read last; undefined where nothing was yet. */
export async function keptExposure({ getText }: Files): Promise<KeptExposure | undefined> {
  const kept = await getText('inventory', KEPT);
  return kept === undefined ? undefined : KeptExposureSchema.parse(JSON.parse(kept));
}
