import * as z from 'zod';

/** An instant with its zone; everything that this app computes is in UTC. */
export const instant = z.iso.datetime({ offset: true });
/** A calendar day of the business time zone: `2026-11-02`. */
export const day = z.iso.date();
export const count = z.int().min(0);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const text = z.string();

/** A string whose type carries a brand; the brand exists for the compiler only. */
export function branded<T extends string>(schema: z.ZodString): z.ZodType<T, string> {
  return schema as unknown as z.ZodType<T, string>;
}
