import { answerOf } from '../calling/client.ts';
import { defineCommand } from '../command.ts';
import { endingWithUnread } from '../unread-rows.ts';

export const waiting = defineCommand({
  name: 'waiting',
  about: 'what waits for a person, and for whom; with --mine what you may act on',
  options: { mine: { kind: 'flag', about: 'only what you may act on' } },
  example: 'waiting --mine',
  async run({ options: { mine } }, session) {
    const found = await answerOf(session.api.GET('/api/waiting'));
    const rows = found.waiting.filter(({ may }) => may || !mine);
    session.showTable({ ...found, waiting: rows }, rows, [
      { head: 'KIND', cell: ({ kind }) => kind },
      { head: 'FOR', cell: ({ may, right }) => (may ? 'you' : right) },
      { head: 'SINCE', room: 'spare', cell: ({ since }) => since },
      { head: 'UNTIL', room: 'spare', cell: ({ until }) => until },
      { head: 'WHO', cell: ({ displayName, userPrincipalName, oid }) => displayName ?? userPrincipalName ?? oid },
      { head: 'CASE', room: 'whole', cell: ({ caseId }) => caseId },
      { head: 'WHAT', cell: ({ what }) => what },
    ]);
    return endingWithUnread(found.unreadable, session);
  },
});
