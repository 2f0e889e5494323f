import { ALL_MOMENTS, type Message } from '../cases/words/message.ts';
import { mapBounded } from '../connectors/map-bounded.ts';
import { deliver } from '../outbox/deliver.ts';
import type { Duty, DutyContext } from './duty.ts';

/** Looked at together; the most urgent of them goes first. */
const SLICE = 200;
/** Of one channel. Each has its own, so that one that hangs keeps no other waiting. */
const AT_ONCE = 4;
/** Nothing is begun any more then: the round has a deadline, at which what hangs would be abandoned. */
const BEGIN_WITHIN_MS = 120_000;

/** Delivers what lies in the outbox and is due, the most urgent first. What one message meets keeps no other. */
export const deliverMessages: Duty = {
  name: 'deliver messages',
  run: async (context) => {
    const { vendors, now } = context;
    const until = now().getTime() + BEGIN_WITHIN_MS;
    for (let told = 0; ; ) {
      const { due, unreadable } = await vendors.storage.dueMessages(now(), SLICE);
      if (told === 0) tellUnreadable(context, unreadable);
      const urgent = due.toSorted((a, b) => ALL_MOMENTS.indexOf(a.moment) - ALL_MOMENTS.indexOf(b.moment));
      const delivered = await Promise.all(
        [...Map.groupBy(urgent, ({ channel }) => channel).values()].map((messages) =>
          mapBounded(messages, AT_ONCE, (message) => tryToDeliver(context, message, until)),
        ),
      );
      const count = delivered.flat().filter(Boolean).length;
      told += count;
      // What was told is due no more, and what failed is due later: where nothing was told, nothing else will be.
      if (count === 0 || due.length < SLICE || now().getTime() > until) return told;
    }
  },
};

/** They stay as they are: the release that wrote them tells them. */
function tellUnreadable({ log }: DutyContext, unreadable: readonly string[]): void {
  if (unreadable.length === 0) return;
  const about = { count: unreadable.length, first: unreadable[0] };
  log.error('messages cannot be read and are not told', { code: 'row-unreadable', ...about });
}

/** Whether it was told. */
async function tryToDeliver(context: DutyContext, message: Message, until: number): Promise<boolean> {
  if (context.now().getTime() > until) return false;
  try {
    return await deliver(context, message);
  } catch (error) {
    const { caseId, moment, channel } = message;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    context.log.error('a message could not be delivered and comes again', {
      code: 'message-undelivered',
      caseId,
      moment,
      channel,
      reason,
    });
    return false;
  }
}
