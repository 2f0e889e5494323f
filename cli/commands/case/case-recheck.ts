import { answerOf } from '../../calling/client.ts';
import { CASE, lineOf, REASON } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';

export const caseRecheck = defineCommand({
  name: 'case recheck',
  about: 'has a filed case read again',
  operand: CASE,
  options: { reason: REASON },
  example: 'case recheck 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --reason "The runner was reinstalled"',
  async run({ operand: id, options: { reason } }, session) {
    const row = await answerOf(
      session.api.POST('/api/cases/{id}/recheck', { params: { path: { id } }, body: { reason } }),
    );
    session.show(row, () => lineOf(row));
    return 'done';
  },
});
