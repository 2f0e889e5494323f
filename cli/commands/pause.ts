import { answerOf } from '../calling/client.ts';
import { REASON } from '../case/cases.ts';
import { defineCommand } from '../command.ts';

export const pause = defineCommand({
  name: 'pause',
  about: 'from now on nothing is cut; every new case is contained and on hold',
  options: { reason: REASON },
  example: 'pause --reason "A wrong export"',
  async run({ options: { reason } }, session) {
    const done = await answerOf(session.api.POST('/api/pause', { body: { reason } }));
    session.show(done, () => `paused since ${done.paused.since}\n`);
    return 'done';
  },
});
