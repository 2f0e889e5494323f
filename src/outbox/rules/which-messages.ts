import type { CaseRow } from '../../cases/case.ts';
import { isEarlier } from '../../cases/following/attempts.ts';
import { type AnyMoment, type CaseMessage, CHANNELS, type Channel, type Moment } from '../../cases/words/message.ts';

/** What each channel is told, and whether it is told of plans as well. A channel that is not set up has no entry. */
export type Listening = Readonly<
  Partial<Record<Channel, { readonly moments: readonly AnyMoment[]; readonly plans: boolean }>>
>;

/**
 * The words for what happened, the one that says most first: an end with an incident is told as an incident, and where
 * a channel does not listen to those, as the end that it is. An end that says `nothingNew` after an earlier one is not
 * told again.
 */
export function momentsOfEnd(end: {
  readonly incident: boolean;
  readonly awaiting: number;
  readonly nothingNew?: true;
}): Moment[] {
  if (end.nothingNew === true) return [];
  return [
    ...(end.incident ? (['incident'] as const) : []),
    ...(end.awaiting > 0 ? (['decision-awaited'] as const) : []),
    'ended',
  ];
}

/** Which message each channel gets: one at most, by the first of the words that it listens to. */
export function messagesFor<M extends AnyMoment>(
  listening: Listening,
  mode: CaseRow['mode'],
  moments: readonly M[],
): { readonly channel: Channel; readonly moment: M }[] {
  return CHANNELS.flatMap((channel) => {
    const listens = listening[channel];
    if (listens === undefined || (mode === 'plan' && !listens.plans)) return [];
    const moment = moments.find((each) => listens.moments.includes(each));
    return moment === undefined ? [] : [{ channel, moment }];
  });
}

/** `waits`: it may come true yet. */
export type Truth = 'true' | 'waits' | 'never';

/**
 * Whether a case is at what a message says. Messages are written before the row changes, so that a crash between the
 * two loses none: what the row does not say yet waits, and what it contradicts is never told.
 */
export function truthOf({ moment, report }: Pick<CaseMessage, 'moment' | 'report'>, row: CaseRow | undefined): Truth {
  if (row === undefined) return 'waits';
  const { state } = row;
  const isOver = state === 'refused' || state === 'cancelled';
  const hasNotBegun = state === 'open' || state === 'scheduled';
  switch (moment) {
    case 'incident':
    case 'decision-awaited':
    case 'ended':
      // An end that was filed stays true, whatever becomes of reading the case again.
      if (report !== undefined && isEarlier(row, report.name)) return 'true';
      return state === 'filed' ? 'true' : isOver ? 'never' : 'waits';
    case 'started':
      // Its end says more.
      return state === 'running' ? 'true' : hasNotBegun ? 'waits' : 'never';
    case 'on-hold':
      if (!hasNotBegun) return 'never';
      return row.onHold === undefined ? 'waits' : 'true';
    case 'refused':
      return state === 'refused' ? 'true' : hasNotBegun ? 'waits' : 'never';
    case 'failed':
      return state === 'failed' ? 'true' : state === 'filed' || isOver ? 'never' : 'waits';
    case 'reopened':
      // Somebody else was faster, and the number is a refusal's.
      return state === 'refused' ? 'never' : 'true';
    case 'containment-failed':
      // Written after it happened.
      return 'true';
    default:
      return moment satisfies never;
  }
}
