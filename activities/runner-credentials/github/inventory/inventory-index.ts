import * as z from 'zod';
import { BlobRefSchema } from '../../../../src/cases/remedies/remedy.ts';
import type { Storage } from '../../../../src/connectors/storage/index.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import { count, instant, text } from '../../../../src/shapes/primitives.ts';
import { CREDENTIAL_KINDS } from '../../../../src/sweep/find-orphans.ts';
import { CoverageLineSchema } from '../../../../src/sweep/sweep-report.ts';
import { RepositoryFactsSchema } from '../facts/repository-source.ts';
import { LogMarkSchema } from './touched.ts';

/** A batch of the inventory, by the ids of its repositories: a later pass finds by them what it knows of one. */
const BatchSchema = z.strictObject({ ref: BlobRefSchema, first: count, last: count });

/** What one pass over an organisation filed; the newest is found under `<organisation>/latest.json`. */
export const InventoryIndexSchema = z.strictObject({
  organisation: text,
  /** When the pass began: what happened later it may lack. */
  at: instant,
  /** When every list was asked last, whatever the audit log said. */
  wholeAt: instant,
  /** The newest entry of the audit log then; absent where it held none, or where there is none. */
  mark: z.exactOptional(LogMarkSchema),
  batches: z.array(BatchSchema),
});
export type InventoryIndex = Immutable<z.output<typeof InventoryIndexSchema>>;

/** What is known of some repositories. No text, no value and no secret is in it. */
export const InventoryBatchSchema = z.strictObject({
  organisation: text,
  at: instant,
  facts: z.array(RepositoryFactsSchema),
  /** Repositories in whose names a secret stood and was cut out: what is kept of them names nothing any more. */
  cut: z.array(text),
  /** Credentials that name an owner by an id that proves them. */
  owned: z.array(
    z.strictObject({
      kind: z.enum(CREDENTIAL_KINDS),
      source: text,
      id: text,
      owner: z.union([z.strictObject({ oid: text }), z.strictObject({ accountId: z.number() })]),
    }),
  ),
  coverage: z.array(CoverageLineSchema),
});
export type InventoryBatch = Immutable<z.output<typeof InventoryBatchSchema>>;

/** Names under which the same container keeps the latest of something else. */
const TAKEN = ['exposure', 'posture'];

/** Where the newest index of an organisation stands. No organisation’s name has a low line. */
export function latestName(organisation: string): string {
  const name = organisation.toLowerCase();
  return TAKEN.includes(name) ? `_${name}/latest.json` : `${name}/latest.json`;
}

/**
 * What the last pass filed; undefined where there was none, where it cannot be read, or where another version wrote it in
 * a shape of its own: then all is read anew, and the next pass files another.
 */
export async function latestIndex(
  storage: Pick<Storage, 'getText'>,
  organisation: string,
): Promise<InventoryIndex | undefined> {
  const filed = await storage.getText('inventory', latestName(organisation));
  if (filed === undefined) return undefined;
  const index = InventoryIndexSchema.safeParse(parsedJson(filed)).data;
  return index?.organisation.toLowerCase() === organisation.toLowerCase() ? index : undefined;
}

/** So far apart may the clocks of two hosts be. */
const CLOCK_SKEW_MS = 300_000;

/** Whether a pass is dated in the future: of what happened after it the log could name nothing. */
export function isAhead({ at }: Pick<InventoryIndex, 'at'>, now: Date): boolean {
  return Date.parse(at) - now.getTime() > CLOCK_SKEW_MS;
}

function parsedJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
