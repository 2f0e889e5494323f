import * as z from 'zod';
import type { CaseRow } from '../../../src/cases/case.ts';
import { coverageOf } from '../../../src/cases/coverage/coverage-of.ts';
import { staleFor } from '../../../src/cases/denied/person-returned.ts';
import { type CaseId, CaseIdSchema } from '../../../src/cases/ids.ts';
import { StepPartRefSchema } from '../../../src/cases/step-result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import type { Shaped } from '../../../src/durable/shapes.ts';
import { LeaverSchema } from '../../../src/people/leaver.ts';
import { count, instant, text } from '../../../src/shapes/primitives.ts';
import { personReturnedFinding } from '../../../src/steps/containment/rules/person-returned-finding.ts';
import { hasEnded } from '../may-act.ts';
import { fileStepResult } from '../report/file-step-result.ts';
import { tryAgainAfter } from '../try-again-after.ts';
import { releaseContainment } from '../undo/release-containment.ts';
import { stillLeaves } from './still-leaves.ts';

/** `returned`: no leaver any more. `unreadable`: nobody knows, although it was known when the case was opened. */
const VERDICTS = ['leaving', 'returned', 'unreadable'] as const;

const ReadAgainSchema = z.strictObject({
  verdict: z.enum(VERDICTS),
  /** For `leaving`: the instant at which the directory was asked, by the activity's clock. */
  readAt: z.exactOptional(instant),
  /** For anything but `leaving`: why the case must not act, in a sentence. */
  why: z.exactOptional(text),
  /** For anything but `leaving`: what was filed about it. */
  part: z.exactOptional(StepPartRefSchema),
  tryAgainAfterMs: z.exactOptional(z.number()),
});
export type ReadAgain = Shaped<typeof ReadAgainSchema>;

/**
 * Whether the person still leaves, asked of the directory right before something is cut: an account that was deleted by
 * mistake may be back within seconds. Who came back is let in again, and what was told to act for the case may not any
 * more, however late it is delivered.
 */
export const readPersonAgain = defineActivity(
  'readPersonAgain',
  {
    input: z.strictObject({
      caseId: CaseIdSchema,
      /** The person as the case began with them. */
      opened: LeaverSchema,
      /** The row's generation when the case began. */
      generation: z.exactOptional(count),
    }),
    output: ReadAgainSchema,
  },
  async ({ caseId, opened, generation = 0 }, { vendors, settings, log, now }): Promise<ReadAgain> => {
    const stored = await vendors.storage.getCase(caseId);
    // Delivered after the end: another case may keep this person out by now.
    if (stored !== undefined && hasEnded(stored.row)) return { verdict: 'unreadable', why: 'The case had ended.' };
    const readAt = now().toISOString();
    const read = await stillLeaves(vendors, opened.oid, opened, stored?.row, now);
    if (read.kind === 'leaving') return { verdict: 'leaving', readAt };
    if (read.kind === 'unread') {
      const { failure } = read;
      const why = `Whether the person still leaves could not be read again: ${failure.message}`;
      const again = tryAgainAfter([failure]);
      const coverage = [coverageOf('entra/users', { count: 0, unit: 'accounts' }, [failure])];
      const part = { step: 'consent', findings: [], actions: [], coverage } as const;
      const unread = await fileStepResult(vendors, caseId, part, again);
      return { verdict: 'unreadable', why, part: unread, ...(again === undefined ? {} : { tryAgainAfterMs: again }) };
    }
    const { why, person, before } = read;
    const wait = staleFor(before.deletedAt, settings.REPLICATION_SECONDS, now());
    if (wait > 0) return { verdict: 'unreadable', why: `${why} That may be an old answer.`, tryAgainAfterMs: wait };
    // First of all, so that a containment that comes late does not deny them again.
    const row = stored && (await stopActing(vendors, caseId, generation));
    const released = await releaseContainment(vendors, { oid: opened.oid, row, person }, now());
    log.warn('the person came back, and the case stops', { caseId, released: released.kind });
    const finding = personReturnedFinding(opened, why, released.kind === 'by-hand' ? released.why : undefined);
    const part = await fileStepResult(vendors, caseId, {
      step: 'containment',
      findings: [finding],
      actions: [],
      coverage: [],
    });
    return { verdict: 'returned', why, part };
  },
);

/** @returns the row as it is then, with what was merged into it meanwhile */
async function stopActing(vendors: Pick<Vendors, 'storage'>, caseId: CaseId, generation: number): Promise<CaseRow> {
  const { row } = await vendors.storage.updateCase(caseId, (current) =>
    (current.generation ?? 0) === generation ? { ...current, generation: generation + 1 } : undefined,
  );
  return row;
}
