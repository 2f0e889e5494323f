import { answerOf } from '../../calling/client.ts';
import { CASE } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';

export const caseAnswers = defineCommand({
  name: 'case answers',
  about: 'what people answered about the person of a case',
  operand: CASE,
  options: {},
  example: 'case answers 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1',
  async run({ operand: id }, session) {
    const found = await answerOf(session.api.GET('/api/cases/{id}/answers', { params: { path: { id } } }));
    session.showTable(found, found.answers, [
      { head: 'ANSWER', cell: ({ n }) => n },
      { head: 'KIND', cell: ({ kind }) => kind },
      { head: 'FORCE', cell: ({ force }) => force },
      { head: 'SAYS', cell: ({ says }) => says },
      { head: 'BY', room: 'spare', cell: ({ by }) => by },
      { head: 'AT', room: 'spare', cell: ({ at }) => at },
    ]);
    return 'done';
  },
});
