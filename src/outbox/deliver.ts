import { revisionOf } from '../cases/following/attempts.ts';
import { caseLink, denialLink, postureLink } from '../cases/words/console-link.ts';
import {
  aboutOf,
  type CaseMessage,
  type Channel,
  type DenialMessage,
  type Message,
  type PostureMessage,
} from '../cases/words/message.ts';
import type { Config } from '../config.ts';
import { failed, NO_TIME_NAMED, type VendorFailure, type VendorResult } from '../connectors/result.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { redactSecrets } from '../credentials/redact-secrets.ts';
import type { Log } from '../log.ts';
import { type WorseRun, worseRun } from '../report/posture/worse.ts';
import type { Delivery, Tell } from './channels/channel.ts';
import { tellIssue } from './channels/issue.ts';
import { tellLog } from './channels/log.ts';
import { tellTeams } from './channels/teams.ts';
import { tellWebhook } from './channels/webhook.ts';
import { listeningOf, type OutboxSettings } from './listening.ts';
import { truthOfContainment } from './rules/containment-words.ts';
import { WAITS_FOR_CASE_MS, waitAfter } from './rules/next-attempt.ts';
import { messagesFor, truthOf } from './rules/which-messages.ts';

const TELL: Readonly<Record<Channel, Tell>> = {
  issue: tellIssue,
  teams: tellTeams,
  webhook: tellWebhook,
  log: tellLog,
};

