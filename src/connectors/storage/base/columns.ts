import * as z from 'zod';
import { OffboardingError } from '../../../errors.ts';
import type { TableName } from './tables.ts';

/*
 * Rows outlive releases, and after a way back an older one reads what a newer one wrote. What it does not know of a row
 * it leaves as it stands; what it cannot read it does not touch, and says so.
 */

/** Columns by their names. */
export type Columns = Readonly<Record<string, unknown>>;

/** Keys, ETag, time and metadata of an entity are storage's own. */
const OF_STORAGE = /^(?:partitionKey|rowKey|etag|timestamp)$|odata\./;

/** The columns of an entity that this release does not know: whoever writes the row again writes them as they stand. */
export function unknownColumns(entity: Columns, known: readonly string[]): Columns {
  return Object.fromEntries(Object.entries(entity).filter(([name]) => !known.includes(name) && !OF_STORAGE.test(name)));
}

/** A column that holds JSON. */
export function jsonOf<Shape extends z.ZodType>(shape: Shape) {
  return z
    .string()
    .transform((value, context): unknown => {
      try {
        return JSON.parse(value);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(shape);
}

/**
 * What an entity says. @throws OffboardingError `row-unreadable`, with the names of its columns and without what they
 * hold, for one that another release wrote, or somebody edited
 */
export function parseEntity<Shape extends z.ZodType>(
  table: TableName,
  schema: Shape,
  entity: { readonly partitionKey?: unknown; readonly rowKey?: unknown },
): z.output<Shape> {
  try {
    return schema.parse(entity);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const odd = [...new Set(error.issues.map(({ path }) => String(path[0] ?? 'the whole')))].join(', ');
    const row = `${String(entity.partitionKey)}/${String(entity.rowKey)}`;
    throw new OffboardingError('row-unreadable', `The row ${row} of the table ${table} cannot be read (${odd}).`);
  }
}

/** Rows of a list, and why others of it cannot be read, one sentence each. */
export interface Readable<Row> {
  readonly rows: readonly Row[];
  readonly unreadable: readonly string[];
}

/** Each entity that can be read. One that cannot be is told, and hides no other: for whoever looks, not for whoever decides. */
export async function readEach<Entity, Row>(
  entities: AsyncIterable<Entity>,
  read: (entity: Entity) => Row,
): Promise<Readable<Row>> {
  const rows: Row[] = [];
  const unreadable: string[] = [];
  for await (const entity of entities) {
    try {
      rows.push(read(entity));
    } catch (error) {
      const why = whyUnreadable(error);
      if (why === undefined) throw error;
      unreadable.push(why);
    }
  }
  return { rows, unreadable };
}

/** Why a row could not be read; undefined for every other failure. */
export function whyUnreadable(error: unknown): string | undefined {
  return error instanceof OffboardingError && error.code === 'row-unreadable' ? error.message : undefined;
}
