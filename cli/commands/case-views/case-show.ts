import { answerOf } from '../../calling/client.ts';
import { CASE, standing } from '../../case/cases.ts';
import { describeCase } from '../../case/describe-case.ts';
import { findingsOf } from '../../case/findings.ts';
import { defineCommand } from '../../command.ts';

export const caseShow = defineCommand({
  name: 'case show',
  about: 'what happened, what waits, and what is next',
  operand: CASE,
  options: {},
  example: 'case show 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1',
  async run({ operand: id }, session) {
    const row = await answerOf(session.api.GET('/api/cases/{id}', { params: { path: { id } } }));
    if (session.json) {
      session.show(row, () => standing(row));
      return 'done';
    }
    const findings = row.report === undefined ? undefined : await findingsOf(session.api, id);
    session.show(row, () => describeCase(row, findings));
    return 'done';
  },
});
