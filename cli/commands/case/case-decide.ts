import { answerOf } from '../../calling/client.ts';
import { CASE, lineOf } from '../../case/cases.ts';
import { decisionOf, FINDING } from '../../case/decide-case.ts';
import { defineCommand } from '../../command.ts';

export const caseDecide = defineCommand({
  name: 'case decide',
  about: 'approves or rejects what waits; at a terminal it asks about each',
  operand: CASE,
  options: {
    approve: { kind: 'list', hint: 'finding', about: 'findings whose remedy is to be carried out', check: FINDING },
    reject: { kind: 'list', hint: 'finding', about: 'findings whose remedy is not to be carried out', check: FINDING },
    reason: { kind: 'text', hint: 'why', about: 'why, in a sentence; it stands in the report' },
    'plan-hash': {
      kind: 'text',
      hint: 'hash',
      about: 'hash of the plan that you looked at; case findings shows it',
      check: (text) => (/^[0-9a-f]{64}$/.test(text) ? undefined : '64 hexadecimal digits in lower case'),
    },
    emergency: { kind: 'flag', about: 'no approver can decide: you administer the app, and everybody hears of it' },
  },
  example:
    'case decide 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --approve F-0123456789ab --reject F-ba9876543210 --plan-hash 0000000000000000000000000000000000000000000000000000000000000000 --reason "Agreed with the team"',
  async run({ operand: id, options }, session) {
    const decision = await decisionOf(session, id, options);
    const body = { ...decision, ...(options.emergency ? { emergency: true as const } : {}) };
    const row = await answerOf(session.api.POST('/api/cases/{id}/decisions', { params: { path: { id } }, body }));
    session.show(row, () => lineOf(row));
    if (!session.json) session.terminal.tell('The decision is filed; within a minute or so it is carried out.');
    return 'done';
  },
});
