import * as z from 'zod';
import { type CaseId, CaseIdSchema, RemedyIdSchema } from '../../../src/cases/ids.ts';
import { type BlobRef, BlobRefSchema } from '../../../src/cases/remedies/remedy.ts';
import {
  RestoreRefSchema,
  type Undone,
  UndoneSchema,
  undoneFolder,
  undoneName,
  type Wanted,
} from '../../../src/cases/remedies/restore.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import type { Shaped } from '../../../src/durable/shapes.ts';
import { OffboardingError } from '../../../src/errors.ts';
import { readRestores } from '../../../src/intake/deciding/read-undone.ts';
import { whyNewer } from '../../../src/intake/starting/newer-case.ts';
import { count } from '../../../src/shapes/primitives.ts';
import { remedyDefinition } from '../../../src/steps/registry.ts';
import { type GivenBack, restoreTarget } from '../../../src/steps/restoring/restore-target.ts';
import type { Image, RestoringByApp } from '../../../src/steps/restoring/restoring.ts';
import { whyNotToCut } from '../may-act.ts';
import { tryAgainAfter } from '../try-again-after.ts';

const RestoredRemedySchema = z.strictObject({
  ...UndoneSchema.pick({ remedyId: true, result: true }).shape,
  /** What came of it, as it was filed. */
  undone: BlobRefSchema,
  tryAgainAfterMs: z.exactOptional(z.number()),
});
export type RestoredRemedy = Shaped<typeof RestoredRemedySchema>;

/**
 * Gives back one thing that the case had cut. Whatever a crash interrupts, the next run goes on from there: what was
 * recorded stands, and what stands in its place again is not given twice.
 */
export const restoreRemedy = defineActivity(
  'restoreRemedy',
  {
    input: z.strictObject({
      caseId: CaseIdSchema,
      restore: RestoreRefSchema,
      remedyId: RemedyIdSchema,
      /** The row's generation when the attempt began. */
      generation: z.exactOptional(count),
    }),
    output: RestoredRemedySchema,
  },
  async ({ caseId, restore: ref, remedyId, ...begun }, { vendors, log, now }) => {
    const { storage } = vendors;
    const name = undoneName(caseId, ref.n, remedyId);
    const recorded = await storage.getText('evidence', name);
    if (recorded !== undefined) return told(await storage.putOnce('evidence', name, recorded), recorded);
    const [restore] = await readRestores(vendors, [ref]);
    const wanted = restore?.wanted.find((each) => each.remedyId === remedyId);
    if (wanted === undefined) throw new OffboardingError('unexpected', `${remedyId} is not what somebody wanted back.`);
    const at = now().toISOString();
    const about = { findingId: wanted.findingId, remedyId, what: wanted.what, undo: wanted.undo, at };
    const file = async (undone: Undone): Promise<RestoredRemedy> => {
      const { ref, text } = await storage.putFirst('evidence', name, JSON.stringify(undone, undefined, 2));
      return told(ref, text);
    };
    const fail = (why: string, again?: number): Promise<RestoredRemedy> =>
      fileFailure(vendors, caseId, ref.n, { ...about, result: 'failed', why, ...shown }, again);
    const before = await imageOf(vendors, wanted);
    const shown = before === undefined ? {} : { before: JSON.stringify(before).slice(0, MOST_SHOWN) };
    const { restore: how } = remedyDefinition(wanted.call);
    if (how.by !== 'app') return file({ ...about, result: how.by === 'hand' ? 'by-hand' : 'nothing', ...shown });
    // Delivered late: the report that was to tell of it is filed by now, or somebody broke the attempt off.
    const ended = await whyNotToCut(vendors, { caseId, ...begun });
    if (ended !== undefined) return fail(ended);
    // Opened since this was asked for: it may have read the place already, and would never know.
    const newer = await whyNewer(vendors, caseId);
    if (newer !== undefined) return fail(`${newer} Nothing was given back.`);

    const marked = `${undoneFolder(caseId, ref.n)}/given/${remedyId}.json`;
    // Given by an earlier run, which did not see it yet or died before it could say so: it is not given twice.
    const earlier = await storage.getText('work', marked);
    const given =
      earlier === undefined
        ? await restoreTarget(vendors, how, wanted.call, before ?? {})
        : await seenAgain(vendors, how, wanted);
    if (given.is === 'given' || given.is === 'unseen') await storage.putFirst('work', marked, JSON.stringify(given));
    log.info('what a case had cut is given back', { remedyId, kind: wanted.call.kind, became: given.is });
    const seen = { readBack: { state: 'present' as const, checkedAt: now().toISOString() } };
    switch (given.is) {
      case 'given':
        return file({ ...about, ...idOf(given), result: 'restored', ...seen });
      case 'there':
        return file({ ...about, result: 'there', ...seen });
      case 'other':
        return file({ ...about, result: 'other', why: given.why, ...shown });
      case 'unseen':
        // Once more after a while; whatever that shows, it counts as there.
        if (earlier === undefined) return fail(UNSEEN, 0);
        return file({ ...about, result: 'unseen', why: UNSEEN, ...shown });
      case 'failed': {
        const { failure: refused } = given;
        const again = refused.kind === 'conflict' && refused.retryable ? 0 : tryAgainAfter([refused]);
        return fail(refused.message, again);
      }
      default:
        return given satisfies never;
    }
  },
);

const UNSEEN = 'The vendor took it, and does not show it yet: look whether it is there.';

async function seenAgain(vendors: Vendors, how: RestoringByApp, { call }: Wanted): Promise<GivenBack> {
  const now = await how.look(vendors, call);
  return { is: now.ok && now.value.is === 'back' ? 'given' : 'unseen' };
}

/** Characters of a before-image in a report. */
const MOST_SHOWN = 4_000;

async function imageOf({ storage }: Pick<Vendors, 'storage'>, { image }: Wanted): Promise<Image | undefined> {
  return image === undefined ? undefined : (JSON.parse(await storage.getChecked(image)) as Image);
}

function idOf({ requestId }: Extract<GivenBack, { is: 'given' | 'unseen' }>): Pick<Undone, 'requestId'> {
  return requestId === undefined ? {} : { requestId };
}

function told(undone: BlobRef, text: string): RestoredRemedy {
  const { remedyId, result } = UndoneSchema.parse(JSON.parse(text));
  return { remedyId, result, undone };
}

/** A failure is not final: it goes to the work container, and the report seals the last one. */
async function fileFailure(
  { storage }: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  n: number,
  undone: Undone,
  tryAgainAfterMs?: number,
): Promise<RestoredRemedy> {
  const { remedyId, result } = undone;
  const ref = await storage.putJson('work', `${undoneFolder(caseId, n)}/${remedyId}`, undone);
  return { remedyId, result, undone: ref, ...(tryAgainAfterMs === undefined ? {} : { tryAgainAfterMs }) };
}
