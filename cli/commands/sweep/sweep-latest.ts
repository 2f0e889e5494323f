import { answerOf, type Schemas } from '../../calling/client.ts';
import { defineCommand } from '../../command.ts';
import type { Ending } from '../../exit-codes.ts';

export const sweepLatest = defineCommand({
  name: 'sweep latest',
  about: 'how far the newest sweep is, or how it ended',
  options: {},
  example: 'sweep latest',
  async run(_given, session) {
    const sweep = await answerOf(session.api.GET('/api/sweeps/latest'));
    session.showTable(
      sweep,
      [sweep],
      [
        { head: 'SWEEP', room: 'whole', cell: ({ sweepId }) => sweepId },
        { head: 'STATE', cell: ({ state }) => state },
        { head: 'DOING', cell: ({ progress }) => progress.doing },
        { head: 'ENDS', cell: ({ progress }) => progress.ends },
        { head: 'SOURCES', cell: ({ progress }) => progress.sources.length },
      ],
    );
    return ENDINGS[sweep.state];
  },
});

const ENDINGS: Readonly<Record<Schemas['Sweep']['state'], Ending>> = {
  running: 'done',
  filed: 'done',
  failed: 'failed',
};
