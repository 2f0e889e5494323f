import type { CaseRow } from '../cases/case.ts';
import { type DenialId, makePostureId } from '../cases/ids.ts';
import type { AnyMoment, Message, Moment } from '../cases/words/message.ts';
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
  const { caseId, mode } = row;
  await enter(vendors, settings, { caseId, mode, moments, at, revision, ...(report && { report }) });
}

/** The same of somebody who is contained without a case. */
export async function enqueueOfDenial(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  { id, moment, revision, at }: { readonly id: DenialId } & Pick<Message, 'moment' | 'revision' | 'at'>,
): Promise<void> {
  await enter(vendors, settings, {
    ...{ caseId: id, mode: 'apply', moments: [moment], at, revision },
  });
}

/** That something of the checklist is worse than it was: one message for a run, to each channel that listens to it. */
export async function enqueueOfPosture(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  { runId, at }: { readonly runId: string; readonly at: string },
): Promise<void> {
  const caseId = makePostureId(runId);
  await enter(vendors, settings, { caseId, mode: 'apply', moments: ['posture-worse'], at, revision: 1 });
}

interface Entered extends Pick<Message, 'caseId' | 'revision' | 'at' | 'report'> {
  readonly mode: CaseRow['mode'];
  readonly moments: readonly AnyMoment[];
}

async function enter(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  { caseId, mode, moments, at, revision, report }: Entered,
): Promise<void> {
  const messages = messagesFor(listeningOf(settings), mode, moments);
  await Promise.all(
    messages.map(({ channel, moment }) =>
      vendors.storage.enterMessage({
        caseId,
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
