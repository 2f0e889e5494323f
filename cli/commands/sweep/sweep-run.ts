import { answerOf } from '../../calling/client.ts';
import { REASON } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';

export const sweepRun = defineCommand({
  name: 'sweep run',
  about: 'begins a sweep now, unless one goes on',
  options: { reason: REASON },
  example: 'sweep run --reason "After the reorganisation"',
  async run({ options: { reason } }, session) {
    const begun = await answerOf(session.api.POST('/api/sweeps', { body: { reason } }));
    session.show(begun, () => `${begun.sweepId} began at ${begun.at}\n`);
    return 'done';
  },
});
