import * as z from 'zod';

/** A setting that holds a list as JSON; unset is an empty one. */
export function jsonList<T>(item: z.ZodType<T>) {
  return z
    .string()
    .default('[]')
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('is not JSON');
        return z.NEVER;
      }
    })
    .pipe(z.array(item));
}
