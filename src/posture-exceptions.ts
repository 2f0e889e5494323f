import * as z from 'zod';
import { jsonList } from './json-list.ts';
import type { PostureException } from './posture/exceptions.ts';

/** `[{"finding":"P-0123456789ab","reason":"…","by":"…","until":"2027-05-22"}]` */
export const PostureExceptions = jsonList<PostureException>(
  z.strictObject({
    finding: z.string().regex(/^P-[0-9a-f]{12}$/, 'not the id of a failure (P- and 12 hexadecimal digits)'),
    reason: z.string().trim().min(20, 'not a reason of at least 20 characters'),
    by: z.string().trim().min(1),
    until: z.iso.date('not a day such as 2027-05-22'),
    // Terraform writes null for what is not set.
    covers: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not a reason to fail such as tag-missing')
      .nullish()
      .transform((reason) => reason ?? undefined),
  }),
);
