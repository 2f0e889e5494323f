import type { CaseRow } from '../cases/case.ts';
import type { Message, Moment } from '../cases/message.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { listeningOf, type OutboxSettings } from './listening.ts';
import { messagesFor } from './rules/which-messages.ts';

/** What happened to a case, and when. */
export interface Happened {
  readonly row: Pick<CaseRow, 'caseId' | 'mode'>;
  /** The words for it, the one that says most first; each channel gets the first that it listens to. */
  readonly moments: readonly Moment[];
  /** ISO instant. */
  readonly at: string;
  readonly report?: Message['report'];
  /** Which time it is that the case comes to this. Default: the first. */
  readonly revision?: number;
}

/**
 * Puts what happened into the outbox, from which the duty `deliver messages` takes it. Call it before the row changes:
 * a message whose row does not say so yet waits for it, so that nothing between the two can lose it. Written again, it
 * changes nothing.
 */
export async function enqueueMessages(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  { row, moments, at, report, revision = 1 }: Happened,
): Promise<void> {
  const messages = messagesFor(listeningOf(settings), row.mode, moments);
  await Promise.all(
    messages.map(({ channel, moment }) =>
      vendors.storage.enterMessage({
        caseId: row.caseId,
        moment,
        revision,
        channel,
        at,
        dueAt: new Date(at).toISOString(),
        attempts: 0,
        state: 'waiting',
        ...(report && { report }),
      }),
    ),
  );
}
