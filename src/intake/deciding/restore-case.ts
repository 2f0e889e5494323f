import * as z from 'zod';
import type { CaseRow } from '../../cases/case.ts';
import { revisionOf, toBeReadAgain } from '../../cases/following/attempts.ts';
import { type FindingId, FindingIdSchema } from '../../cases/ids.ts';
import type { PlannedRemedy } from '../../cases/remedies/plan.ts';
import { type Action, ActionSchema, type RemedyCall, wasCut } from '../../cases/remedies/remedy.ts';
import { type Restore, type RestoreRef, undoneFolder, type Wanted } from '../../cases/remedies/restore.ts';
import { mapBounded } from '../../connectors/map-bounded.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Oid } from '../../people/oid.ts';
import { whyNewer } from '../starting/newer-case.ts';
import { readSealed } from './read-sealed.ts';
import { givenBack } from './read-undone.ts';

/** What a person wants undone. */
export interface WantedBack {
  readonly by: Oid;
  readonly reason: string;
  /** The report that they looked at. */
  readonly revision: number;
  /** Findings whose cut is undone; `all`: everything, and the person is let in again. */
  readonly what: readonly FindingId[] | 'all';
  /** What undoes a remedy, as its kind declares it. */
  readonly undoneBy: (call: RemedyCall) => Wanted['by'];
}

/** What became of it. */
export type RestoredCase =
  | { readonly kind: 'restoring'; readonly stored: StoredCase; readonly restore: Restore }
  /** Nothing of the case can be undone, or not now; one sentence. */
  | { readonly kind: 'nothing' | 'changed' | 'waits'; readonly why: string }
  | { readonly kind: 'faults'; readonly faults: readonly { readonly findingId: FindingId; readonly why: string }[] };

/** Of a filed report what undoing takes. */
const Filed = z.object({
  steps: z.array(
    z.object({
      findings: z.array(z.object({ id: FindingIdSchema, remedy: z.object({ id: z.string() }).optional() })),
      actions: z.array(z.looseObject(ActionSchema.shape)),
    }),
  ),
});

/**
 * Records what somebody wants undone and lets the case go on: it is read again, what the app can give back is given back
 * first, and the next revision tells what came of it. Whoever has the whole case undone lets the person in at once.
 */
export async function restoreCase(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  row: CaseRow,
  said: WantedBack,
  now: Date,
): Promise<RestoredCase> {
  const not = await whyNotNow(vendors, row, said);
  if (not !== undefined) return not;
  const cut = await cutOf(vendors, row, said);
  const whole = said.what === 'all';
  const chosen = said.what === 'all' ? { wanted: [...cut.values()] } : chosenOf(cut, said.what);
  if ('faults' in chosen) return { kind: 'faults', faults: chosen.faults };
  const { caseId, report, oid } = row;
  const { by, reason, revision } = said;
  const at = now.toISOString();
  const about = {
    n: (row.restores?.length ?? 0) + 1,
    revision,
    by,
    at,
    reason,
    ...(whole && { whole: true as const }),
  };
  const restore: Restore = { caseId, ...about, wanted: chosen.wanted };
  const file = await vendors.storage.putJson('evidence', undoneFolder(caseId, about.n), restore);
  const ref: RestoreRef = { ...about, file };
  let isWritten = false;
  const stored = await vendors.storage.updateCase(caseId, (current) => {
    isWritten =
      current.state === 'filed' && current.report === report && current.restores?.length === row.restores?.length;
    const again = isWritten ? toBeReadAgain(current, at, 'restore') : undefined;
    return again && { ...again, restores: [...(current.restores ?? []), ref] };
  });
  if (!isWritten) return { kind: 'changed', why: 'Somebody else was faster.' };
  // At once, and again by the case: what began before it is fenced by the generations of both rows.
  if (whole) await vendors.denied.release({ oid, caseId, at, by, why: reason }).catch(() => undefined);
  return { kind: 'restoring', stored, restore };
}

