import type { TriggerName } from '../../cases/case.ts';

/** How many people may leave by one trigger within an hour. */
export interface LeavingLimit {
  /** MAX_CASES_PER_HOUR. */
  readonly cases: number;
  /** MASS_LEAVING_PERCENT; 0 where the share does not count. */
  readonly percent: number;
}

/** So few are no mass, however small the firm: a share is asked for beyond them. */
const FEW = 10;

/** Whether the size of the directory has a say about the case at this position. */
export function asksForShare(trigger: TriggerName, position: number, { cases, percent }: LeavingLimit): boolean {
  return trigger !== 'api' && percent > 0 && position > FEW && position <= cases;
}

/**
 * The brake on cases: a directory sync that goes wrong deletes hundreds of people within minutes, and this app would cut
 * them all off. Beyond the limit of a trigger within an hour, further cases are kept, contained and not started.
 * @param position how many cases the trigger opened within the hour, this one included
 * @param people how many the directory has; undefined where it was not asked, or did not say
 * @param waits whether the case is scheduled for a day to come
 * @returns why the case is on hold, or undefined where it may start
 */
export function rateLimitOf(
  trigger: TriggerName,
  position: number,
  limit: LeavingLimit,
  people: number | undefined,
  waits = false,
): string | undefined {
  // A person who asks for one case has looked at it, and has an allowance of their own.
  if (trigger === 'api') return undefined;
  const { cases, percent } = limit;
  if (position > cases) return held(`More than ${cases} cases were opened within an hour (MAX_CASES_PER_HOUR)`, waits);
  if (!asksForShare(trigger, position, limit)) return undefined;
  if (people === undefined)
    return held(
      `${position} cases were opened within an hour, and how many people the directory has could not be read`,
      waits,
    );
  const most = Math.max(FEW, Math.floor((people * percent) / 100));
  if (position <= most) return undefined;
  return held(
    `More than ${most} cases were opened within an hour, which is ${percent} % of the directory’s ${people} (MASS_LEAVING_PERCENT)`,
    waits,
  );
}

function held(why: string, waits: boolean): string {
  return waits
    ? `${why}, so this one does not start on its day by itself; nobody is contained before the day. If it is meant, POST /api/cases/{id}/reschedule releases it, for the same day or another; from the day on POST /api/cases for this person starts it.`
    : `${why}, so this one was not started; its leaver is contained where cases are carried out. If the deletions are meant, start it with POST /api/cases for this person, or all of them with POST /api/held/release.`;
}
