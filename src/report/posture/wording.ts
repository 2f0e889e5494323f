import type { Label } from '../../html/label.ts';
import type { Change, PostureRun, Status } from '../../posture/runs/run.ts';

/** How a status is called, and how it looks. */
export const STATUS_LABELS: Readonly<Record<Status, Label>> = {
  pass: { text: 'Pass', tone: 'good' },
  fail: { text: 'Fail', tone: 'bad' },
  unknown: { text: 'Unknown', tone: 'warn' },
  'not-applicable': { text: 'Does not apply', tone: 'quiet' },
};

/** What has changed since the run before, in a phrase. */
export const CHANGE_WORDS: Readonly<Record<Change, string>> = {
  first: 'assessed for the first time',
  same: 'as before',
  'new-fail': 'newly fails',
  fixed: 'mended since',
  'still-failing': 'still fails',
  'lost-sight': 'out of sight: nobody can say any more',
  found: 'can be said again',
  'exception-expired': 'an exception has expired',
  'not-comparable': 'judged in another way than before',
};

/** The run in a sentence. */
export function headlineOf({ checks }: Pick<PostureRun, 'checks'>): string {
  const of = (status: Status): number => checks.filter((each) => each.status === status).length;
  const judged = checks.length - of('not-applicable');
  const failing = checks.filter(({ status }) => status === 'fail').map(({ point }) => point);
  const parts = [
    `${of('pass')} of ${judged} points that apply hold`,
    ...(failing.length === 0
      ? []
      : [failing.length === 1 ? `point ${failing[0]} fails` : `points ${failing.join(', ')} fail`]),
    ...(of('unknown') === 0 ? [] : [`of ${of('unknown')} nobody can say`]),
  ];
  return `${parts.join('; ')}.`;
}
