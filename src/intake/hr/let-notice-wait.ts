import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Log } from '../../log.ts';
import type { HrNotice, WaitingNotice } from '../../people/hr-notice.ts';
import { answerNotice, writeReceipt } from './answer-notice.ts';
import type { NoticeParts } from './notice-outcome.ts';

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** As many as the queue's deliveries: what breaks the app each time must not go on for ever. */
const MOST_BROKEN = 5;

/**
 * Lets a message wait because the directory cannot be asked. The queue gives a message up within minutes, and an outage
 * takes hours: so it is a row, and a duty tries it again and again until somebody is known or not.
 */
export async function letNoticeWait(
  vendors: Pick<Vendors, 'storage'>,
  notice: HrNotice,
  failure: VendorFailure,
  log: Log,
  now: Date,
): Promise<void> {
  const first = { notice, since: now.toISOString(), tries: 1, broken: 0, nextAt: pausedFrom(now, 1) };
  await vendors.storage.enterWaitingNotice(first);
  tell(log, first, failure);
}

/**
 * Lets a message wait that none of its deliveries brought to an end. Whether it broke the app, or came to one that died
 * of something else, nobody knows: so it is tried again, and only tries that were begun count against it.
 */
export async function letBrokenNoticeWait(
  vendors: Pick<Vendors, 'storage'>,
  notice: HrNotice,
  log: Log,
  now: Date,
): Promise<void> {
  const { messageId } = notice;
  const first = { notice, since: now.toISOString(), tries: 1, broken: 0, nextAt: pausedFrom(now, 1) };
  await vendors.storage.enterWaitingNotice(first);
  log.error('a message from HR came to no end in its deliveries and is tried again', {
    code: 'due-work-failed',
    messageId,
    nextAt: first.nextAt,
  });
}

/** @returns whether it was decided; `unreadable`: the directory can still not be asked */
export async function tryNoticeAgain(
  parts: NoticeParts,
  waiting: WaitingNotice,
  log: Log,
): Promise<'decided' | 'unreadable'> {
  const { vendors, now } = parts;
  const { notice } = waiting;
  if (waiting.broken >= MOST_BROKEN) {
    const faults = [
      'It could not be handled in any of its tries; the log says why. Open the case with POST /api/cases.',
    ];
    const receipt = { messageId: notice.messageId, status: 'undecided', faults } as const;
    await writeReceipt(vendors, receipt, { received: notice, notice, apart: false, at: now() }, log);
    await vendors.storage.removeWaitingNotice(waiting);
    return 'decided';
  }
  // Before the try: one that ends the app is not tried again at once, and another host leaves it alone meanwhile.
  const tries = waiting.tries + 1;
  const next = { ...waiting, tries, nextAt: pausedFrom(now(), tries) };
  await vendors.storage.enterWaitingNotice({ ...next, broken: waiting.broken + 1 });
  const failure = await answerNotice(parts, notice, notice, log);
  if (failure === undefined) {
    await vendors.storage.removeWaitingNotice(waiting);
    return 'decided';
  }
  await vendors.storage.enterWaitingNotice({ ...next, broken: 0 });
  tell(log, next, failure);
  return 'unreadable';
}

function pausedFrom(now: Date, tries: number): string {
  const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
  return new Date(now.getTime() + ms).toISOString();
}

/** Each time, so that somebody looks while it lasts. */
function tell(log: Log, { notice, since, tries, nextAt }: WaitingNotice, failure: VendorFailure): void {
  const about = { messageId: notice.messageId, since, tries, nextAt };
  log.error('the directory cannot be read; HR’s message waits', { code: 'directory-unreadable', ...about, ...failure });
}
