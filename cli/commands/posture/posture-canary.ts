import { answerOf, type Schemas } from '../../calling/client.ts';
import { defineCommand } from '../../command.ts';
import type { Ending } from '../../exit-codes.ts';

type Canary = Schemas['Canary'];

export const postureCanary = defineCommand({
  name: 'posture canary',
  about: 'whether the detection of bulk reading saw its last canaries; with a reason it sends one',
  options: { reason: { kind: 'text', hint: 'text', about: 'send one, for this reason' } },
  example: 'posture canary --reason "After the new alert rules"',
  async run({ options: { reason } }, session) {
    if (reason !== undefined) {
      const asked = await answerOf(session.api.POST('/api/posture/canary', { body: { reason } }));
      session.show(asked, () => `${asked.id} calls at ${asked.dueAt}\n`);
      return 'done';
    }
    const found = await answerOf(session.api.GET('/api/posture/canary'));
    if (!found.setUp) session.terminal.tell('There is no canary: nothing tries the detection.');
    session.showTable(found, found.canaries, [
      { head: 'CANARY', room: 'whole', cell: ({ id }) => id },
      { head: 'STATE', room: 'whole', cell: ({ state }) => state },
      { head: 'BEGAN', cell: ({ beganAt, dueAt }) => beganAt ?? `due ${dueAt}` },
      { head: 'ANSWERED', cell: ({ answered, calls }) => `${answered} of ${calls}` },
      { head: 'SECONDS', cell: ({ seconds }) => seconds },
      { head: 'DETAIL', room: 'spare', cell: ({ detail }) => detail },
    ]);
    return endingOf(found.canaries);
  },
});

/** By the newest that is over: one that waits for its alert says nothing yet. */
function endingOf(canaries: readonly Canary[]): Ending {
  const over = canaries.find(({ state }) => !['scheduled', 'running', 'waiting'].includes(state));
  if (over === undefined || over.state === 'detected') return 'done';
  return over.state === 'late' || over.state === 'undetected' ? 'attention' : 'incomplete';
}
