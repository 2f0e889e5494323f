import type { Given } from './command.ts';
import { CliError } from './exit-codes.ts';

/** Until when something holds. */
export const UNTIL = {
  until: {
    kind: 'text',
    hint: 'instant',
    about: 'until this instant, such as 2027-01-29T16:00:00Z; or say --days',
    check: (text: string) =>
      Number.isNaN(Date.parse(text)) || !text.includes('T') ? 'an instant is written 2027-01-29T16:00:00Z' : undefined,
  },
  days: {
    kind: 'text',
    hint: 'number',
    about: 'for so many days, up to 90',
    check: (text: string) => (/^([1-9]|[1-8]\d|90)$/.test(text) ? undefined : 'a number from 1 to 90'),
  },
} as const;

/** The same as the API takes it. */
export function endOf({ until, days }: Given<typeof UNTIL>['options']): { until: string } | { days: number } {
  if (until !== undefined && days === undefined) return { until };
  if (days !== undefined && until === undefined) return { days: Number(days) };
  throw new CliError('usage', 'say one of --until and --days');
}
