import { automaticMode } from '../config/config-cases.ts';
import { mapBounded } from '../connectors/map-bounded.ts';
import { tryNoticeAgain } from '../intake/hr/let-notice-wait.ts';
import { startCaseWith } from '../intake/starting/start-case.ts';
import type { Duty } from './duty.ts';

/** Of one round. */
const MOST = 500;
const AT_ONCE = 4;
/** No further message is begun after this; a round has four minutes. */
const SLICE_MS = 120_000;

/** Tries again what HR said while the directory could not be asked. */
export const tryHrNotices: Duty = {
  name: 'try HR’s messages again',
  run: async ({ vendors, settings, log, client, now }) => {
    const { due, unreadable } = await vendors.storage.dueNotices(now(), MOST);
    if (unreadable.length > 0) {
      log.error('messages from HR that wait cannot be read, and are not tried', {
        code: 'row-unreadable',
        count: unreadable.length,
        first: unreadable[0],
      });
    }
    const mode = automaticMode(settings, 'hr-queue');
    const parts = { vendors, settings, mode, start: startCaseWith(client), now };
    const until = performance.now() + SLICE_MS;
    let isAway = false;
    const done = await mapBounded(due, AT_ONCE, async (waiting) => {
      // One question that is not answered says enough of the directory; the others come with the next round.
      if (isAway || performance.now() > until) return false;
      try {
        const became = await tryNoticeAgain(parts, waiting, log);
        isAway ||= became === 'unreadable';
        return became === 'decided';
      } catch (error) {
        const why = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
        log.error('a message from HR could not be handled and is tried again', {
          code: 'due-work-failed',
          messageId: waiting.notice.messageId,
          why,
        });
        return false;
      }
    });
    return done.filter(Boolean).length;
  },
};
