import type { CaseRow } from '../../cases/case.ts';
import type { CaseId } from '../../cases/ids.ts';
import { pausedInWords } from '../../cases/pause.ts';
import type { Config } from '../../config.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { asksForShare, rateLimitOf } from '../rules/rate-limit.ts';

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

/** A hold by the pause, and since when that lasts. */
export interface PausedHold {
  readonly hold: Hold;
  readonly since: string;
}

/** Whether the app is paused: then nothing is started, by whomever it was asked for. */
export async function paused(vendors: Pick<Vendors, 'storage'>): Promise<PausedHold | undefined> {
  const pause = await vendors.storage.readPause();
  if (pause === undefined) return undefined;
  const onHold = `${pausedInWords(pause)} When the pause has ended (DELETE /api/pause), start it with POST /api/cases for this person, or all of them with POST /api/held/release.`;
  return { hold: { onHold, heldBy: 'paused' }, since: pause.since };
}

/**
 * Which time it is that a case comes to be on hold, as its message says it: another pause is told again, the same one
 * is not.
 */
export async function whichHold({ storage }: Pick<Vendors, 'storage'>, caseId: CaseId, since: string): Promise<number> {
  const told = (await storage.messagesOf(caseId)).filter(({ moment }) => moment === 'on-hold');
  const same = told.find(({ at }) => Date.parse(at) >= Date.parse(since));
  return same?.revision ?? Math.max(0, ...told.map(({ revision }) => revision)) + 1;
}

/** The row without what kept it. */
export function released(row: CaseRow): CaseRow {
  const { onHold: _, heldBy: __, ...rest } = row;
  return rest;
}
