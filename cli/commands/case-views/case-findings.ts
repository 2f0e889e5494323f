import { answerOf } from '../../calling/client.ts';
import { CASE } from '../../case/cases.ts';
import { FINDING_COLUMNS } from '../../case/findings.ts';
import { defineCommand } from '../../command.ts';

export const caseFindings = defineCommand({
  name: 'case findings',
  about: 'the findings of the newest report, and the hash of its plan',
  operand: CASE,
  options: {
    status: {
      kind: 'choice',
      of: [
        ...(['planned', 'awaiting-decision', 'rejected', 'done', 'nothing-to-do'] as const),
        ...(['needs-code-change', 'manual-action', 'could-not-check', 'failed', 'accepted'] as const),
      ],
      about: 'with this status',
    },
    severity: { kind: 'choice', of: ['critical', 'high', 'medium', 'low', 'info'], about: 'of this severity' },
    step: { kind: 'text', hint: 'step', about: 'of this step' },
  },
  example: 'case findings 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --status awaiting-decision',
  async run({ operand: id, options: { status, severity, step } }, session) {
    const query = { ...(status && { status }), ...(severity && { severity }), ...(step && { step }) };
    const found = await answerOf(session.api.GET('/api/cases/{id}/findings', { params: { path: { id }, query } }));
    session.showTable(found, found.findings, FINDING_COLUMNS);
    if (!session.json) session.terminal.tell(`Report ${found.revision}, plan ${found.planHash ?? 'without a hash'}`);
    return 'done';
  },
});
