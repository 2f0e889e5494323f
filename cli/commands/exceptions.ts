import { answerOf } from '../calling/client.ts';
import { defineCommand } from '../command.ts';

export const exceptions = defineCommand({
  name: 'exceptions',
  about: 'findings that somebody accepted until a day',
  options: {},
  example: 'exceptions',
  async run(_given, session) {
    const found = await answerOf(session.api.GET('/api/exceptions'));
    session.showTable(found, found.exceptions, [
      { head: 'EXCEPTION', room: 'whole', cell: ({ id }) => id },
      { head: 'CASE', room: 'spare', cell: ({ caseId }) => caseId },
      { head: 'UNTIL', cell: ({ until }) => until },
      { head: 'REVOKED', room: 'spare', cell: ({ revoked }) => revoked?.at },
      { head: 'TITLE', cell: ({ title }) => title },
    ]);
    return 'done';
  },
});