async function whyNotNow(
  { storage }: Pick<Vendors, 'storage'>,
  row: CaseRow,
  { revision }: WantedBack,
): Promise<Exclude<RestoredCase, { readonly kind: 'restoring' | 'faults' }> | undefined> {
  if (row.mode === 'plan') return { kind: 'nothing', why: 'The case is a plan, which cut nothing.' };
  if (row.state !== 'filed')
    return { kind: 'nothing', why: `The case is ${row.state}; what it cut is undone once its report is filed.` };
  if (revisionOf(row) !== revision)
    return { kind: 'changed', why: `The newest report of the case is number ${revisionOf(row)} by now.` };
  if ((await storage.readPause()) !== undefined)
    return { kind: 'waits', why: 'The app is paused. End the pause, or let the person in by their denial.' };
  const newer = await whyNewer({ storage }, row.caseId);
  return newer === undefined ? undefined : { kind: 'nothing', why: newer };
}

/**
 * What the case has cut by any of its reports, by finding: a later reading finds a thing that is disabled, and says no more
 * than that there is nothing to do. What was gone before the case, it did not cut; what was given back since is not cut.
 */
export async function cutOf(
  vendors: Pick<Vendors, 'storage'>,
  row: CaseRow,
  { undoneBy }: Pick<WantedBack, 'undoneBy'>,
): Promise<ReadonlyMap<FindingId, Wanted>> {
  const reports = [...(row.revisions ?? []), row].flatMap(({ report }) => (report === undefined ? [] : [report]));
  const [byReport, given] = await Promise.all([
    mapBounded(reports, AT_ONCE, (report) => cutBy(vendors, report)),
    givenBack(vendors, row.restores ?? []),
  ]);
  const cut = new Map(byReport.flatMap((each) => [...each]));
  const back = new Map(given.map(({ restore, wanted }) => [wanted.remedyId, restore.at]));
  return new Map(
    [...cut].flatMap(([id, { planned, action }]) => {
      const isThere = (back.get(planned.remedy.id) ?? '') > action.at;
      return isThere ? [] : [[id, wantedOf(planned, action, undoneBy(planned.remedy.call))] as const];
    }),
  );
}

const AT_ONCE = 4;

interface Cut {
  readonly planned: PlannedRemedy;
  readonly action: Action;
}

async function cutBy(vendors: Pick<Vendors, 'storage'>, report: string): Promise<ReadonlyMap<FindingId, Cut>> {
  const sealed = await readSealed(vendors, { report });
  if (sealed === undefined) return new Map();
  const { steps } = Filed.parse(JSON.parse(sealed.report));
  const actions = new Map(steps.flatMap((step) => step.actions.map((action) => [action.remedyId, action as Action])));
  const plans = new Map((sealed.plan?.remedies ?? []).map((each) => [each.findingId, each]));
  return new Map(
    steps
      .flatMap(({ findings }) => findings)
      .flatMap(({ id }) => {
        const planned = plans.get(id);
        const action = planned && actions.get(planned.remedy.id);
        const isCut = action !== undefined && wasCut(action) && action.result !== 'nothing-to-do';
        return planned !== undefined && isCut ? [[id, { planned, action }] as const] : [];
      }),
  );
}

function wantedOf({ findingId, remedy }: PlannedRemedy, { beforeImage }: Action, by: Wanted['by']): Wanted {
  return {
    ...{ findingId, remedyId: remedy.id, what: remedy.what, undo: remedy.undo, by },
    call: remedy.call,
    ...(remedy.serialKey === undefined ? {} : { serialKey: remedy.serialKey }),
    ...(beforeImage === undefined ? {} : { image: beforeImage }),
  };
}

function chosenOf(
  cut: ReadonlyMap<FindingId, Wanted>,
  ids: readonly FindingId[],
): { readonly wanted: readonly Wanted[] } | Pick<Extract<RestoredCase, { kind: 'faults' }>, 'faults'> {
  const faults = [...new Set(ids)].flatMap((findingId) => {
    const wanted = cut.get(findingId);
    if (wanted === undefined) return [{ findingId, why: 'was not cut by this case, or is back already' }];
    return wanted.by === 'app' ? [] : [{ findingId, why: `cannot be given back by the app. ${wanted.undo}` }];
  });
  return faults.length > 0 ? { faults } : { wanted: [...new Set(ids)].flatMap((id) => cut.get(id) ?? []) };
}
