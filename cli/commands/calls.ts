import { answerOf } from '../calling/client.ts';
import { isDay } from '../case/cases.ts';
import { defineCommand } from '../command.ts';

export const calls = defineCommand({
  name: 'calls',
  about: 'who had the app change what on a day',
  options: { day: { kind: 'text', hint: 'day', about: 'UTC; by default today', check: isDay } },
  example: 'calls --day 2027-01-29',
  async run({ options: { day } }, session) {
    const found = await answerOf(session.api.GET('/api/privileged-calls', { params: { query: day ? { day } : {} } }));
    session.showTable(found, found.calls, [
      { head: 'AT', cell: ({ at }) => at },
      { head: 'ENTRY', cell: ({ entry }) => entry },
      { head: 'CALLER', cell: ({ caller }) => caller },
      { head: 'OPERATION', cell: ({ operation }) => operation },
      { head: 'STATUS', cell: ({ status }) => status },
      { head: 'PATH', cell: ({ path }) => path },
    ]);
    if (found.more && !session.json) session.terminal.tell('There are more of that day, in the table privileged.');
    return 'done';
  },
});
