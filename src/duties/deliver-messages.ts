import { MOMENTS } from '../cases/message.ts';
import { mapBounded } from '../connectors/map-bounded.ts';
import { deliver } from '../outbox/deliver.ts';
import type { Duty } from './duty.ts';

/** Of one round; more wait for the next, a minute later. */
const MOST = 200;
const AT_ONCE = 8;
/** Nothing is begun any more then: the round has a deadline, at which what hangs would be abandoned. */
const BEGIN_WITHIN_MS = 120_000;

/** Delivers what lies in the outbox and is due, the most urgent first. What one message meets keeps no other. */
export const deliverMessages: Duty = {
  name: 'deliver messages',
  run: async (context) => {
    const { vendors, log, now } = context;
    const until = now().getTime() + BEGIN_WITHIN_MS;
    const due = await vendors.storage.dueMessages(now(), MOST);
    const urgent = due.toSorted((a, b) => MOMENTS.indexOf(a.moment) - MOMENTS.indexOf(b.moment));
    const told = await mapBounded(urgent, AT_ONCE, async (message) => {
      if (now().getTime() > until) return false;
      try {
        return await deliver(context, message);
      } catch (error) {
        const { caseId, moment, channel } = message;
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
        log.error('a message could not be delivered and comes again', { caseId, moment, channel, reason });
        return false;
      }
    });
    return told.filter(Boolean).length;
  },
};
