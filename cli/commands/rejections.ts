import { answerOf } from '../calling/client.ts';
import { isDay } from '../case/cases.ts';
import { defineCommand } from '../command.ts';
import { endingWithUnread } from '../unread-rows.ts';

export const rejections = defineCommand({
  name: 'rejections',
  about: 'what could not become a case on a day, and why',
  options: {
    day: { kind: 'text', hint: 'day', about: 'UTC; by default today', check: isDay },
    state: { kind: 'choice', of: ['open', 'retried', 'handled'], about: 'in this state' },
  },
  example: 'rejections --day 2027-01-29',
  async run({ options: { day, state } }, session) {
    const query = { ...(day && { day }), ...(state && { state }) };
    const found = await answerOf(session.api.GET('/api/rejections', { params: { query } }));
    session.showTable(found, found.rejections, [
      { head: 'REJECTION', room: 'whole', cell: ({ id }) => id },
      { head: 'STATE', cell: ({ state }) => state },
      { head: 'TRIGGER', cell: ({ trigger }) => trigger },
      { head: 'WHY', cell: ({ reason }) => reason },
      { head: 'WHAT CAME', room: 'spare', cell: ({ received }) => received },
      { head: 'BLOB', room: 'spare', cell: ({ blob }) => blob },
    ]);
    const { toolCalls, more } = found;
    const ending = endingWithUnread(found.unreadable, session);
    if (session.json) return ending;
    if (more) session.terminal.tell('There are more of that day, in the container of the blobs.');
    for (const blob of toolCalls.rejected) session.terminal.tell(`tool calls that were rejected: ${blob}`);
    for (const blob of toolCalls.notUploaded) session.terminal.tell(`tool calls that were not uploaded: ${blob}`);
    return ending;
  },
});
