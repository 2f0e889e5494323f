import { answerOf } from '../../calling/client.ts';
import { CASE, REASON } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';
import { oneLine } from '../../terminal/table.ts';

export const caseAnswerConfirm = defineCommand({
  name: 'case answer confirm',
  about: 'stands by an answer as a second person: from now on it counts',
  operand: CASE,
  options: {
    answer: {
      kind: 'text',
      hint: 'number',
      required: true,
      about: 'number of the answer; case answers shows it',
      check: (text) => (/^[1-9]\d{0,5}$/.test(text) ? undefined : 'a whole number from 1'),
    },
    reason: REASON,
  },
  example: 'case answer confirm 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --answer 1 --reason "I know them"',
  async run({ operand: id, options: { answer: n, reason } }, session) {
    const params = { path: { id, n } };
    const done = await answerOf(session.api.POST('/api/cases/{id}/answers/{n}/confirm', { params, body: { reason } }));
    session.show(done, () => `answer ${n}: ${oneLine(done.answer.says)} (${done.answer.force})\n`);
    return 'done';
  },
});
