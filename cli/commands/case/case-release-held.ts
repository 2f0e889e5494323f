import { answerOf } from '../../calling/client.ts';
import { isDay, REASON } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';

export const caseReleaseHeld = defineCommand({
  name: 'case release-held',
  about: 'starts the cases on hold: all, those of one brake, or those of a span of days',
  options: {
    reason: REASON,
    'held-by': { kind: 'choice', of: ['mass-leaving', 'paused'], about: 'only those that this brake holds' },
    from: { kind: 'text', hint: 'day', about: 'only those opened on this day (UTC) or later', check: isDay },
    to: { kind: 'text', hint: 'day', about: 'only those opened before this day (UTC)', check: isDay },
  },
  example: 'case release-held --held-by paused --reason "HR confirmed"',
  async run({ options: { reason, 'held-by': heldBy, from, to } }, session) {
    const body = {
      reason,
      ...(heldBy && { heldBy }),
      ...(from && { openedFrom: `${from}T00:00:00Z` }),
      ...(to && { openedTo: `${to}T00:00:00Z` }),
    };
    const done = await answerOf(session.api.POST('/api/held/release', { body }));
    const { started, notStarted, left, why } = done;
    session.show(
      done,
      () => `${started} started, ${notStarted} not started, ${left} left${why === undefined ? '' : `: ${why}`}\n`,
    );
    return notStarted + left > 0 ? 'waits' : 'done';
  },
});
