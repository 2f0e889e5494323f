import { createHash } from 'node:crypto';
import { type Message, messageKey } from '../../cases/message.ts';
import { wordsFor } from '../rules/words.ts';
import { type Tell, tellOnce } from './channel.ts';

/**
 * Posts an event to the generic webhook: what happened and where it is shown, and nobody's name. Sent twice, it has the
 * same id, and the receiver drops the second.
 */
export const tellWebhook: Tell = (delivery) => {
  const { message, row, link, vendors, now } = delivery;
  const { caseId, moment, revision, at } = message;
  const { title, text } = wordsFor(message, row);
  const { mode, trigger, state, outcome, incident = false } = row;
  const payload = {
    type: `case.${moment}`,
    timestamp: at,
    data: { caseId, revision, title, text, incident, mode, trigger, state, outcome, link },
  };
  return tellOnce(delivery, () => vendors.webhook.postSigned({ id: stableId(message), payload, at: now() }));
};

/** The id of a message, the same at every attempt. */
export function stableId(message: Message): string {
  const digest = createHash('sha256')
    .update(`${message.caseId}/${messageKey(message)}`)
    .digest('hex');
  return `msg_${digest.slice(0, 32)}`;
}
