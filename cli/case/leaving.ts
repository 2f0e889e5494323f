import type { Given } from '../command.ts';
import { isDay, REASON } from './cases.ts';

/** What is said of a leaving, whoever leaves. */
export const LEAVING = {
  reason: REASON,
  'last-day': { kind: 'text', hint: 'day', about: 'last working day; one to come is waited for', check: isDay },
  time: {
    kind: 'text',
    hint: 'hh:mm',
    about: 'when that day ends; by default the app’s LAST_DAY_ENDS',
    check: (text: string) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? undefined : 'a time of day is written 17:30'),
  },
  zone: { kind: 'text', hint: 'zone', about: 'IANA time zone of that day; by default the app’s' },
  at: { kind: 'text', hint: 'instant', about: 'when to start, whatever the last day is: now, or 2027-01-29T16:00:00Z' },
  'accept-unknown': { kind: 'flag', about: 'also for an object id that Entra does not know any more' },
  key: {
    kind: 'text',
    hint: 'text',
    about: 'the same key is the same request, however often it is sent; by default a new one',
    check: (text: string) => (/^[\x21-\x7e]{1,150}$/.test(text) ? undefined : 'up to 150 visible ASCII characters'),
  },
} as const;

type Options = Given<typeof LEAVING>['options'];

/** When, as the API takes it. */
export function whenOf(options: Pick<Options, 'last-day' | 'time' | 'zone' | 'at'>) {
  const { 'last-day': lastDay, time, zone, at } = options;
  return {
    ...(lastDay === undefined ? {} : { lastDay }),
    ...(time === undefined ? {} : { timeOfDay: time }),
    ...(zone === undefined ? {} : { zone }),
    ...(at === undefined ? {} : { when: at }),
  };
}

/** The same with the reason. */
export function leavingOf(options: Options) {
  return { reason: options.reason, ...whenOf(options) };
}
export type Leaving = Options & { readonly 'confirm-upn'?: string | undefined };
