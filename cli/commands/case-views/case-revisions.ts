import { answerOf } from '../../calling/client.ts';
import { CASE } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';

export const caseRevisions = defineCommand({
  name: 'case revisions',
  about: 'the reports that a case has filed, the newest first',
  operand: CASE,
  options: {},
  example: 'case revisions 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1',
  async run({ operand: id }, session) {
    const found = await answerOf(session.api.GET('/api/cases/{id}/revisions', { params: { path: { id } } }));
    session.showTable(found, found.revisions, [
      { head: 'REVISION', cell: ({ revision }) => revision },
      { head: 'FILED', cell: ({ filedAt }) => filedAt },
      { head: 'OUTCOME', cell: ({ outcome }) => outcome },
      { head: 'REPORT', room: 'spare', cell: ({ report }) => report },
    ]);
    return 'done';
  },
});
