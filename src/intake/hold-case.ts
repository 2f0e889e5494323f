import type { CaseRow } from '../cases/case.ts';
import { pausedInWords } from '../cases/pause.ts';
import type { Config } from '../config.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { asksForShare, rateLimitOf } from './rules/rate-limit.ts';

/** What keeps a case from being started, as its row says it. */
export type Hold = Required<Pick<CaseRow, 'onHold' | 'heldBy'>>;

export type HoldSettings = Pick<Config, 'MASS_LEAVING_PERCENT' | 'MAX_CASES_PER_HOUR'>;

const HOUR_MS = 3_600_000;

/** Whether more people leave by this trigger than a firm usually has. The case is entered in the index before. */
export async function massLeaving(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  { MASS_LEAVING_PERCENT: percent, MAX_CASES_PER_HOUR: cases }: HoldSettings,
  row: Pick<CaseRow, 'caseId' | 'openedAt' | 'trigger' | 'state'>,
): Promise<Hold | undefined> {
  const limit = { cases, percent };
  const position = await vendors.storage.countOpenedWithin(row, HOUR_MS, cases + 1);
  const counted = asksForShare(row.trigger, position, limit) ? await vendors.graph.countPeople() : undefined;
  const people = counted?.ok ? counted.value : undefined;
  const onHold = rateLimitOf(row.trigger, position, limit, people, row.state === 'scheduled');
  return onHold === undefined ? undefined : { onHold, heldBy: 'mass-leaving' };
}

/** Whether the app is paused: then nothing is started, by whomever it was asked for. */
export async function paused(vendors: Pick<Vendors, 'storage'>): Promise<Hold | undefined> {
  const pause = await vendors.storage.readPause();
  if (pause === undefined) return undefined;
  const onHold = `${pausedInWords(pause)} When the pause has ended (DELETE /api/pause), start it with POST /api/cases for this person, or all of them with POST /api/held/release.`;
  return { onHold, heldBy: 'paused' };
}

/** The row without what kept it. */
export function released(row: CaseRow): CaseRow {
  const { onHold: _, heldBy: __, ...rest } = row;
  return rest;
}
