import type { VendorFailure } from '../../connectors/result.ts';
import type { Receipt } from '../../connectors/storage/people/hr-receipts.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Log } from '../../log.ts';
import type { HrNotice } from '../../people/hr-notice.ts';
import { logOpened } from '../starting/report-opened.ts';
import type { NoticeParts } from './notice-outcome.ts';
import { receiveNotice } from './receive-notice.ts';

/** Of what HR reads the answer, and when it was given. */
interface Answered {
  /** As it came. */
  readonly received: unknown;
  /** What it said, where it could be read and may be run again. */
  readonly notice?: HrNotice;
  /** Where no message of this id may be answered by it. */
  readonly apart: boolean;
  readonly at: Date;
}

/** Writes the receipt, and keeps what came where it was not carried out. */
export async function writeReceipt(
  vendors: Pick<Vendors, 'storage'>,
  receipt: Receipt,
  { received, notice, apart, at }: Answered,
  log: Log,
): Promise<void> {
  if (receipt.status !== 'accepted') {
    const reason = receipt.faults.join('; ');
    const kept = await vendors.storage.keepRejected(
      { trigger: 'hr-queue', reason, received, ...(notice && { notice }) },
      at,
    );
    log.error('a message from HR was rejected and kept', {
      code: 'message-rejected',
      reason,
      blob: `${kept.container}/${kept.name}`,
    });
  }
  await vendors.storage.putReceipt(receipt, { at, ...(apart ? { digestOf: received } : {}) });
}

/**
 * Does what a message of HR says, and answers it last of all.
 * @returns the failure where the directory could not be asked: nothing was done, and nothing answered
 */
export async function answerNotice(
  parts: NoticeParts,
  notice: HrNotice,
  received: unknown,
  log: Log,
): Promise<VendorFailure | undefined> {
  const outcome = await receiveNotice(parts, notice);
  const about = { messageId: notice.messageId, ...(notice.about && { leavingId: notice.about.leavingId }) };
  const answered = { received, notice, apart: false, at: parts.now() };
  switch (outcome.kind) {
    case 'unreadable':
      return outcome.failure;
    case 'rejected': {
      const { kind: _, ...why } = outcome;
      await writeReceipt(parts.vendors, { ...about, status: 'rejected', ...why }, answered, log);
      return undefined;
    }
    case 'accepted': {
      const { kind: _, opened, oid, ...what } = outcome;
      if (opened === undefined) log.info('HR’s message was carried out', { ...about, oid, ...what });
      else logOpened(log, opened.request, opened.as);
      await writeReceipt(parts.vendors, { ...about, status: 'accepted', faults: [], ...what }, answered, log);
      return undefined;
    }
    default:
      return outcome satisfies never;
  }
}
