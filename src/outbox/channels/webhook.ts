import { createHash } from 'node:crypto';
import { type Message, messageKey } from '../../cases/words/message.ts';
import { type Delivery, type Tell, tellOnce } from './channel.ts';
import { saidOf } from './said.ts';

/**
 * Posts an event to the generic webhook: what happened and where it is shown, and nobody's name. Sent twice, it has the
 * same id, and the receiver drops the second.
 */
export const tellWebhook: Tell = (delivery) => {
  const { message, vendors, now } = delivery;
  const payload = { ...eventOf(delivery), timestamp: message.at };
  return tellOnce(delivery, () => vendors.webhook.postSigned({ id: stableId(message), payload, at: now() }));
};

function eventOf(delivery: Delivery): { readonly type: string; readonly data: object } {
  const { message, link } = delivery;
  const { caseId, moment, revision } = message;
  const { title, text, oid } = saidOf(delivery);
  if ('posture' in delivery) {
    const { runId, points, findings, page } = delivery.posture;
    return { type: `posture.${moment}`, data: { runId, title, text, points, findings, page, link } };
  }
  if ('denied' in delivery) {
    const { kind, state, until } = delivery.denied;
    return { type: `denied.${moment}`, data: { oid, revision, title, text, kind, state, until, link } };
  }
  const { mode, trigger, state, outcome, incident = false } = delivery.row;
  const data = { caseId, revision, title, text, incident, mode, trigger, state, outcome, link };
  return { type: `case.${moment}`, data };
}

/** The id of a message, the same at every attempt. */
export function stableId(message: Message): string {
  const digest = createHash('sha256')
    .update(`${message.caseId}/${messageKey(message)}`)
    .digest('hex');
  return `msg_${digest.slice(0, 32)}`;
}
