import { answerOf } from '../../calling/client.ts';
import { CASE, REASON } from '../../case/cases.ts';
import { FINDING } from '../../case/decide-case.ts';
import { defineCommand } from '../../command.ts';
import { UNTIL } from '../../ending-at.ts';

export const caseAccept = defineCommand({
  name: 'case accept',
  about: 'accepts findings until a day; they stand in each report, and never make a case clear',
  operand: CASE,
  options: {
    finding: { kind: 'list', hint: 'finding', required: true, about: 'findings that are accepted', check: FINDING },
    until: { ...UNTIL.until, required: true, about: 'until this instant, such as 2027-01-29T16:00:00Z' },
    reason: REASON,
    'plan-hash': { kind: 'text', hint: 'hash', about: 'hash of the plan that you looked at, where there is one' },
  },
  example:
    'case accept 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --finding F-0123456789ab --until 2027-01-29T16:00:00Z --reason "Replaced in January"',
  async run({ operand: id, options: { finding, until, reason, 'plan-hash': planHash } }, session) {
    const body = { findingIds: [...finding], until, reason, ...(planHash && { planHash }) };
    const done = await answerOf(session.api.POST('/api/cases/{id}/exceptions', { params: { path: { id } }, body }));
    session.showTable(done, done.exceptions, [
      { head: 'EXCEPTION', room: 'whole', cell: (each) => each.id },
      { head: 'FINDING', cell: ({ findingId }) => findingId },
      { head: 'UNTIL', cell: (each) => each.until },
      { head: 'TITLE', cell: ({ title }) => title },
    ]);
    return 'done';
  },
});
