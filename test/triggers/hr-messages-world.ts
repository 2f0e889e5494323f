import { containerOf } from '../../src/connectors/storage/evidence/evidence.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { receiveHrMessage } from '../../src/triggers/hr/hr-queue.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';

export const NOW = new Date('2026-11-23T12:00:00Z');

interface Shown {
  readonly status: string;
  readonly faults: readonly string[];
  readonly caseId?: string;
  readonly startsAt?: string;
  readonly note?: string;
}

let count = 0;
export const second = (
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> & { messageId: string } => {
  count += 1;
  const own = { messageId: `m/${count}`, leavingId: `L${count}`, issuedAt: '2026-11-23T09:00:00Z' };
  return { schemaVersion: 2, kind: 'leaver', requestedBy: 'workday', lastDay: '2026-11-20', ...own, ...more } as never;
};

/** Messages of HR one after the other, each with its receipt. */
export async function startHrMessages() {
  const app = await startIntakeApp({ settings: { MAX_CASES_PER_HOUR: '1000', HR_QUEUE_MODE: 'apply' } });
  const vendors = openVendors(app.config);
  const receive = (message: unknown): Promise<void> =>
    receiveHrMessage(vendors, app.config, message, app.start, app.log, () => NOW);
  const receipt = async (name: string): Promise<Shown> => {
    const blob = await containerOf(app.config, 'hr-receipts').getBlobClient(`${name}.json`).downloadToBuffer();
    return JSON.parse(blob.toString('utf8')) as Shown;
  };
  const answerTo = async (message: Readonly<Record<string, unknown>> & { messageId: string }): Promise<Shown> => {
    await receive(message);
    return receipt(encodeURIComponent(message.messageId));
  };

  return { app, vendors, receive, answerTo };
}

export type HrMessagesWorld = Awaited<ReturnType<typeof startHrMessages>>;
