import type { CaseRow } from '../../src/cases/case.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { pausedInWords } from '../../src/cases/pause.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';

/** The case as an activity was told to act for it. */
export interface ActingCase {
  readonly caseId: CaseId;
  /** The row's generation when the orchestration began; absent where the row had none, which is the first. */
  readonly generation?: number;
}

/**
 * Why an activity must not change anything any more, in a sentence; undefined where it may. An activity can be
 * delivered again long after its result was recorded (github.com/Azure/durabletask/issues/1196): the report may be
 * filed by then, the case broken off, or the person back, which moves the row's generation.
 */
export async function whyNotToAct(
  vendors: Pick<Vendors, 'storage'>,
  { caseId, generation = 0 }: ActingCase,
): Promise<string | undefined> {
  const stored = await vendors.storage.getCase(caseId);
  if (await vendors.storage.isSealed(stored?.row ?? { caseId }))
    return 'The report of the case was filed meanwhile, so nothing was changed any more.';
  if (stored === undefined) return undefined;
  if (hasEnded(stored.row))
    return `The case had ended (${stored.row.state}) meanwhile, so nothing was changed any more.`;
  return (stored.row.generation ?? 0) === generation
    ? undefined
    : 'The case was told to stop meanwhile, so nothing was changed any more.';
}

/** Why nothing may be cut, in a sentence: also where the app is paused, which stops everything but containment. */
export async function whyNotToCut(vendors: Pick<Vendors, 'storage'>, about: ActingCase): Promise<string | undefined> {
  const [stopped, pause] = await Promise.all([whyNotToAct(vendors, about), vendors.storage.readPause()]);
  if (stopped !== undefined || pause === undefined) return stopped;
  return `${pausedInWords(pause)} Nothing was changed; ask for the case again when the pause has ended.`;
}

/** Whether nothing acts for the case any more: another one may by now. */
export function hasEnded({ state }: Pick<CaseRow, 'state'>): boolean {
  return state !== 'open' && state !== 'running';
}
