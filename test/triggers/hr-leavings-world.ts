import type { CaseRow } from '../../src/cases/case.ts';
import { casesOf } from '../../src/connectors/storage/cases/case-table.ts';
import { containerOf } from '../../src/connectors/storage/evidence/evidence.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import type { Oid } from '../../src/people/oid.ts';
import { receiveHrMessage } from '../../src/triggers/hr/hr-queue.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';

export const NOW = new Date('2026-11-23T12:00:00Z');

export type Message = Readonly<Record<string, unknown>> & { readonly messageId: string };
let count = 0;
export const say = (oid: Oid, leavingId: string, more: Readonly<Record<string, unknown>> = {}): Message => {
  count += 1;
  const issuedAt = new Date(Date.parse('2026-11-23T01:00:00Z') + count * 60_000).toISOString();
  const what = { schemaVersion: 2, kind: 'leaver', requestedBy: 'workday', lastDay: '2026-12-31', person: { oid } };
  return { ...what, messageId: `m${count}`, leavingId, issuedAt, ...more };
};
export interface Shown {
  readonly status: string;
  readonly faults: readonly string[];
  readonly caseId?: string;
  readonly startsAt?: string;
  readonly note?: string;
}

/** What HR says, what becomes of it, and what HR is answered. */
export async function startHrLeavings() {
  const app = await startIntakeApp({
    settings: { MAX_CASES_PER_HOUR: '1000', HR_QUEUE_MODE: 'apply', LAST_DAY_ENDS: '16:45', BUSINESS_TIME_ZONE: 'UTC' },
  });
  const vendors = openVendors(app.config);
  const receiptOf = async ({ messageId }: Message): Promise<Shown> => {
    const blob = containerOf(app.config, 'hr-receipts').getBlobClient(`${messageId}.json`);
    return JSON.parse((await blob.downloadToBuffer()).toString('utf8')) as Shown;
  };
  const answerTo = async (message: Message, settings = {}, by = vendors): Promise<Shown> => {
    await receiveHrMessage(by, { ...app.config, ...settings }, message, app.start, app.log, () => NOW);
    return receiptOf(message);
  };
  const rowsOf = async (oid: Oid): Promise<readonly CaseRow[]> =>
    (await casesOf(app.config, oid)).map(({ row }) => row);
  const statesOf = async (oid: Oid) => (await rowsOf(oid)).map(({ state, startsAt }) => [state, startsAt]);

  return { app, vendors, receiptOf, answerTo, rowsOf, statesOf };
}

export type HrLeavingsWorld = Awaited<ReturnType<typeof startHrLeavings>>;
