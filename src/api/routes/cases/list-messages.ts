import * as z from 'zod';
import { MessageSchema } from '../../../cases/words/message.ts';
import { defineRoute } from '../../route.ts';
import { CasePath, theCase } from './the-case.ts';

const Told = MessageSchema.pick({ moment: true, revision: true, channel: true, state: true }).extend(
  MessageSchema.pick({ at: true, dueAt: true, attempts: true, toldAt: true, failure: true }).shape,
);

export const listMessages = defineRoute({
  id: 'listMessages',
  method: 'GET',
  path: '/api/cases/{id}/messages',
  summary: 'What people and systems were told of a case, and what could not be told so far, oldest first',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  params: CasePath,
  answers: { 200: z.object({ messages: z.array(Told) }) },
  problems: ['not-found'],
  async handle({ params }, { vendors }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const all = await vendors.storage.messagesOf(found.stored.row.caseId);
    const messages = all.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
    return {
      status: 200,
      value: { messages: messages.map(({ caseId: _, report: __, ...message }) => message) },
    };
  },
});
