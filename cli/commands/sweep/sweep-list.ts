import { answerOf } from '../../calling/client.ts';
import { isDay } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';

export const sweepList = defineCommand({
  name: 'sweep list',
  about: 'the sweeps of a day',
  options: { day: { kind: 'text', hint: 'day', about: 'UTC; by default today', check: isDay } },
  example: 'sweep list --day 2027-01-29',
  async run({ options: { day } }, session) {
    const found = await answerOf(session.api.GET('/api/sweeps', { params: { query: day ? { day } : {} } }));
    const running = found.running.map((each) => ({
      id: each.sweepId,
      at: each.at,
      state: each.state,
      opened: undefined,
      faults: undefined,
    }));
    const filed = found.filed.map((each) => ({
      ...{ id: each.sweepId, at: each.at, state: 'filed' },
      ...{ opened: each.counts.opened, faults: each.faults?.length },
    }));
    session.showTable(
      found,
      [...running, ...filed],
      [
        { head: 'SWEEP', room: 'whole', cell: ({ id }) => id },
        { head: 'AT', cell: ({ at }) => at },
        { head: 'STATE', cell: ({ state }) => state },
        { head: 'OPENED', cell: ({ opened }) => opened },
        { head: 'FAULTS', cell: ({ faults }) => faults },
      ],
    );
    return 'done';
  },
});
