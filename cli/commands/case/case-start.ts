import { answerOf } from '../../calling/client.ts';
import { CASE, lineOf, REASON } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';

export const caseStart = defineCommand({
  name: 'case start',
  about: 'starts a scheduled case before its day',
  operand: CASE,
  options: { reason: REASON },
  example: 'case start 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --reason "Left at once"',
  async run({ operand: id, options: { reason } }, session) {
    const row = await answerOf(
      session.api.POST('/api/cases/{id}/start', { params: { path: { id } }, body: { reason } }),
    );
    session.show(row, () => lineOf(row));
    return 'done';
  },
});
