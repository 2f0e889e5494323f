import { answerOf } from '../calling/client.ts';
import { REASON } from '../case/cases.ts';
import { defineCommand } from '../command.ts';

export const resume = defineCommand({
  name: 'resume',
  about: 'ends the pause; what was put on hold meanwhile stays there',
  options: { reason: REASON },
  example: 'resume --reason "The export is right"',
  async run({ options: { reason } }, session) {
    const done = await answerOf(session.api.DELETE('/api/pause', { body: { reason } }));
    const { ended, paused } = done;
    session.show(done, () =>
      paused === undefined
        ? `${ended === null ? 'the app was not paused' : 'the pause has ended'}\n`
        : `another pause goes on, since ${paused.since}\n`,
    );
    return paused === undefined ? 'done' : 'waits';
  },
});
