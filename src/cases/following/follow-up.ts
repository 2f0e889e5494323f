import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { instant } from '../../shapes/primitives.ts';

const HOUR_MS = 3_600_000;

/** The follow-ups that the setting FOLLOW_UPS may name, and how long after the first report of a case each is due. */
const AFTER_MS = { '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS, '31d': 31 * 24 * HOUR_MS } as const;
export type FollowUpSetting = keyof typeof AFTER_MS;
export const FOLLOW_UP_SETTINGS = Object.keys(AFTER_MS) as [FollowUpSetting, ...FollowUpSetting[]];

/**
 * `restore`: the account is back. `alive`: something of the leaver was seen to be alive. `answer`: somebody answered about
 * the person, and no reading rests on it yet. Each is due at once.
 */
const FOLLOW_UPS = [...FOLLOW_UP_SETTINGS, 'restore', 'alive', 'answer'] as const;

/** A reading of a filed case that falls due by itself. */
export const FollowUpSchema = z.strictObject({ which: z.enum(FOLLOW_UPS), at: instant });
export type FollowUp = Immutable<z.output<typeof FollowUpSchema>>;

/** What of a filed case is still to come by itself. */
export interface ToCome {
  /** ISO instant. */
  readonly readAgainAt?: string;
  readonly followUps?: readonly FollowUp[];
}

/** Why a reading is due, and since when. */
export interface Due {
  readonly because: 'vendor-away' | 'follow-up' | 'reopened' | 'answer';
  /** ISO instant. */
  readonly at: string;
  /** The account is back: nothing is cut, and who was let in again is read all the same. */
  readonly restore?: true;
}

/** The follow-ups of a case whose first report was filed at an instant, the next one first. */
export function followUpsFrom(filedAt: string, wanted: readonly FollowUpSetting[]): FollowUp[] {
  const of = (which: FollowUpSetting): FollowUp => ({
    which,
    at: new Date(Date.parse(filedAt) + AFTER_MS[which]).toISOString(),
  });
  return sorted([...new Set(wanted)].map(of));
}

/** The follow-ups with another one, of which there is one of each kind. */
export function withFollowUp(followUps: readonly FollowUp[] = [], one: FollowUp): FollowUp[] {
  return sorted([...followUps.filter(({ which }) => which !== one.which), one]);
}

/**
 * The follow-ups that are left once a case is read at an instant, for whatever reason: those that were due by then are
 * that reading, so that of three that were missed one is made; those to come are none the less to come.
 */
export function leftAfter(followUps: readonly FollowUp[] = [], at: string): { readonly followUps?: FollowUp[] } {
  const left = followUps.filter((each) => Date.parse(each.at) > Date.parse(at));
  return left.length === 0 ? {} : { followUps: left };
}

/** When the next reading of a filed case is due; undefined where none is to come. */
export function nextReadingAt({ readAgainAt, followUps = [] }: ToCome): string | undefined {
  const all = [...followUps.map(({ at }) => at), ...(readAgainAt === undefined ? [] : [readAgainAt])];
  return all.toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
}

/**
 * Which recheck of a filed case is due, the most severe reason first: one recheck answers all that are. Undefined where none
 * is.
 */
export function dueOf({ readAgainAt, followUps = [] }: ToCome, now: Date): Due | undefined {
  const isDue = (at: string): boolean => Date.parse(at) <= now.getTime();
  const due = followUps.filter(({ at }) => isDue(at));
  const alive = due.find(({ which }) => which === 'alive');
  const restore = due.find(({ which }) => which === 'restore');
  // One reading answers both, and none of what ends a case whose account is back may take it away.
  if (alive !== undefined)
    return { because: 'reopened', at: alive.at, ...(restore !== undefined && { restore: true as const }) };
  if (restore !== undefined) return { because: 'follow-up', at: restore.at, restore: true };
  const answer = due.find(({ which }) => which === 'answer');
  if (answer !== undefined) return { because: 'answer', at: answer.at };
  const [first] = due;
  if (first !== undefined) return { because: 'follow-up', at: first.at };
  return readAgainAt !== undefined && isDue(readAgainAt) ? { because: 'vendor-away', at: readAgainAt } : undefined;
}

function sorted(followUps: readonly FollowUp[]): FollowUp[] {
  return followUps.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
