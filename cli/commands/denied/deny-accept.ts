import { answerOf } from '../../calling/client.ts';
import { REASON } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';

export const denyAccept = defineCommand({
  name: 'deny accept',
  about: 'says that the table of the denied is right as it is, where it is not trusted any more',
  options: { reason: REASON },
  example: 'deny accept --reason "Recovered, and compared with the backup"',
  async run({ options: { reason } }, session) {
    const done = await answerOf(session.api.POST('/api/denied/accept', { body: { reason } }));
    session.show(done, () => `${done.added.length} added to the gateway’s list, ${done.dropped.length} taken off\n`);
    return 'done';
  },
});
