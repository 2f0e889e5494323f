import * as z from 'zod';
import { CaseIdSchema, RemedyIdSchema } from '../../../src/cases/ids.ts';
import { RestoreRefSchema } from '../../../src/cases/remedies/restore.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { readRestores } from '../../../src/intake/deciding/read-undone.ts';
import { OidSchema } from '../../../src/people/oid.ts';
import { count, text } from '../../../src/shapes/primitives.ts';

/** What of it the orchestration needs: no targets, no names. */
const StepSchema = z.strictObject({ n: count, remedyId: RemedyIdSchema, serialKey: z.exactOptional(text) });

/**
 * What somebody wants back of a case. Where that is the whole case, the person is let in first, if nobody was faster: only
 * where this case denied them.
 */
export const beginRestores = defineActivity(
  'beginRestores',
  {
    input: z.strictObject({ caseId: CaseIdSchema, oid: OidSchema, restores: z.array(RestoreRefSchema) }),
    output: z.strictObject({ steps: z.array(StepSchema) }),
  },
  async ({ caseId, oid, restores: refs }, { vendors, log, now }) => {
    const restores = await readRestores(vendors, refs);
    const whole = restores.findLast((each) => each.whole === true);
    if (whole !== undefined) {
      const { by, reason: why } = whole;
      const released = await vendors.denied.release({ oid, caseId, at: now().toISOString(), by, why });
      log.info('the leaver of an undone case is let in', { caseId, oid, changed: released.changed });
    }
    return {
      steps: restores.flatMap(({ n, wanted }) =>
        wanted.map(({ remedyId, serialKey }) => ({ n, remedyId, ...(serialKey === undefined ? {} : { serialKey }) })),
      ),
    };
  },
);