export interface Delivering {
  readonly vendors: Pick<Vendors, 'auditIngestion' | 'github' | 'storage' | 'teams' | 'webhook'>;
  readonly settings: OutboxSettings & Pick<Config, 'CONSOLE_URL' | 'MESSAGE_ALERT_HOURS' | 'REQUEST_TIMEOUT_SECONDS'>;
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * Delivers one message of the outbox: tells it, lets it wait for its case, or gives it up where it is true no more. What
 * fails comes again, later each time, and without an end: a receiver that was mended gets what it missed.
 * @returns whether it was told
 */
export async function deliver(delivering: Delivering, message: Message): Promise<boolean> {
  const about = aboutOf(message);
  if ('runId' in about) return deliverOfPosture(delivering, about);
  return 'oid' in about ? deliverOfDenial(delivering, about) : deliverOfCase(delivering, about.message);
}

/** A row of the denied is never deleted, and is written before its messages. */
async function deliverOfDenial(delivering: Delivering, { message, oid }: DenialMessage): Promise<boolean> {
  const { vendors, settings, now } = delivering;
  const denied = await vendors.storage.getDenied(oid);
  if (denied === undefined || truthOfContainment(message, denied) !== 'true')
    return giveUp(delivering, message, 'The containment is another by now.');
  if (!isListening(delivering, message)) return giveUp(delivering, message, UNHEARD);
  const link = denialLink(settings.CONSOLE_URL, oid);
  return send(delivering, { message, denied, link, vendors, settings, now });
}

/** A run is filed before its message is written, and never changes. */
async function deliverOfPosture(delivering: Delivering, { message, runId }: PostureMessage): Promise<boolean> {
  const { vendors, settings, now } = delivering;
  if (!isListening(delivering, message)) return giveUp(delivering, message, UNHEARD);
  let posture: WorseRun | undefined;
  try {
    posture = await worseRun(vendors.storage, runId);
  } catch (error) {
    // Altered, or of another release: it must not come every minute.
    const why = `The run cannot be read (${error instanceof Error ? error.name : 'unknown'}).`;
    return later(delivering, message, { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message: why });
  }
  if (posture === undefined) return giveUp(delivering, message, 'The run is not filed.');
  const link = postureLink(settings.CONSOLE_URL, runId);
  return send(delivering, { message, posture, link, vendors, settings, now });
}

const UNHEARD = 'The channel is not told of this any more.';

/** Of what no case is about. */
function isListening({ settings }: Delivering, { channel, moment }: Message): boolean {
  return messagesFor(listeningOf(settings), 'apply', [moment]).some((each) => each.channel === channel);
}

async function deliverOfCase(delivering: Delivering, message: CaseMessage): Promise<boolean> {
  const { vendors, settings, now } = delivering;
  const { caseId, channel, moment } = message;
  const row = (await vendors.storage.getCase(caseId))?.row;
  const truth = truthOf(message, row);
  const age = now().getTime() - Date.parse(message.at);
  if (truth === 'never') return giveUp(delivering, message, 'The case is at something else by now.');
  if (truth === 'waits' || row === undefined) {
    if (age > WAITS_FOR_CASE_MS) return giveUp(delivering, message, 'The case never came to it.');
    return later(delivering, message, undefined);
  }
  if (messagesFor(listeningOf(settings), row.mode, [moment]).every((each) => each.channel !== channel))
    return giveUp(delivering, message, UNHEARD);
  // An issue shows the case as it is: what a report says stands in the place of what was said before.
  const isAboutNext = moment === 'reopened' && message.revision > revisionOf(row);
  if (channel === 'issue' && message.report === undefined && row.state === 'filed' && !isAboutNext)
    return giveUp(delivering, message, 'The end of the case says more.');
  if (message.report !== undefined && message.report.name !== row.report && (await hasLaterEnd(vendors, message)))
    return giveUp(delivering, message, 'A later report of the case says more.');

  const link = caseLink(settings.CONSOLE_URL, caseId);
  return send(delivering, { message, row, link, vendors, settings, now });
}

async function send(delivering: Delivering, delivery: Delivery): Promise<boolean> {
  const { vendors, now } = delivering;
  const { message } = delivery;
  const { caseId, channel, moment } = message;
  const told = await tell(delivering, delivery);
  if (!told.ok) return later(delivering, message, told.failure);
  const toldAt = now().toISOString();
  await vendors.storage.changeMessage(message, ({ failure: _, ...found }) => ({ ...found, state: 'told', toldAt }));
  delivering.log.info('message told', { caseId, moment, channel });
  return true;
}

/** Whether the end of a later revision is told to the same channel. One that said nothing new is not. */
async function hasLaterEnd({ storage }: Pick<Vendors, 'storage'>, message: Message): Promise<boolean> {
  const { caseId, channel, revision } = message;
  const all = await storage.messagesOf(caseId);
  return all.some((each) => each.channel === channel && each.revision > revision && each.report !== undefined);
}

/** What throws is a failure as well: a report that was altered, storage that is away. It must not come every minute. */
async function tell({ log }: Delivering, delivery: Delivery): Promise<VendorResult<object>> {
  const { caseId, channel, moment } = delivery.message;
  try {
    return await TELL[channel](delivery);
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    log.error('a message could not be made', { code: 'message-undelivered', caseId, moment, channel, reason: message });
    return failed({ kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message });
  }
}

/** Undefined `failure`: nothing failed, the case is not there yet. */
async function later(
  { vendors, settings, log, now }: Delivering,
  message: Message,
  failure: VendorFailure | undefined,
): Promise<false> {
  const { caseId, moment, channel } = message;
  const attempts = message.attempts + (failure === undefined ? 0 : 1);
  const vendorWait = failure !== undefined && 'tryAgainAfterMs' in failure ? failure.tryAgainAfterMs : 0;
  const wait = failure === undefined ? waitAfter(1) : waitAfter(attempts, vendorWait);
  const dueAt = new Date(now().getTime() + wait).toISOString();
  await vendors.storage.changeMessage(message, (found) =>
    // The other of two rounds at once has told it, or tried as well.
    found.state === 'waiting' && found.dueAt === message.dueAt
      ? { ...found, attempts, dueAt, ...(failure && { failure: redactSecrets(failure.message) }) }
      : found,
  );
  if (failure === undefined) return false;
  const hours = (now().getTime() - Date.parse(message.at)) / 3_600_000;
  const about = { caseId, moment, channel, attempts, failure: failure.message };
  if (hours < settings.MESSAGE_ALERT_HOURS) log.warn('message not delivered yet', about);
  else
    log.error('a message has not been delivered for hours', {
      code: 'message-undelivered',
      ...about,
      hours: Math.floor(hours),
    });
  return false;
}

async function giveUp({ vendors, log }: Delivering, message: Message, why: string): Promise<false> {
  const { caseId, moment, channel } = message;
  await vendors.storage.changeMessage(message, (found) => ({ ...found, state: 'void', failure: why }));
  log.info('message not told', { caseId, moment, channel, why });
  return false;
}
