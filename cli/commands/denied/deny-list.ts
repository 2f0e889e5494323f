import { answerOf } from '../../calling/client.ts';
import { defineCommand } from '../../command.ts';

export const denyList = defineCommand({
  name: 'deny list',
  about: 'who is denied at the gateway',
  options: { all: { kind: 'flag', about: 'those who were released as well' } },
  example: 'deny list',
  async run({ options: { all } }, session) {
    const found = await answerOf(session.api.GET('/api/denied'));
    const rows = found.rows.filter(({ state }) => all || state !== 'released');
    session.showTable(found, rows, [
      { head: 'WHO', room: 'whole', cell: ({ oid }) => oid },
      { head: 'KIND', room: 'spare', cell: ({ kind }) => kind },
      { head: 'STATE', cell: ({ state }) => state },
      { head: 'SINCE', room: 'spare', cell: ({ since }) => since },
      { head: 'UNTIL', cell: ({ until }) => until },
      { head: 'CASE', room: 'spare', cell: ({ caseId }) => caseId },
      { head: 'WHY', cell: ({ why }) => why },
    ]);
    if (found.blocked === undefined) return 'done';
    session.terminal.tell(`Nothing is taken off the gateway’s list: ${found.blocked}`);
    return 'attention';
  },
});
