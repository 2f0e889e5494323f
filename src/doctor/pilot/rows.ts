import * as z from 'zod';
import type { PilotAnswer } from './record.ts';

/** Nobody and nothing has this id. */
export const NOBODY = '00000000-0000-4000-8000-000000000000';

/** So many of a kind are looked at, and no more. */
export const SAMPLE = 50;
/** Of places below a place, e.g. repositories: each is a question of its own. */
export const FEW = 10;
/** So many of a sample have to be people before a field counts as holding object ids. */
export const ESTABLISHED = 0.95;

const Rows = z.union([
  z.array(z.unknown()),
  z.object({ value: z.array(z.unknown()) }).transform(({ value }) => value),
  z.object({ workflow_runs: z.array(z.unknown()) }).transform(({ workflow_runs }) => workflow_runs),
  z.object({ decoratedAuditLogEntries: z.array(z.unknown()) }).transform((body) => body.decoratedAuditLogEntries),
]);

/** The rows of a page, as the APIs write it; none where it has another shape. */
export function rowsOf(body: unknown): readonly unknown[] {
  return Rows.safeParse(body).data ?? [];
}

/** The rows of a page that have a shape; the others are left out. */
export function rowsWith<T>(body: unknown, shape: z.ZodType<T>): readonly T[] {
  return rowsOf(body).flatMap((row) => {
    const read = shape.safeParse(row);
    return read.success ? [read.data] : [];
  });
}

/** Which of these fields a row has, and of which type: its own names are not told, because anything may stand there. */
export function fieldsAmong(row: unknown, known: readonly string[]): NonNullable<PilotAnswer['fields']> {
  const fields = z.record(z.string(), z.unknown()).safeParse(row).data ?? {};
  return Object.fromEntries(known.flatMap((name) => (name in fields ? [[name, typeOf(fields[name])] as const] : [])));
}

function typeOf(value: unknown): NonNullable<PilotAnswer['fields']>[string] {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'text';
    default:
      return 'object';
  }
}
